"""`linli replay`: play a story with virtual time."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation

KEPT_BACK = ("linli.db*", "media", "state")
"""What of a data folder a story does not begin with."""


@click.command(options_metavar="[选项]", help="演一遍故事文件（虚拟时间，不动真资料）")
@click.argument("story", type=click.Path(path_type=Path, dir_okay=False), metavar="STORY.jsonl")
@click.option("--db", metavar="URL", help="用这个空的数据库，不用临时的")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON")
@click.pass_obj
def replay(invocation: Invocation, story: Path, db: str | None, as_json: bool) -> None:  # noqa: FBT001 -- click passes flags by position.
    """Play a story; exit 1 at the first assert that fails, 2 when it cannot be played."""
    from bot.logs import set_up_logs
    from bot.stories.player import Player
    from bot.stories.story import BadStory, read_story
    from bot.stories.witness import AssertionFailed, Witness

    set_up_logs()
    folder = invocation.folder()
    try:
        lines = read_story(story)
        if db:
            take_empty(db)
        with tempfile.TemporaryDirectory(prefix="linli-replay-") as scratch:
            copy = Path(scratch) / "data"
            shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(*KEPT_BACK))
            player = Player(copy, lines[0], db, Witness(_tell_json if as_json else _tell))
            asyncio.run(player.play(lines))
    except BadStory as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    except AssertionFailed as finding:
        click.echo(str(finding), err=True)
        sys.exit(1)


def take_empty(url: str) -> None:
    """Make an empty database this story's own; of several stories at once one gets it.

    Raises BadStory where there is anything in it, or no such database.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from bot.stories.story import BadStory
    from knowledge.store.database import make_engine
    from knowledge.store.migrate import create

    try:
        engine = make_engine(url)
        taken = create(engine)
    except (SQLAlchemyError, ImportError) as fault:
        raise BadStory(
            f"--db 指的数据库打不开（{type(fault).__name__}）。看看地址写对没有"
        ) from fault
    engine.dispose()
    if not taken:
        raise BadStory("--db 指的数据库不是空的，换一个空的")


def _tell_json(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False))


def _tell(document: dict[str, Any]) -> None:
    at = document["at"][5:16].replace("T", " ")
    if document["type"] == "ticket":
        moved = f"{document['from'] or '·'} → {document['to']}"
        click.echo(f"{at}  #{document['no']} {moved}（{document['by']}）{document['reason']}")
        return
    text = document["text"].replace("\n", "\n                ")
    click.echo(f"{at}  → {document['chat']}：{text}")
