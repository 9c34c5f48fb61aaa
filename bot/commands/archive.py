"""`linli backup` and `linli restore`: everything in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.clocks import SystemClock

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(options_metavar="[选项]")
@click.argument("target", metavar="文件", type=_FILE)
@click.option("--portable", is_flag=True, help="抄成 SQLite，在哪种数据库里都能恢复")
@click.option("--dry-run", is_flag=True, help="只说会写什么，不动文件")
@click.pass_obj
def backup(invocation: Invocation, target: Path, *, portable: bool, dry_run: bool) -> None:
    """把数据库、问答、通知、花名册、照片写进一个文件；服务不用停。"""
    from bot.archive.backup import back_up
    from bot.archive.manifest import BadArchive, NotTaken
    from bot.archive.taking import why_copied
    from knowledge.store import migrate

    folder = invocation.folder()
    url = invocation.settings().database.address(folder)
    if migrate.current(url) is None:
        raise click.ClickException("还没有数据库，没有什么要备份的。先运行 linli run")
    if dry_run:
        click.echo(f"会写：{target}")
        return
    migrate.upgrade(url)
    now = SystemClock(invocation.now).now()
    why = "" if portable else why_copied(url)
    try:
        manifest = back_up(folder, url, target, now, portable=portable)
    except NotTaken as trouble:
        raise click.ClickException(f"没有备份：{trouble}") from None
    except OSError as trouble:
        raise click.ClickException(f"写不了 {target}：{trouble.strerror}") from None
    except BadArchive as trouble:
        raise click.ClickException(f"写完检查没通过：{trouble}。磁盘可能坏了") from None
    size = target.stat().st_size / 2**20
    tickets = manifest.rows["ticket"]
    click.echo(f"备份好了，也检查过了：{target}（{size:.1f} MB，{tickets} 件诉求）")
    if why:
        click.echo(f"数据库抄成了 SQLite，慢一些，一样能恢复：{why}。")
    click.echo("里面有居民的电话和照片，请收好。")


@click.command(options_metavar="[选项]")
@click.argument("archive", metavar="文件", type=_FILE)
@click.option("--dry-run", is_flag=True, help="只看备份好不好、会换掉什么，不动文件")
@click.pass_obj
def restore(invocation: Invocation, archive: Path, *, dry_run: bool) -> None:
    """用备份换掉资料夹里的东西；换下来的留着。服务要先停。"""
    from bot.archive.manifest import BadArchive

    folder = invocation.data
    if not archive.is_file():
        raise click.ClickException(f"没有这个文件：{archive}")
    url = invocation.settings().database.address(folder)
    try:
        if dry_run:
            _look_ahead(archive, folder, url)
        else:
            _put_back(invocation, archive, url)
    except BadArchive as trouble:
        raise click.ClickException(f"{trouble}。什么也没有动") from None


def _look_ahead(archive: Path, folder: Path, url: str) -> None:
    from bot.archive.restore import look_into

    found = look_into(archive, url)
    click.echo(f"会恢复成 {found.made_at} 的备份，{found.rows['ticket']} 件诉求；")
    click.echo(f"{folder} 里的数据库、问答、通知、花名册、照片会换下来，留在旁边")


def _put_back(invocation: Invocation, archive: Path, url: str) -> None:
    from bot.archive.restore import restore as put_back
    from bot.config import read_settings
    from bot.lock import Locked, hold_lock

    folder = invocation.data
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with hold_lock(folder):
            manifest, kept = put_back(archive, folder, url, SystemClock(invocation.now).now())
    except Locked:
        raise click.ClickException(f"邻里正在 {folder} 上运行。先停掉它，再恢复") from None
    except OSError as trouble:
        raise click.ClickException(f"写不了 {folder}：{trouble.strerror}") from None
    click.echo(f"恢复好了：{manifest.made_at} 的备份，{manifest.rows['ticket']} 件诉求")
    if kept is not None:
        click.echo(f"换下来的在 {kept}，确定不要了再删")
    restored, _ = read_settings(folder)
    if restored is None or restored.database.address(folder) != url:
        click.echo("恢复出来的 linli.toml 写的不是刚恢复的这个数据库：启动前先改 [database] url")
