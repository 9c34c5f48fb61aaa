"""`linli db`: bring the database to another version of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation


@click.group(options_metavar="[选项]", subcommand_metavar="命令 …")
def db() -> None:
    """数据库：升级、退回、当前版本。"""


@db.command(options_metavar="[选项]")
@click.option("--dry-run", is_flag=True, help="只说会做什么，不动数据库")
@click.pass_obj
def upgrade(invocation: Invocation, *, dry_run: bool) -> None:
    """升级到这个程序要的版本（启动时也会自动做）。"""
    from knowledge.store import migrate

    url = _address(invocation)
    found = migrate.current(url)
    if found == migrate.HEAD:
        click.echo(f"已经是最新的：{found}")
        return
    click.echo(f"会从 {_named(found)} 升级到 {migrate.HEAD}：{_listed(found, migrate.HEAD)}")
    if dry_run:
        return
    migrate.upgrade(url)
    click.echo(f"升级好了：{_named(found)} → {migrate.current(url)}")


@db.command(options_metavar="[选项]")
@click.argument("revision", metavar="版本")
@click.option("--dry-run", is_flag=True, help="只说会做什么，不动数据库")
@click.pass_obj
def downgrade(invocation: Invocation, revision: str, *, dry_run: bool) -> None:
    """退回较早的版本；base = 清空。先备份。"""
    from alembic.util import CommandError

    from knowledge.store import migrate

    url = _address(invocation)
    found = migrate.current(url)
    try:
        going = _listed(found, revision)
        click.echo(f"会从 {_named(found)} 退回到 {revision}：{going}。这些版本加的表和栏目会删掉。")
        if dry_run:
            return
        migrate.downgrade(url, revision)
    except CommandError as trouble:
        message = f"没有 {revision} 这个版本。不知道写哪个，先看 linli db current。"
        raise click.ClickException(message) from trouble
    click.echo(f"退回好了：{_named(found)} → {_named(migrate.current(url))}")


@db.command(options_metavar="[选项]")
@click.pass_obj
def current(invocation: Invocation) -> None:
    """数据库现在的版本。"""
    from knowledge.store import migrate

    click.echo(_named(migrate.current(_address(invocation))))


def _address(invocation: Invocation) -> str:
    return invocation.settings().database.address(invocation.folder())


def _named(version: str | None) -> str:
    return version or "空"


def _listed(found: str | None, wanted: str) -> str:
    """Say which migrations will be run, in their order."""
    from knowledge.store import migrate

    steps = migrate.steps(found, wanted)
    return f"{len(steps)} 步，{'、'.join(steps)}"
