"""OneBot 11: who may come in, both ways of writing a message, and how seldom it speaks."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from aiohttp import WSServerHandshakeError
from pydantic import SecretStr
from sqlalchemy import select

from bot.channels.onebot.adapter import OneBot
from bot.channels.onebot.reading import read_event
from bot.config import read_settings
from bot.opening import ChannelTrouble, open_channels
from bot.settings.channels import OnebotSection
from knowledge.store.rows.tickets import TicketRow
from tests.channels.conftest import rigged
from tests.channels.odd_frames import throw
from tests.channels.rigs.onebot import ME, TOKEN, CodedRig, OneBotRig, segment
from tests.channels.test_contract import LAMP, QUESTION, heard, photo
from tests.channels.town import NUMBERS, ROOMS
from tests.patience import PATIENCE


@pytest.fixture
async def qq(tmp_path):
    async with rigged(OneBotRig, tmp_path) as rig:
        yield rig


async def refused(rig, **headers):
    """The status with which a client is sent away."""
    with pytest.raises(WSServerHandshakeError) as refusal:
        await rig.dial(**headers)
    return refusal.value.status


async def test_only_who_has_the_token_comes_in_and_one_at_a_time(qq):
    for wrong in ("", "Bearer ", "Bearer x", TOKEN, f"Bearer {TOKEN}x", "Bearer ünsinn"):
        assert await refused(qq, Authorization=wrong) == 401
    assert await refused(qq, Origin="http://127.0.0.1:8080") == 401
    assert await refused(qq, Authorization=f"Basic {TOKEN}") == 401
    assert await refused(qq, **{"X-Client-Role": "API"}) == 400
    assert await refused(qq, **{"X-Self-ID": "ünsinn"}) == 400
    assert await refused(qq, **{"X-Self-ID": "10002"}) == 409
    for scheme in ("Bearer", "bearer", "Token"):  # older clients write Token
        before = qq.socket
        await qq.dial(Authorization=f"{scheme} {TOKEN}")
        async with asyncio.timeout(PATIENCE):
            while not before.closed:  # noqa: ASYNC110 -- nothing tells us.
                await asyncio.sleep(0.01)
    assert await qq.says("li", QUESTION, "@li")
    assert len(await qq.inbox()) == 1


def test_without_a_token_only_this_machine_comes_in_and_never_by_a_public_address(tmp_path):
    channel = OneBot(OnebotSection(token=SecretStr("")))
    assert all(channel.trusts({}, here) for here in ("127.0.0.1", "::1"))
    for remote in ("10.0.0.7", "192.168.1.9", "", None, "nowhere"):
        assert not channel.trusts({}, remote)
    for header in ("Origin", "X-Forwarded-For", "Forwarded"):
        assert not channel.trusts({header: "x"}, "127.0.0.1")
    settings = '[web]\npublic_url = "https://linli.example"\n[channels.onebot]\ntoken = ""\n'
    (tmp_path / "linli.toml").write_text(settings, "utf-8")
    found, _ = read_settings(tmp_path)
    assert found is not None
    with pytest.raises(ChannelTrouble, match="token 空着"):
        open_channels(found)


async def test_a_call_by_at_or_by_a_reply_to_us_is_heard_where_nothing_else_is(qq):
    await qq.says("luo", QUESTION, "g-at", quote="1")
    await qq.says("xiao", QUESTION, "g-at", called=True)
    await qq.settle()
    (answer,) = await qq.arrivals()
    (number,) = qq.app.channels["onebot"]._ours
    assert answer.chat == "g-at"
    await qq.says("luo", QUESTION, "g-at", quote=number)
    assert [(one["addressed"], one["quote"]) for one in await heard(qq)] == [
        (True, None),
        (True, number),
    ]


async def test_cq_codes_and_segments_say_the_same(tmp_path):
    said = {}
    for kind in (OneBotRig, CodedRig):
        async with rigged(kind, tmp_path / kind.__name__) as rig:
            await rig.says("li", "灯坏了 [急] &amp; 黑,", photo=photo(), called=True, quote="7")
            said[kind] = [
                (one["text"], one["quote"], len(one["images"]), one["addressed"])
                for one in await heard(rig)
            ]
    assert said[OneBotRig] == said[CodedRig] == [("灯坏了 [急] &amp; 黑,", "7", 1, True)]


@pytest.mark.parametrize(
    "written",
    [
        {"message_id": "-1877234"},
        {"message_id": "1234567890123456789", "user_id": "20001"},
        {"time": "1700000000"},
        {
            "message": [
                {"type": "shake"},
                {"type": "face", "data": None},
                segment("text", text=LAMP),
            ]
        },
        {"message": segment("text", text=LAMP)},
    ],
)
async def test_numbers_as_text_and_segments_without_fields_are_read(qq, written):
    assert await qq.deliver(qq.event("li", "@li", [segment("text", text=LAMP)]) | written)
    assert [one["text"] for one in await heard(qq)] == [LAMP]


async def test_while_the_account_is_offline_words_wait_and_the_administrators_hear_of_it(qq):
    beat = {"post_type": "meta_event", "meta_event_type": "heartbeat", "interval": 5000}
    for _ in range(2):
        assert await qq.deliver(beat | {"status": {"online": False, "good": False}})
    assert not qq.channel.health().connected
    assert await qq.says("luo", QUESTION, "@luo")
    await qq.settle()
    assert qq.calls == []
    told = await qq.sending("QQ 账号掉线了")
    assert (told.channel, told.chat_id) == ("web", "@xiaochen")
    assert await qq.deliver(beat | {"status": {"online": None, "good": False}})  # nobody knows
    assert not qq.channel.health().connected
    assert await qq.deliver(beat | {"status": {"online": True, "good": True}})
    assert qq.channel.health().connected
    await qq.settle()
    assert await qq.shown("@luo", "高龄")


async def test_what_is_not_for_us_leaves_nothing(qq):
    own = qq.event("li", "g-hy", [segment("text", text=LAMP)]) | {"user_id": int(ME)}
    for frame in (
        own,
        own | {"post_type": "message_sent"},
        {"post_type": "meta_event", "meta_event_type": "heartbeat", "time": 1, "self_id": int(ME)},
        {"post_type": "notice", "notice_type": "group_recall", "time": 1}
        | {"group_id": int(ROOMS["g-hy"]), "user_id": 5, "operator_id": 5, "message_id": 99},
        {"post_type": "request", "request_type": "friend"},
        {"status": "ok", "retcode": 0, "echo": "nobody asked"},
    ):
        assert await qq.deliver(frame)
    assert await qq.inbox() == []


def test_who_hides_their_name_is_nobody():
    frame = {
        "post_type": "message",
        "message_type": "group",
        "message_id": 1,
        "group_id": 2,
        "user_id": 80000000,
        "time": 1_700_000_000,
        "anonymous": {"id": 1, "name": "x", "flag": "y"},
        "message": "灯坏了",
    }
    heard = read_event(frame, ME, ())
    assert heard is not None
    assert heard.event.sender == "anonymous80000000"


async def test_a_picture_is_fetched_from_the_platform_only(qq):
    for url in ("http://127.0.0.2:1/x", "https://qq.com.evil.example/x", "file:///etc/passwd"):
        frame = qq.event("li", "@li", [segment("text", text=LAMP), segment("image", url=url)])
        assert await qq.deliver(frame)
    assert [one["images"] for one in await heard(qq)] == [[]] * 3
    await qq.settle()
    assert await qq.shown("@li", "不是能打开的照片")


@pytest.mark.parametrize(
    ("kind", "what"), [("record", "语音"), ("video", "视频"), ("json", "卡片"), ("face", "")]
)
async def test_what_cannot_be_taken_in_is_named_and_a_face_asks_for_nothing(qq, kind, what):
    assert await qq.deliver(qq.event("li", "@li", [segment(kind, file="x", id="1")]))
    await qq.settle()
    told = [one.text for one in await qq.arrivals()]
    assert [text.partition("我打不开")[0] for text in told] == [f"这条{what}"] * bool(what)


def recalled(rig, **more):
    """The notice that the last message was taken back by whoever wrote it."""
    said = rig.last
    notice = {"post_type": "notice", "time": said["time"] + 5, "self_id": int(ME)}
    which = {name: said[name] for name in ("message_id", "user_id")}
    if "group_id" not in said:
        return notice | which | {"notice_type": "friend_recall"} | more
    group = {"group_id": said["group_id"], "operator_id": said["user_id"]}
    return notice | which | group | {"notice_type": "group_recall"} | more


@pytest.mark.parametrize("chat", ["g-hy", "@li"])
async def test_what_is_taken_back_is_not_registered(qq, chat):
    await qq.says("li", LAMP, chat)
    await qq.settle()
    assert await qq.deliver(recalled(qq))
    assert await qq.deliver(recalled(qq)), "a repetition has no further effect"
    await qq.settle()
    assert len(await qq.shown(chat, "不登记")) == 1
    qq.clock.move_to(qq.clock.now() + timedelta(days=1))
    await qq.settle()
    states = await qq.app.look(lambda session: session.scalars(select(TicketRow.state)).all())
    assert states == ["closed_withdrawn"]


async def test_what_is_taken_back_before_it_was_heard_is_not_heard(qq):
    await qq.says("li", LAMP, "@li")
    assert await qq.deliver(recalled(qq))
    await qq.settle()
    assert await qq.arrivals() == []


async def test_what_others_delete_or_what_is_registered_stays(qq):
    await qq.says("li", LAMP)
    await qq.settle()
    assert await qq.deliver(recalled(qq, operator_id=int(NUMBERS["xiaochen"])))
    await qq.says("luo", "大家早上好")
    assert await qq.deliver(recalled(qq))
    await qq.settle()
    await qq.says("li", "1")
    said = qq.last
    await qq.settle()
    assert await qq.deliver(recalled(qq, message_id=said["message_id"]))
    await qq.settle()
    states = await qq.app.look(lambda session: session.scalars(select(TicketRow.state)).all())
    assert states == ["new"]
    assert not await qq.shown("g-hy", "不登记")


async def test_being_taken_into_a_group_and_out_of_it_is_told(qq):
    change = {"post_type": "notice", "time": int(qq.clock.now().timestamp()), "user_id": int(ME)}
    for more in (
        {"notice_type": "group_increase", "sub_type": "invite", "group_id": 99},
        {"notice_type": "group_decrease", "sub_type": "kick_me", "group_id": 99},
    ):
        assert await qq.deliver(change | more)
    await qq.settle()
    told = [one.text for one in await qq.shown("@xiaochen", "99")]
    assert ["拉进" in told[0], "移出" in told[1]] == [True, True]


async def test_odd_frames_leave_nothing_and_the_service_goes_on(qq):
    assert await throw(qq, 300) == 0
    assert await qq.says("li", QUESTION, "@li")
    await qq.settle()
    assert await qq.shown("@li", "高龄")


async def test_the_token_is_never_written_down(qq, caplog, capsys):
    caplog.set_level("DEBUG")
    await refused(qq, Authorization="Bearer onebot-canary-wrong")
    await qq.trouble("unsupported")
    await qq.tells("@li", "甲")
    await qq.tells("@li", "乙")
    await qq.settle()
    await qq.throw("{", wait=True)
    written = capsys.readouterr()
    rows = [f"{row.receipt}{row.detail}" for row in await qq.outbox()]
    assert "anary" not in "\n".join([caplog.text, written.out, written.err, *rows])
