"""The robot of a WeCom group: speaks into one group, hears nothing, keeps its key."""

from __future__ import annotations

import pytest

from bot.wechat.words import shortened
from tests.channels.conftest import rigged
from tests.channels.rigs.wecom_webhook import WecomWebhookRig


@pytest.fixture
async def robot(tmp_path):
    async with rigged(WecomWebhookRig, tmp_path) as rig:
        yield rig


async def test_what_is_too_long_is_cut_between_characters(robot):
    assert shortened("短") == "短"
    assert shortened("长" * 1000) == "长" * 681 + "…"
    await robot.tells("g-hy", "长" * 1000)
    await robot.settle()
    assert [one.text[-2:] for one in await robot.arrivals()] == ["长…"]


async def test_nobody_is_reached_in_private(robot):
    await robot.tells("@li", "悄悄话")
    await robot.settle()
    assert (await robot.sending("悄悄话")).state == "failed"
    assert await robot.arrivals() == []


async def test_the_key_is_never_written_down(robot, caplog, capsys):
    caplog.set_level("DEBUG")
    await robot.trouble("unknown")
    await robot.tells("g-hy", "甲")
    await robot.settle()
    await robot.tear_down()
    await robot.tells("g-hy", "乙")
    await robot.app.settle()
    written = capsys.readouterr()
    rows = [f"{row.receipt}{row.detail}" for row in await robot.outbox()]
    assert "canary" not in "\n".join([caplog.text, written.out, written.err, *rows])
