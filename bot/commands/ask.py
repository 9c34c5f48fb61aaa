"""`linli ask`: what the bot would answer, from the files and without side effects."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from bot.bars import bars_of
from bot.clocks import SystemClock
from bot.semantic.consulting import consulting
from bot.terminal.hood import hood_of
from handlers.intents.calling import uncalled
from handlers.thinking.considering import looked_up
from handlers.thinking.thought import Scene, Thought
from knowledge.community.days.zone import local
from knowledge.community.notices.timetable import Timetable, read_activity
from knowledge.community.words.scams import KnownScams, read_scam
from knowledge.faq.shelf import Shelf
from knowledge.files.standing import read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.config import Settings
    from bot.terminal.invocation import Invocation
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import GroupChat
    from knowledge.community.roster.people import Person
    from knowledge.faq.shelf import View

DEFAULT_CHANNEL = "replay"
"""Where an account or group without a channel in front of it is looked up."""


@click.command(options_metavar="[选项]")
@click.argument("text", metavar="TEXT")
@click.option("--group", is_flag=True, help="当作群里没有叫机器人的一句话")
@click.option("--chat", metavar="ID", help="在哪个群里说的，例如 replay:g-1")
@click.option("--from", "account", metavar="ACCOUNT", help="谁说的，例如 replay:mei")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，一句一行")
@click.pass_obj
def ask(
    invocation: Invocation,
    text: str,
    *,
    group: bool,
    chat: str | None,
    account: str | None,
    as_json: bool,
) -> None:
    """问一句，看机器人会怎么答、为什么。TEXT 写 - 就从标准输入一行读一句。"""
    settings = invocation.settings()
    hood = hood_of(invocation.folder(), settings)
    where = _chat(hood, chat) if chat else None
    scene = Scene(
        hood=hood,
        faq=read_faq(invocation.folder(), settings),
        now=local(invocation.now or SystemClock().now()),
        addressed=not group,
        chat=where,
        sender=_person(hood, account) if account else None,
        mode=where.mode if where else "积极",
        scams=read_scams(invocation.folder()),
        timetable=Timetable(
            read_sheet(invocation.folder() / "timetable", read_activity).entries.values()
        ),
        office=settings.community.office,
    )
    lines: Iterable[str] = sys.stdin if text == "-" else (text,)
    with consulting(settings) as consider:
        for line in lines:
            spoken = line.rstrip("\r\n")
            heard = addressed_by_name(scene, spoken, settings.bot.names)
            said = uncalled(spoken, settings.bot.names)
            thought = looked_up(consider(said, heard), said, heard)
            click.echo(_as_line(thought) if as_json else _as_words(thought))


def addressed_by_name(scene: Scene, text: str, names: tuple[str, ...]) -> Scene:
    """The scene, addressed when the text itself calls the bot by one of its names."""
    if scene.addressed or not any(name in text for name in names):
        return scene
    return replace(scene, addressed=True)


def read_faq(folder: Path, settings: Settings) -> View:
    """The FAQ of the data folder with the thresholds of its settings."""
    shelf = Shelf(folder / "faq", links=settings.faq.allow_links, bars=bars_of(settings))
    return shelf.current


def read_scams(folder: Path) -> KnownScams:
    """The known swindles of the data folder."""
    return KnownScams(read_sheet(folder / "scams", read_scam).entries.values())


def _chat(hood: Neighbourhood, written: str) -> GroupChat:
    found = hood.chat(*_split(written))
    if found is None:
        raise click.ClickException(f"花名册的 chats.csv 里没有这个群：{written}")
    return found


def _person(hood: Neighbourhood, written: str) -> Person | None:
    """The person behind an account; None for a resident who is not in the roster."""
    return hood.by_account(*_split(written))


def _split(written: str) -> tuple[str, str]:
    channel, colon, name = written.partition(":")
    return (channel, name) if colon else (DEFAULT_CHANNEL, channel)


def _as_line(thought: Thought) -> str:
    return json.dumps(thought.as_json(), ensure_ascii=False)


def _as_words(thought: Thought) -> str:
    reply = thought.reply or "（不说话）"
    return f"{reply}\n  —— {thought.intent.value} · {thought.action.value} · {thought.why}"
