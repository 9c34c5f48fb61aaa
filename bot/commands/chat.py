"""`linli chat`: talk in the terminal as anybody of the roster, in a copy that changes nothing."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.stories.rehearsal import Rehearsal
    from bot.terminal.invocation import Invocation


@click.command(options_metavar="[选项]")
@click.option("--from", "who", metavar="编号", help="以谁的身份说话，默认花名册里第一位居民")
@click.option("--chat", "group", metavar="群号", help="在哪个群里说；不写就是私聊")
@click.pass_obj
def chat(invocation: Invocation, who: str | None, group: str | None) -> None:
    """在终端里以花名册里任何人的身份聊天（练习用，不动真资料）。"""
    from bot.logs import set_up_logs
    from bot.stories.rehearsal import HELP, Rehearsal

    set_up_logs()
    settings = invocation.settings()
    with tempfile.TemporaryDirectory(prefix="linli-chat-") as scratch:
        copy = Path(scratch) / "data"
        ignore = shutil.ignore_patterns("linli.db*", "media", "linli.lock")
        shutil.copytree(invocation.folder(), copy, ignore=ignore)
        click.echo(HELP)
        asyncio.run(_talk(Rehearsal(copy, settings, invocation.now, click.echo), who, group))


async def _talk(rehearsal: Rehearsal, who: str | None, group: str | None) -> None:
    await rehearsal.open(who, group)
    try:
        for line in sys.stdin:
            if line.strip() and not await rehearsal.hear(line.strip()):
                break
    finally:
        await rehearsal.close()
