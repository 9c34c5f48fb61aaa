"""The night of the leak, through each channel's real wire, ends the same everywhere."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.channels.conftest import RIGS, rigged
from tests.channels.rigs.replay import ReplayRig

STORY = Path(__file__).parent.parent / "stories/05-night-leak.jsonl"


async def play(rig, *, private=False, called=None):
    """Play the story's messages; return everything that people were shown, by chat.

    `private` = everybody speaks with the bot alone, as on a channel without groups; `called` = they call
    the bot by name, as on a channel that hears nothing else in groups.
    """
    for line in STORY.read_text("utf-8").splitlines():
        step = json.loads(line)
        if step["type"] != "message":
            continue
        await rig.pass_time(datetime.fromisoformat(step["at"]))
        chat = f"@{step['from']}" if private else step["chat"]
        await rig.says(step["from"], step["text"], chat, called=called)
        await rig.settle()
    shown = await rig.arrivals()
    return {
        chat: [
            (one.text, tuple(label for label, _ in one.buttons))
            for one in shown
            if one.chat == chat
        ]
        for chat in sorted({one.chat for one in shown})
    }


@pytest.mark.parametrize("kind", [one for one in RIGS if one is not ReplayRig])
async def test_the_night_of_the_leak_is_the_same_on_every_channel(kind, tmp_path):
    how = {"private": not kind.groups, "called": True if not kind.hears_all else None}
    async with rigged(ReplayRig, tmp_path / "replay") as rig:
        expected = await play(rig, **how)
    async with rigged(kind, tmp_path / "other") as rig:
        assert await play(rig, **how) == kind.as_shown(expected)
    told = expected["g-hy" if kind.groups else "@zhao"]
    assert any("张师傅 23:46 接单" in text for text, _ in told)
