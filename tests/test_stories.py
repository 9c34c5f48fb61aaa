"""The model dialogues as stories: each one holds, is the same every time, and stays short."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.__main__ import main

if TYPE_CHECKING:
    from click.testing import Result

FOLDER = Path(__file__).parent / "stories"
STORIES = sorted(FOLDER.glob("*.jsonl"))
CHAT_LIMIT, NOTICE_LIMIT, LINES = 120, 150, 7
"""Characters of a message, of a notice with heading and code, and lines (DESIGN §2.5)."""
ADDRESS = re.compile(r"\n网页：https?://\S+$")
"""The way to the desk below a task: it is tapped, not read."""


def replay(story: Path, *options: str) -> Result:
    """Play a story as `linli replay` does."""
    data = str(FOLDER / "data")
    return CliRunner().invoke(main, ["--data", data, "replay", str(story), *options])


def sends(output: str) -> list[dict[str, Any]]:
    """Return what was sent in a story played with --json."""
    documents = (json.loads(line) for line in output.splitlines())
    return [document for document in documents if document["type"] == "send"]


@pytest.fixture
def database(on_postgres: str, bare_url: str) -> tuple[str, ...]:
    """Options for the database of a story: none for its own SQLite file, or an empty PostgreSQL."""
    return ("--db", bare_url) if on_postgres else ()


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_every_assert_of_a_story_holds_and_every_message_is_short(
    story: Path, database: tuple[str, ...]
) -> None:
    result = replay(story, "--json", *database)

    assert result.exit_code == 0, result.stderr
    for send in sends(result.stdout):
        limit = NOTICE_LIMIT if send["notice"] else CHAT_LIMIT
        assert len(ADDRESS.sub("", send["text"])) <= limit, send["text"]
        assert send["text"].count("\n") < LINES, send["text"]


@pytest.mark.parametrize(
    "story", [FOLDER / "05-nobody-claims.jsonl", FOLDER / "11-fire.jsonl"], ids=lambda p: p.stem
)
def test_a_story_gives_the_same_bytes_again_and_on_the_other_database(
    story: Path, database: tuple[str, ...]
) -> None:
    first, second = replay(story, "--json"), replay(story, "--json", *database)

    assert first.stdout_bytes == second.stdout_bytes != b""


def test_all_model_dialogues_are_there() -> None:
    told = {path.stem.split("-")[0] for path in STORIES}

    assert told >= {f"{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13)}
