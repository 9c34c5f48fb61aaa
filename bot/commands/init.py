"""`linli init`: a data folder of one's own, begun from the shipped pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.pack import CONTENTS, copy_pack

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation


@click.command(options_metavar="[选项]")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只说会做什么，不动文件")
@click.pass_obj
def init(invocation: Invocation, folder: Path | None, *, dry_run: bool) -> None:
    """新建资料夹：设置、问答、通知、花名册各一份样本。已有的文件一个也不覆盖。"""
    folder = folder or invocation.data
    standing = [name for name in CONTENTS if (folder / name).exists()]
    if standing:
        message = f"{folder} 里已经有 {'、'.join(standing)}，没有动它。换一个空的文件夹再试。"
        raise click.ClickException(message)
    if dry_run:
        click.echo(f"会在 {folder} 里新建：{'、'.join(CONTENTS)}")
        return
    copy_pack(folder)
    click.echo(
        f"建好了：{folder}\n启动：linli --data {folder} run\n检查：linli --data {folder} check"
    )
