"""`linli user key`: the keys with which other systems hand in requests (Open311)."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

import click

from bot.terminal.acting import act
from bot.terminal.records import records

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation

_dry_run = click.option("--dry-run", is_flag=True, help="只说会做什么")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


@click.group(options_metavar="[选项]", subcommand_metavar="命令 …")
def key() -> None:
    """钥匙：别的系统凭它提交诉求；只存指纹，随时可以停用。"""


@key.command(options_metavar="[选项]")
@click.argument("name", metavar="名字")
@_dry_run
@click.pass_obj
def add(invocation: Invocation, name: str, *, dry_run: bool) -> None:
    """给一个系统做一把钥匙；只显示这一次。"""
    from handlers.actions.keys import make_key
    from knowledge.community.refusals import Refusal

    if not _NAME.fullmatch(name):
        raise click.ClickException("名字用英文字母、数字、_ 和 -，最多 40 个")
    if dry_run:
        click.echo(f"会给 {name} 做一把钥匙")
        return
    try:
        made = act(invocation, _cause(), lambda work: make_key(work, name))
    except Refusal as refusal:
        raise click.ClickException(refusal.say) from None
    click.echo(made)


@key.command(options_metavar="[选项]")
@click.argument("name", metavar="名字")
@_dry_run
@click.pass_obj
def revoke(invocation: Invocation, name: str, *, dry_run: bool) -> None:
    """停用一把钥匙；它提交过的诉求留着。"""
    from handlers.actions.keys import revoke_key
    from knowledge.community.refusals import Refusal

    if dry_run:
        click.echo(f"会停用：{name}")
        return
    try:
        act(invocation, _cause(), lambda work: revoke_key(work, name))
    except Refusal as refusal:
        raise click.ClickException(refusal.say) from None
    click.echo(f"停用了：{name}")


@key.command("list", options_metavar="[选项]")
@click.pass_obj
def list_keys(invocation: Invocation) -> None:
    """列出钥匙的名字：什么时候做的，停用没有。"""
    from sqlalchemy import select

    from knowledge.store.rows.keys import ApiKeyRow

    with records(invocation, reading=True) as session:
        rows = session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.made_at)).all()
        if not rows:
            click.echo("还没有钥匙。做一把：linli user key add 名字")
        for row in rows:
            state = f"  {row.revoked_at:%Y-%m-%d} 停用" if row.revoked_at else ""
            click.echo(f"{row.name}  {row.made_at:%Y-%m-%d}{state}")


def _cause() -> str:
    return f"key:{secrets.token_hex(8)}"
