"""The chat in the README is what the shipped demo community really gives."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

from click.testing import CliRunner

from bot.__main__ import main

ROOT = Path(__file__).parent.parent
START = datetime(2026, 11, 23, 19, 5, tzinfo=timezone(timedelta(hours=8)))
GROUP = "g-gh"


def spoken():
    """Return (speaker, text) of each turn of the first chat in the README."""
    block = re.search(r"```\n(.+?：.+?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    turns = re.split(r"\n(?!　)", block[1].strip())
    pairs = [turn.split("：", 1) for turn in turns]
    return [(who, re.sub(r"\n　+", "\n", text)) for who, text in pairs]


def accounts():
    """Return the ids of the demo community's people by the name that they are called."""
    with (ROOT / "knowledge/pack/roster/people.csv").open(encoding="utf-8") as file:
        return {row["称呼"] or row["姓名"]: row["编号"] for row in csv.DictReader(file)}


def linli(*args):
    result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="linli")
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_chat_of_the_readme_is_really_given(tmp_path):
    people = accounts()
    said = [(who, text) for who, text in spoken() if who in people]
    story = [
        {
            "at": (START + timedelta(minutes=minute)).isoformat(),
            "type": "message",
            "chat": GROUP,
            "from": people[who],
            "text": text,
        }
        for minute, (who, text) in enumerate(said)
    ]
    path = tmp_path / "story.jsonl"
    path.write_text("\n".join(map(json.dumps, story)), "utf-8")
    linli("init", tmp_path / "data")

    output = linli("--data", tmp_path / "data", "replay", path, "--json")

    events = [json.loads(line) for line in output.splitlines()]
    heard = [e["text"] for e in events if e["type"] == "send" and e["chat"] == GROUP]
    assert heard == [text for who, text in spoken() if who == "小助手"]
