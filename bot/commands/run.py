"""`linli run`: the service."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import click

from bot.certificates import read_on_need

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation


@click.command(options_metavar="[选项]")
@click.option("--demo", is_flag=True, help="往空的资料夹里放一个演示社区")
@click.option("--open", "open_browser", is_flag=True, help="打开浏览器")
@click.option("--host", metavar="地址", help="监听的地址，默认看设置")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="端口", help="监听的端口，默认看设置"
)
@click.option("--lan", is_flag=True, help="让同一个局域网里的手机也能打开")
@click.option(
    "--role",
    type=click.Choice(["all", "web", "worker", "sender", "clock"]),
    default="all",
    help="只做一样：网页、办理、发送、时钟；要用 PostgreSQL",
)
@click.pass_obj
def run(
    invocation: Invocation,
    *,
    demo: bool,
    open_browser: bool,
    host: str | None,
    port: int | None,
    lan: bool,
    role: str,
) -> None:
    """启动服务，按 Ctrl+C 停。"""
    gc.disable()  # importing makes no garbage: a tenth of the start is saved
    with read_on_need():
        from bot.front import EVERYWHERE, Front
    from bot.roles.role import Role
    from bot.service import Service, ServiceTrouble

    if demo and role != "all":
        raise click.UsageError("演示社区只用一个进程：--demo 不能和 --role 一起用。")
    if demo:
        _lay_out_demo(invocation)
    settings = invocation.settings()
    try:
        Service(
            folder=invocation.folder(),
            settings=settings,
            now=invocation.now,
            front=Front(
                host=EVERYWHERE if lan else host or settings.web.host,
                port=settings.web.port if port is None else port,
                open_browser=open_browser,
                lan=lan,
            ),
            demo=demo,
            role=Role(role),
        ).run()
    except ServiceTrouble as trouble:
        raise click.ClickException(str(trouble)) from trouble


def _lay_out_demo(invocation: Invocation) -> None:
    from bot.pack import CONTENTS, copy_pack

    folder = invocation.data
    if not folder.exists() or not any((folder / name).exists() for name in CONTENTS):
        copy_pack(folder)
