"""企业微信 智能机器人: one connection that comes back, never fights, and answers where it is asked."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import delete, select

from bot.channels.wecom_bot.cards import card_of, message_of, plain
from bot.channels.wecom_bot.connection import KICKED, Connection
from bot.channels.wecom_bot.pictures import MOST, PIECE_BYTES
from bot.channels.wecom_bot.rhythm import LONGEST_PAUSE, Rhythm, pause
from bot.channels.wecom_bot.windows import Windows
from handlers.actions.reaching import private_chat
from handlers.actions.telling import tell_chat
from handlers.messages import Button, Outgoing, direct
from knowledge.store.rows.marks import MarkRow
from knowledge.store.rows.messages import OutboxRow
from tests.channels.conftest import rigged
from tests.channels.odd_frames import throw
from tests.channels.rigs.rig import EVENING
from tests.channels.rigs.wecom_bot import BOT, SECRET, WecomBotRig
from tests.channels.test_contract import LAMP, QUESTION, keeps_to_its_windows, photo
from tests.patience import PATIENCE


@pytest.fixture
async def office(tmp_path):
    async with rigged(WecomBotRig, tmp_path) as rig:
        yield rig


ANSWER = "高龄"
"""Stands in what the question is answered with."""


class Restless(WecomBotRig):
    rhythm = Rhythm(beat=0.05, patience=0.2, pausing=lambda *_, **__: 0.01)


def sent(rig, *cmds):
    """What the bot has sent to people, without its heartbeats."""
    return [one for one in rig.fake.frames if one["cmd"] in (cmds or ("aibot_send_msg",))]


def told_to_administrators(session):
    """Channel and text of what the administrator was told."""
    query = select(OutboxRow).where(OutboxRow.chat_id == "@xiaochen")
    return [(row.channel, row.text) for row in session.scalars(query)]


def nobody_has_spoken(session):
    session.execute(delete(MarkRow).where(MarkRow.name.startswith("wecom_bot.met.")))


def marks_of(account):
    """Every mark that names an account."""
    return lambda session: list(
        session.scalars(select(MarkRow.name).where(MarkRow.name.endswith(f"@{account}")))
    )


async def test_who_erases_their_data_is_unknown_until_they_speak_again(office):
    await office.says("li", "删除我的数据", "@li")
    await office.settle()
    await office.says("li", "1", "@li")
    await office.settle()
    assert await office.app.look(marks_of("li")) == []
    assert await office.shown("@li", "已经删了"), "and is told so all the same"
    await office.says("li", QUESTION, "@li")
    assert await office.app.look(marks_of("li")) == ["wecom_bot.met.@li"]


# The connection.


async def test_it_comes_back_after_every_kind_of_end_and_hears_again(office):
    for nth, end in enumerate((1000, 1001, 1011, None)):
        before = office.fake.subscribed
        await (office.fake.close(end) if end else office.fake.fall(down=False))
        await office.fake.stands()
        assert await office.says("li", QUESTION, "@li")
        await office.settle()
        assert office.fake.subscribed == before + 1
        assert len(await office.shown("@li", ANSWER)) == nth + 1
    assert len({payload.event_id for payload in await office.inbox()}) == 4


async def test_whoever_is_thrown_out_stops_for_good_and_says_so_elsewhere(office):
    async def take(_frame):
        """What the other one hears is no matter of ours."""

    login = {"bot_id": BOT, "secret": SECRET}
    other = Connection(office.fake.address, login, take, office.rhythm)
    running = asyncio.create_task(other.run())
    try:
        await office.connected(stands=False)
        await office.tells("@li", "今晚停水")
        await office.app.settle()
        row = await office.sending("今晚停水")
        assert (row.state, row.detail, office.channel.health().detail) == (
            "pending",
            KICKED,
            KICKED,
        )
        await asyncio.sleep(0.1)  # ten times the pause before a new try
        assert (office.fake.subscribed, other.trouble) == (2, ""), "nobody fights"
    finally:
        running.cancel()
    told = await office.app.look(told_to_administrators)
    assert {channel for channel, text in told if "接走了" in text} == {"web"}


async def test_a_connection_without_an_echo_is_dead_and_is_replaced(tmp_path):
    async with rigged(Restless, tmp_path) as rig:
        before = rig.fake.subscribed
        rig.fake.deaf = True
        async with asyncio.timeout(PATIENCE):
            while rig.fake.subscribed == before:  # noqa: ASYNC110 -- nothing tells us.
                await asyncio.sleep(0.01)
        rig.fake.deaf = False
        await rig.fake.stands()
        assert await rig.says("li", QUESTION, "@li")


async def test_a_connection_is_not_dead_while_a_message_waits_for_the_database(tmp_path):
    async with rigged(Restless, tmp_path) as rig:
        engine = rig.app.database.engine
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE inbox RENAME TO gone")
        assert not await rig.says("li", QUESTION, "@li")  # much longer than an echo may take
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE gone RENAME TO inbox")
        assert await rig.says("li", LAMP, "@li")
        assert [row.payload["text"] for row in await rig.inbox()] == [QUESTION, LAMP]
        assert rig.fake.subscribed == 1


async def test_a_refused_subscription_is_said_and_tried_again(office):
    office.fake.refusals.extend([853000] * 1000)
    await office.fake.fall(down=False)
    async with asyncio.timeout(PATIENCE):
        while office.channel.health().detail != "subscribe 853000":  # noqa: ASYNC110 -- as above.
            await asyncio.sleep(0.01)
    office.fake.refusals.clear()
    await office.connected()


def test_pauses_grow_with_jitter_and_a_refusal_waits_a_minute():
    assert 0 <= pause(0) <= 1
    for failures in range(1, 12):
        most = min(2.0**failures, LONGEST_PAUSE)
        drawn = {pause(failures) for _ in range(50)}
        assert len(drawn) > 40
        assert most / 2 <= min(drawn) <= max(drawn) <= most
    assert pause(1, refused=True) >= 60


# What goes out.


async def test_the_first_word_is_the_answer_and_all_else_is_pushed(office):
    await office.says("li", QUESTION)
    await office.settle()
    (answer,) = sent(office, "aibot_respond_msg")
    assert answer["body"]["msgtype"] == "stream"
    assert answer["headers"]["req_id"].startswith("req")
    await office.tells("g-hy", "今晚停水")
    await office.settle()
    (push,) = sent(office)
    assert (push["body"]["chatid"], push["body"]["chat_type"]) == ("g-hy", 2)
    await office.says("li", LAMP, "@li")
    office.fake.open.clear()  # the platform has forgotten the call
    await office.settle()
    assert len(await office.shown("@li", "对，回复 1")) == 1


def test_a_question_is_answered_once_and_only_while_its_person_waits():
    windows, now = Windows(), EVENING
    for wait, open_still in ((4, "r"), (5, ""), (60, "")):
        windows.asked("@li", "r", now)
        assert windows.question("@li", now + timedelta(minutes=wait)) == open_still
        assert windows.question("@li", now) == ""
    windows.entered("@li", "w", now)
    assert windows.greeting("@li", now + timedelta(seconds=6)) == ""


async def test_who_has_never_spoken_to_the_bot_is_told_where_they_can_be(office):
    def reached(work):
        return str(private_chat(work, "he"))

    await office.app.database.write(nobody_has_spoken)
    assert await office.app.act("t1", reached) == "web:@he"
    await office.says("he", QUESTION, "@he")
    assert await office.app.act("t2", reached) == "wecom_bot:@he"
    await office.tells("@nobody", "今晚停水")
    await office.settle()
    row = await office.sending("今晚停水")
    assert (row.state, row.detail) == ("failed", "93006")


async def test_a_pressed_button_is_marked_on_the_card_of_who_pressed(office):
    await office.says("li", LAMP)
    await office.settle()
    await office.presses("li", "对")
    await office.settle()
    (change,) = sent(office, "aibot_respond_update_msg")
    assert change["body"]["userids"] == ["li"]
    labels = [one["text"] for one in change["body"]["template_card"]["button_list"]]
    assert labels[0] == "已点对"


async def test_who_opens_the_chat_is_greeted(office):
    entered = office.body("li", "@li", msgtype="event", event={"eventtype": "enter_chat"})
    await office.deliver("aibot_event_callback", entered)
    await office.again()
    await office.settle()
    assert len(await office.shown("@li", "您好！")) == 1
    assert len(sent(office, "aibot_respond_welcome_msg")) == 1


def out(text, *labels):
    buttons = tuple(Button(label, f"{nth:032x}") for nth, label in enumerate(labels))
    return Outgoing("k", direct("wecom_bot", "li"), text, buttons)


def test_what_has_room_on_a_card_is_one_and_all_else_is_words():
    card = card_of(out("一" * 26 + "\n" + "二" * 112, "接单", "转给别人"))
    assert card is not None
    assert (card["main_title"]["title"], card["sub_title_text"]) == ("一" * 26, "二" * 112)
    assert card_of(out("一" * 112, "接单")) is not None
    for long in (out("一" * 113, "接单"), out("短", *"1234567"), out("短", "一" * 11), out("短")):
        assert message_of(long)["msgtype"] == "markdown"


def test_what_residents_wrote_makes_no_link_no_mention_and_no_heading():
    said = "# 大\n> 引\n[点我](http://evil.example) <@all> <font color='red'> **粗** `码`"
    shown = plain(said)
    assert not set("<`*") & set(shown)
    assert "](" not in shown
    assert shown.startswith("＃ 大\n＞ 引")
    assert plain("看全文：https://a.example/f_1?x=1#2") == "看全文：https://a.example/f_1?x=1#2"


# What comes in.


async def test_photos_follow_the_words_in_pieces_and_their_failure_doubles_nothing(office):
    noise = Image.effect_noise((1600, 1600), 200).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    photo_id = await office.app.media.keep(out.getvalue(), "li")
    size = office.app.media.path(photo_id).stat().st_size
    assert size > PIECE_BYTES, "it takes several pieces"

    async def push(key):
        def tell(work):
            tell_chat(work, office.place("@zhang"), key, images=(photo_id,) * (MOST + 1))

        await office.app.act(key, tell)
        await office.settle()

    await push("请看照片")
    (shown,) = await office.shown("@zhang", "请看照片")
    assert shown.photos == MOST
    (whole, *_) = office.fake.media.values()
    assert whole == office.app.media.path(photo_id).read_bytes()
    office.fake.picky = True
    await push("照片送不到")
    (shown,) = await office.shown("@zhang", "照片送不到")
    assert (shown.photos, (await office.sending("照片送不到")).state) == (0, "sent")


async def test_a_voice_is_heard_as_its_words_and_other_things_are_explained(office):
    voice = office.body("li", "@li", msgtype="voice", voice={"content": QUESTION})
    assert await office.deliver("aibot_msg_callback", voice)
    await office.settle()
    assert await office.shown("@li", ANSWER)
    file = office.body("li", "@li", msgtype="file", file={"url": "https://x.invalid/f"})
    for _ in range(2):
        assert await office.deliver("aibot_msg_callback", file)
    await office.settle()
    assert len(await office.shown("@li", "这条消息我打不开")) == 1


async def test_a_picture_that_cannot_be_had_is_said_and_its_words_are_not_lost(office):
    good = office.picture(photo())
    lost = (
        good | {"aeskey": "AAAA"},
        good | {"url": good["url"] + "-gone"},
        good | {"url": "http://127.0.0.2:1/meta"},
        good | {"url": "file:///etc/passwd"},
    )
    for image in lost:
        items = [
            {"msgtype": "text", "text": {"content": LAMP}},
            {"msgtype": "image", "image": image},
        ]
        body = office.body("li", "@li", msgtype="mixed", mixed={"msg_item": items})
        assert await office.deliver("aibot_msg_callback", body)
    assert [(row.payload["text"], row.payload["images"]) for row in await office.inbox()] == [
        (LAMP, [])
    ] * len(lost)
    await office.settle()
    assert await office.shown("@li", "不是能打开的照片")


async def test_a_group_that_is_not_in_the_roster_is_told_to_the_administrators(office):
    assert await office.says("li", QUESTION, "wrNEW")
    await office.settle()
    assert await office.inbox() == []
    told = await office.app.look(told_to_administrators)
    assert [text for _, text in told if "wrNEW" in text]


async def test_odd_frames_leave_nothing_and_the_service_goes_on(office):
    assert await throw(office, 300) == 0
    assert await office.says("li", QUESTION, "@li")
    await office.settle()
    assert len(await office.shown("@li", ANSWER)) == 1


async def test_secrets_are_never_written_down(office, caplog, capsys):
    caplog.set_level("DEBUG")
    await office.trouble("unknown")
    await office.tells("@li", "甲")
    await office.settle()
    office.fake.refusals.append(853000)
    await office.fake.fall(down=False)
    await office.fake.stands()
    await office.fake.raw("{")
    await office.trouble("down")
    await office.tells("@li", "乙")
    await office.app.settle()
    written = capsys.readouterr()
    rows = [f"{row.receipt}{row.detail}" for row in await office.outbox()]
    everything = "\n".join([caplog.text, written.out, written.err, *rows])
    assert "anary" not in everything


@pytest.mark.long
async def test_after_an_hour_without_the_platform_all_comes_in_order_and_within_the_limits(office):
    await office.trouble("down")
    said = [f"第{nth:02}条" for nth in range(33)]
    await office.tells("g-hy", *said[:2])
    await office.pass_time(office.clock.now() + timedelta(minutes=57))
    await office.tells("g-hy", *said[2:])  # more than a minute allows
    await office.pass_time(office.clock.now() + timedelta(minutes=3))
    assert await office.arrivals() == []
    await office.up()
    await office.pass_time(office.clock.now() + timedelta(minutes=3))
    shown = await office.shown("g-hy", "条")
    assert [one.text for one in shown] == said
    keeps_to_its_windows(office, shown)
    assert shown[-1].at - shown[0].at >= timedelta(minutes=1)
