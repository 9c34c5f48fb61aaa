"""A voice is kept with its matter, and whoever sent it is told in one sentence."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.voices import MAX_BYTES
from knowledge.store.rows.media import MediaRow
from knowledge.store.rows.tickets import TicketRow
from tests.channels.conftest import rigged
from tests.channels.rigs.kf import KfRig
from tests.channels.rigs.mp import MpRig
from tests.channels.rigs.telegram import TelegramRig
from tests.channels.rigs.wecom_app import WecomAppRig
from tests.channels.test_contract import LAMP

OGG, AMR = b"OggS" + bytes(200), b"#!AMR\n" + bytes(200)


async def speak(rig, data, **more):
    """李娭毑 holds the button down and speaks, in private."""
    name = f"voice{next(rig.keys)}"
    if isinstance(rig, TelegramRig):
        rig.fake.files[name] = data
        spoken = {"file_id": name, "file_unique_id": name, "duration": 3}
        message = rig.message("li", "@li", voice=spoken)
        rig.last = {"update_id": next(rig.update_ids), "message": message}
        assert await rig.again()
        return
    rig.fake.media[name] = data
    if isinstance(rig, KfRig):
        rig.said.append(rig.pulled("li", "voice", voice={"media_id": name}))
        assert await rig.nudge()
        return
    voice = {"MediaId": name, "Format": "amr", "MsgId": next(rig.ids)}
    assert await rig.deliver(rig.message("li", "voice", **voice, **more))


async def kept(rig):
    return await rig.app.look(lambda session: list(session.scalars(select(MediaRow.id))))


@pytest.mark.parametrize("kind", [TelegramRig, WecomAppRig, MpRig, KfRig])
async def test_a_voice_waits_for_words_and_goes_with_them(kind, tmp_path):
    async with rigged(kind, tmp_path) as rig:
        data = OGG if kind is TelegramRig else AMR
        await speak(rig, data)
        assert await rig.again()
        await rig.settle()
        assert len(await rig.shown("@li", "语音留下了")) == 1
        await rig.says("li", LAMP, "@li")
        await rig.settle()
        await rig.says("li", "1", "@li")
        await rig.settle()
        assert await rig.shown("@zhang", "语音 1 段")
        (attached,) = await rig.app.look(lambda session: session.scalars(select(TicketRow.images)))
        path = rig.app.media.path(attached[0])
        assert path.read_bytes() == data
        assert len(await kept(rig)) == 1, "a repetition keeps nothing twice"


@pytest.mark.parametrize("kind", [TelegramRig, WecomAppRig])
async def test_a_voice_that_cannot_be_kept_is_said_once(kind, tmp_path):
    async with rigged(kind, tmp_path) as rig:
        await speak(rig, b"<html>")
        await speak(rig, OGG + bytes(MAX_BYTES))
        await rig.settle()
        shown = await rig.shown("@li", "打几个字")
        assert [("打不开" in one.text, "太长" in one.text) for one in shown] == [
            (True, False),
            (False, True),
        ]
        assert await kept(rig) == []


async def test_what_the_platform_has_heard_is_the_message_and_the_voice_stays_with_it(tmp_path):
    async with rigged(MpRig, tmp_path) as rig:
        await speak(rig, AMR, Recognition=LAMP)
        await rig.settle()
        assert await rig.shown("@li", "语音 1 段")
        assert not await rig.shown("@li", "照片收到了")
        await speak(rig, b"", Recognition="高龄津贴多少钱")
        await rig.settle()
        said = [(row.payload["text"], len(row.payload["images"])) for row in await rig.inbox()]
        assert said == [(LAMP, 1), ("高龄津贴多少钱", 0)]
        assert not await rig.shown("@li", "打不开"), "its words were heard"


async def test_a_voice_that_nobody_addressed_to_us_is_not_fetched(tmp_path):
    async with rigged(TelegramRig, tmp_path) as rig:
        spoken = {"file_id": "v", "file_unique_id": "v", "duration": 3}
        await rig.delivers(rig.message("li", "g-hy", voice=spoken))
        await rig.settle()
        assert (await rig.inbox(), await rig.arrivals()) == ([], [])
        assert not rig.fake.called("getFile")
