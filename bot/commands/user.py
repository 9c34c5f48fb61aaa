"""`linli user`: people and how they sign in."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import click

from bot.commands.key import key
from bot.terminal.acting import act
from bot.terminal.records import records

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.terminal.invocation import Invocation
    from knowledge.store.rows.roster import PersonRow


@click.group(options_metavar="[选项]", subcommand_metavar="命令 …")
def user() -> None:
    """人员：列出、添加、停用、一次性登录链接；别的系统的钥匙。没有默认密码。"""


user.add_command(key)


@user.command("list", options_metavar="[选项]")
@click.pass_obj
def list_people(invocation: Invocation) -> None:
    """列出花名册里的人和他们的角色。"""
    from sqlalchemy import select

    from knowledge.store.rows.roster import GrantRow, PersonRow

    with records(invocation, reading=True) as session:
        people = session.scalars(select(PersonRow).order_by(PersonRow.id)).all()
        if not people:
            raise click.ClickException("还没有导入花名册。先运行 linli roster import roster")
        for person in people:
            grants = session.scalars(select(GrantRow).where(GrantRow.person_id == person.id))
            roles = "、".join(f"{g.role}({'；'.join(g.scope) or '不限范围'})" for g in grants)
            state = "" if person.active else "  已停用"
            click.echo(f"{person.id}  {person.name}  {roles}{state}")


@user.command(options_metavar="[选项]")
@click.argument("person_id", metavar="编号")
@click.argument("name", metavar="姓名")
@click.option("--role", default="居民", show_default=True, metavar="角色")
@click.option("--scope", default="", metavar="范围", help="地点编号，几个用 ； 隔开")
@click.option("--dry-run", is_flag=True, help="只说会做什么")
@click.pass_obj
def add(
    invocation: Invocation, person_id: str, name: str, *, role: str, scope: str, dry_run: bool
) -> None:
    """添加一个人。"""
    from handlers.actions.people.changing import add as taken_in
    from knowledge.store.rows.roster import PersonRow

    if ":" in person_id or not person_id.strip():
        raise click.ClickException("编号里不能有冒号，也不能是空的")
    with records(invocation, reading=True) as session:
        if session.get(PersonRow, person_id) is not None:
            raise click.ClickException(f"编号 {person_id} 已经有人用了")
        places = tuple(_places(session, role, scope))
    if dry_run:
        click.echo(f"会添加 {person_id} {name} {role}（{scope or '不限范围'}）")
        return
    cause = f"add:{secrets.token_hex(8)}"
    act(invocation, cause, lambda work: taken_in(work, "", person_id, name, (role, places)))
    click.echo(f"添加好了：{person_id} {name} {role}")
    click.echo("请也写进 roster/people.csv：下次导入花名册时，名册里没有的人会停用。")


@user.command(options_metavar="[选项]")
@click.argument("name", metavar="编号、姓名或称呼")
@click.argument("role", metavar="角色")
@click.option("--scope", default="", metavar="范围", help="地点编号，几个用 ； 隔开")
@click.option("--dry-run", is_flag=True, help="只说会做什么")
@click.pass_obj
def role(invocation: Invocation, name: str, role: str, *, scope: str, dry_run: bool) -> None:
    """给一个人再加一个角色；已登录的要重新登录。"""
    from handlers.actions.people.changing import give_role

    with records(invocation, reading=True) as session:
        person = _find(session, name)
        places = _places(session, role, scope)
    if not dry_run:
        cause, found = f"role:{secrets.token_hex(8)}", tuple(places)
        act(invocation, cause, lambda work: give_role(work, "", person.id, role, found))
    done = "会加上" if dry_run else "加上了"
    click.echo(f"{done}：{person.id} {person.name} {role}（{scope or '不限范围'}）")


@user.command(options_metavar="[选项]")
@click.argument("name", metavar="编号、姓名或称呼")
@click.option("--dry-run", is_flag=True, help="只说会做什么")
@click.pass_obj
def disable(invocation: Invocation, name: str, *, dry_run: bool) -> None:
    """停用一个人：不再派单，已登录的立即退出；记录留着。"""
    from handlers.actions.people.changing import disable as taken_out

    with records(invocation, reading=True) as session:
        person = _find(session, name)
    if not dry_run:
        cause = f"disable:{secrets.token_hex(8)}"
        act(invocation, cause, lambda work: taken_out(work, "", person.id))
    click.echo(f"{'会停用' if dry_run else '停用了'}：{person.id} {person.name}")


@user.command(options_metavar="[选项]")
@click.argument("name", metavar="编号、姓名或称呼")
@click.option("--dry-run", is_flag=True, help="只说会做什么")
@click.pass_obj
def link(invocation: Invocation, name: str, *, dry_run: bool) -> None:
    """打印一次性登录地址，24 小时内有效，只能用一次。"""
    from bot.lan import ADDRESS
    from handlers.actions.people.signing import invite
    from knowledge.store.stamps import mark

    with records(invocation, reading=True) as session:
        person_id = _find(session, name).id
        running = mark(session, ADDRESS)
    if dry_run:
        click.echo(f"会给 {person_id} 一个一次性登录地址")
        return
    token = act(invocation, f"link:{secrets.token_hex(8)}", lambda work: invite(work, person_id))
    settings = invocation.settings()
    here = f"http://{settings.web.host}:{settings.web.port}"
    base = settings.web.public_url or running or here
    click.echo(f"{base}/in/{token}")


def _find(session: Session, name: str) -> PersonRow:
    from sqlalchemy import or_, select

    from knowledge.store.rows.roster import PersonRow

    found = session.scalars(
        select(PersonRow).where(
            or_(PersonRow.id == name, PersonRow.name == name, PersonRow.title == name)
        )
    ).all()
    if not found:
        raise click.ClickException(
            f"花名册里没有“{name}”。先导入花名册：linli roster import roster"
        )
    if len(found) > 1:
        raise click.ClickException(
            f"“{name}”有 {len(found)} 个人，请写编号：{'、'.join(p.id for p in found)}"
        )
    return found[0]


def _places(session: Session, role: str, scope: str) -> list[str]:
    """Return the place ids of a new role, refusing an unknown role or place."""
    from knowledge.community.roster.people import Role
    from knowledge.files.blocks import split_list
    from knowledge.store.rows.roster import PlaceRow

    if role not in {one.value for one in Role}:
        raise click.ClickException(f"没有“{role}”这个角色，可用：{'、'.join(Role)}")
    places = list(split_list(scope))
    missing = [place for place in places if session.get(PlaceRow, place) is None]
    if missing:
        raise click.ClickException(f"没有这个地点：{'、'.join(missing)}")
    return places
