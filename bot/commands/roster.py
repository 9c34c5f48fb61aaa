"""`linli roster`: places, people and groups in and out, and who is still missing."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.clocks import SystemClock
from bot.commands.check import tell_problems
from bot.terminal.acting import act

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation
    from knowledge.community.hood.coverage import Coverage, Gap
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.roster import Roster
    from knowledge.community.roster.rosterchanges import Changes
    from knowledge.files.problem import Problem

FOLDER = click.Path(path_type=Path)
SHOWN = 6
"""How many ids of a kind of change are named; the rest is counted."""


@click.group(options_metavar="[选项]", subcommand_metavar="命令 …")
def roster() -> None:
    """花名册：导入、导出、样本、有没有人管。"""


@roster.command("import", options_metavar="[选项]")
@click.argument("path", type=FOLDER, metavar="PATH")
@click.option("--dry-run", is_flag=True, help="只说会改什么，不导入")
@click.pass_obj
def import_(invocation: Invocation, path: Path, *, dry_run: bool) -> None:
    """导入花名册：装着三张 CSV 表的文件夹，或一个 .xlsx。有一处错误就一行也不导入。"""
    from bot.terminal.records import records
    from handlers.actions.people.rostering import Cause, hand_over, import_roster
    from knowledge.community.hood.coverage import coverage as cover
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.rosterchanges import changes
    from knowledge.store.roster import load_roster

    found = _read(path)
    with records(invocation) as session:
        old = load_roster(session)
        difference = changes(old, found)
        _tell_changes(difference)
        before, after = (cover(Neighbourhood.from_roster(one)) for one in (old, found))
        if not dry_run:
            import_roster(session, found, Cause(SystemClock(invocation.now).now()))
    if difference and old.places and not dry_run:
        act(invocation, f"roster:{secrets.token_hex(8)}", hand_over)
    click.echo(f"三长齐全的单元：{_counted(before)} → {_counted(after)}")
    click.echo(_closing(difference, dry_run=dry_run))


@roster.command(options_metavar="[选项]")
@click.argument("path", type=FOLDER, metavar="PATH")
@click.option("--dry-run", is_flag=True, help="只说会写什么，不动文件")
@click.pass_obj
def export(invocation: Invocation, path: Path, *, dry_run: bool) -> None:
    """把正在用的花名册写成三张表，放进文件夹 PATH；PATH 以 .xlsx 结尾就写成一个 Excel 文件。"""
    from bot.terminal.records import records
    from knowledge.store.roster import load_roster

    _refuse_overwriting(path)
    with records(invocation, reading=True) as session:
        found = load_roster(session)
    if not found.places:
        raise click.ClickException("数据库里还没有花名册。先导入：linli roster import PATH")
    counted = f"{len(found.places)} 个地点、{len(found.people)} 个人、{len(found.chats)} 个群"
    if dry_run:
        click.echo(f"会写到 {path}：{counted}")
        return
    _write(found, path)
    click.echo(f"写好了：{path}（{counted}）。里面有手机号和门牌，请妥善保管。")


@roster.command(options_metavar="[选项]")
@click.argument("path", type=FOLDER, metavar="PATH")
@click.option("--dry-run", is_flag=True, help="只说会写什么，不动文件")
def template(path: Path, *, dry_run: bool) -> None:
    """在文件夹 PATH 里（或一个 .xlsx 里）写三张样本表，照着改成自己的。已有的不覆盖。"""
    from knowledge.community.roster.roster import template as sample

    _refuse_overwriting(path)
    if dry_run:
        click.echo(f"会在 {path} 里写三张样本表")
        return
    _write(sample(), path)
    click.echo(f"写好了：{path}。用 Excel 改完后：linli roster import {path}")


@roster.command(options_metavar="[选项]")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象")
@click.pass_obj
def coverage(invocation: Invocation, *, as_json: bool) -> None:
    """每个单元（没有单元的楼栋）有没有邻长、组长、片长；看正在用的花名册，没导入过就看 roster/。"""
    from bot.terminal.hood import hood_of
    from knowledge.community.hood.coverage import coverage as cover

    hood = hood_of(invocation.folder(), invocation.settings())
    found = cover(hood)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        _tell_coverage(hood, found)
    if found.missing:
        raise SystemExit(1)


def _read(path: Path) -> Roster:
    """The roster in a folder or workbook; findings go to stderr, an error ends the command."""
    from knowledge.community.roster.roster import read_roster

    if path.is_dir():
        found, problems = read_roster(path)
    elif path.is_file():
        found, problems = _read_book(path)
    else:
        what = f"没有文件夹或文件 {path}。要一份样本：linli roster template {path}"
        raise click.ClickException(what)
    tell_problems(problems)
    if found is None:
        raise click.ClickException("有错误，一行也没有导入。照上面改好再来。")
    return found


def _read_book(path: Path) -> tuple[Roster | None, tuple[Problem, ...]]:
    from knowledge.community.roster.rosterbook import read_book
    from knowledge.files.office import CannotOpen, only_excel

    try:
        only_excel(path.name)
    except CannotOpen as reason:
        return None, (reason.problem,)
    return read_book(path.read_bytes(), path.name)


def _write(found: Roster, path: Path) -> None:
    from knowledge.community.roster.roster import write_roster
    from knowledge.community.roster.rosterbook import book_of

    if _is_book(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(book_of(found))
    else:
        write_roster(found, path)


def _is_book(path: Path) -> bool:
    return path.suffix.lower() == ".xlsx"


def _counted(found: Coverage) -> str:
    return f"{found.covered}/{found.units}"


def _tell_changes(difference: Changes) -> None:
    kinds = {"地点": difference.places, "人": difference.people, "群": difference.chats}
    for kind, delta in kinds.items():
        for word, ids in {"新增": delta.added, "修改": delta.changed, "停用": delta.gone}.items():
            if ids:
                more = " …" if len(ids) > SHOWN else ""
                click.echo(f"{kind} {word} {len(ids)}：{'、'.join(ids[:SHOWN])}{more}")


def _closing(difference: Changes, *, dry_run: bool) -> str:
    if not difference:
        return "和正在用的花名册一样，没有要改的。"
    return "只是看看，没有导入。" if dry_run else "导入好了。"


def _tell_coverage(hood: Neighbourhood, found: Coverage) -> None:
    for gap in found.missing:
        click.echo(f"✗ {_full_name(hood, gap)}（{gap.place}）{gap.why}")
    click.echo(f"{found.units} 个单元（或没有单元的楼栋），{found.covered} 个三长齐全。")
    if found.missing:
        click.echo(
            "在 people.csv 里补上：邻长写楼栋或单元，组长写网格，片长写小区；同一处只写一个。"
        )


def _full_name(hood: Neighbourhood, gap: Gap) -> str:
    estate = hood.estate(gap.place)
    return f"{estate.name if estate else ''}{hood.label(gap.place)}"


def _refuse_overwriting(path: Path) -> None:
    from knowledge.community.roster.roster import CHATS, PEOPLE, PLACES

    if _is_book(path) and path.exists():
        raise click.ClickException(f"已经有 {path}，没有动它。换一个名字再试。")
    standing = [name for name in (PLACES, PEOPLE, CHATS) if (path / name).exists()]
    if standing:
        what = f"{path} 里已经有 {'、'.join(standing)}，没有动它。换一个空的文件夹再试。"
        raise click.ClickException(what)
