"""What is Telegram's own in hearing: odd updates, albums, edits, names, anonymous speakers."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from handlers.actions.telling import tell_chat
from handlers.messages import ChatRef, Event, direct
from knowledge.store.rows.media import MediaRow
from knowledge.store.rows.tickets import TicketRow
from tests.channels.conftest import rigged
from tests.channels.fake_telegram import Fault
from tests.channels.rigs.telegram import TelegramRig, WebhookRig
from tests.channels.test_contract import LAMP, QUESTION, photo
from tests.channels.town import GROUPS, NUMBERS
from tests.patience import PATIENCE

ADMIN = "@xiaochen"
LI = int(NUMBERS["li"])
HY = int(GROUPS["g-hy"])


async def heard(rig):
    return [row.payload for row in await rig.inbox() if row.state != "quarantined"]


async def test_an_update_that_cannot_be_read_is_set_aside_and_polling_goes_on(telegram):
    good = [telegram.message("li", "@li", text=f"第{nth}句") for nth in range(2)]
    await telegram.delivers(good[0], telegram.message("li", "@li") | {"date": "gestern"}, good[1])
    rows = await telegram.inbox()
    assert [(row.event_id, row.state) for row in rows] == [
        ("1", "new"),
        ("2", "quarantined"),
        ("3", "new"),
    ]
    await telegram.settle()
    assert len(await telegram.shown(ADMIN, "放到一边")) == 1


async def test_an_answer_that_is_no_json_at_all_costs_one_update(telegram):
    broken = '{"ok":true,"result":[{"update_id":7,"message":{"text":"' + "\x00"
    telegram.fake.raw = [broken, broken]
    await telegram.delivers(telegram.message("li", "@li", text="后面的照样听"))
    assert ("7", "quarantined") in [(row.event_id, row.state) for row in await telegram.inbox()]


async def test_nonsense_numbers_and_half_characters_stop_nobody(telegram):
    text = '{"ok":true,"result":[{"update_id":1,"message":{"message_id":1,"date":1,"x":%s}}]}'
    telegram.fake.raw = [text % ("9" * 5000)]
    await telegram.delivers(telegram.message("li", "@li", text="楼道灯坏了\ud83d"))
    assert [payload["text"] for payload in await heard(telegram)] == ["楼道灯坏了?"]


async def filed(rig):
    """How many requests there are, drafts left out."""
    count = select(func.count(TicketRow.id)).where(TicketRow.filed_at.is_not(None))
    return await rig.app.look(lambda session: session.scalar(count))


async def album_heard(rig):
    """Wait until the parts have been joined; return what then lies in the inbox."""
    async with asyncio.timeout(PATIENCE):
        while any(row.state == "held" for row in await rig.inbox()):  # noqa: ASYNC110 -- nothing tells us.
            await asyncio.sleep(0.05)
    return [row.payload for row in await rig.inbox() if row.payload]


@pytest.mark.parametrize("kind", [TelegramRig, WebhookRig])
async def test_an_album_is_one_message_with_all_its_photos(kind, tmp_path):
    async with rigged(kind, tmp_path) as rig:
        assert isinstance(rig, TelegramRig)
        parts = [rig.message("li", "g-hy", **rig.photo(photo())) for _ in range(3)]
        parts[1]["caption"] = LAMP
        await rig.delivers(*(part | {"media_group_id": "77"} for part in parts))
        await rig.again() if kind is WebhookRig else await rig.fake.push(*rig.fake.updates.values())
        await rig.says("li", QUESTION)
        await rig.app.settle()
        assert await rig.arrivals() == []  # what was said afterwards waits for the album
        one, after = await album_heard(rig)
        assert (one["text"], len(one["images"]), after["text"]) == (LAMP, 3, QUESTION)
        await rig.settle()
        assert await rig.shown("g-hy", "照片 3 张")
        await rig.again()
        assert len(await album_heard(rig)) == 2


async def test_an_album_that_a_dead_process_has_left_in_parts_is_joined(telegram):
    house = telegram.channel._house
    for nth in range(2):
        name = telegram.photo(photo())["photo"][0]["file_id"]
        at = telegram.clock.now()
        event = Event("telegram", f"{nth}", direct("telegram", str(LI)), str(LI), at)
        await house.hold(event, "88", (name,))
    await telegram.channel._ear.resume()
    assert [len(one["images"]) for one in await album_heard(telegram)] == [2]


async def test_photos_that_nobody_shows_to_us_are_not_even_fetched(telegram):
    await telegram.delivers(telegram.message("li", "g-at", **telegram.photo(photo(), "我家猫")))
    assert telegram.fake.called("getFile") == []
    kept = await telegram.app.look(lambda session: session.scalar(select(func.count(MediaRow.id))))
    assert kept == 0


async def test_a_picture_that_is_none_is_said_to_the_sender(telegram):
    await telegram.delivers(telegram.message("li", "@li", **telegram.photo(b"GIF89a nonsense")))
    await telegram.settle()
    assert len(await telegram.shown("@li", "不是能打开的照片")) == 1


async def test_an_edit_replaces_what_nobody_has_acted_on_and_counts_soon_afterwards(telegram):
    said = telegram.message("li", "@li", text="楼道灯坏了")
    await telegram.delivers(said)
    await telegram.delivers(said | {"text": "三栋楼道灯坏了"}, kind="edited_message")
    assert [one["text"] for one in await heard(telegram)] == ["三栋楼道灯坏了"]
    await telegram.settle()
    await telegram.delivers(said | {"text": "三栋楼道灯坏了"}, kind="edited_message")
    assert len(await heard(telegram)) == 1
    await telegram.delivers(said | {"text": "三栋二单元楼道灯坏了"}, kind="edited_message")
    assert [one["text"] for one in await heard(telegram)][1:] == ["三栋二单元楼道灯坏了"]
    await telegram.settle()
    await telegram.presses("li", "对", "@li")
    await telegram.settle()
    assert await filed(telegram) == 1
    telegram.clock.move_to(telegram.clock.now() + timedelta(minutes=11))
    for _ in range(2):
        await telegram.delivers(said | {"text": "很久以后又改"}, kind="edited_message")
    await telegram.settle()
    assert len(await telegram.shown("@li", "请重新发一条")) == 1
    assert "很久" not in "".join(one["text"] for one in await heard(telegram))


@pytest.mark.parametrize("mended", ["三栋一单元楼道灯坏了", "三栋二单元门禁坏了", "没事了，看错了"])
async def test_an_edit_takes_the_place_of_the_draft_that_was_made_of_the_words_before(
    telegram, mended
):
    await telegram.says("li", "3栋2单元电梯坏了", "@li")
    await telegram.settle()
    said = telegram.message("li", "g-hy", text="三栋二单元楼道灯坏了")
    await telegram.delivers(said)
    await telegram.settle()
    await telegram.pass_time(telegram.clock.now() + timedelta(seconds=40))

    await telegram.delivers(said | {"text": mended}, kind="edited_message")
    await telegram.settle()
    await telegram.says("li", "1", "@li")
    await telegram.pass_time(telegram.clock.now() + timedelta(hours=1))

    told = [one.text for one in await telegram.shown("@zhang", "新任务")]
    assert any("电梯坏了" in text for text in told), "what was said elsewhere stays"
    assert not any("3栋2单元" in text and "楼道灯" in text for text in told)
    assert len(told) == 1 + ("坏了" in mended)


async def test_an_edit_that_names_no_place_keeps_the_one_told_meanwhile(telegram):
    said = telegram.message("li", "@li", text="楼道灯坏了")
    await telegram.delivers(said)
    await telegram.settle()
    await telegram.says("li", "3栋2单元", "@li")
    await telegram.settle()
    await telegram.delivers(said | {"text": "楼道灯一闪一闪的"}, kind="edited_message")
    await telegram.settle()
    await telegram.says("li", "1", "@li")
    await telegram.pass_time(telegram.clock.now() + timedelta(hours=1))

    (task,) = [one.text for one in await telegram.shown("@zhang", "新任务")]
    assert "3栋2单元" in task
    assert "一闪一闪" in task


async def test_what_was_chatter_is_heard_when_an_edit_makes_it_a_matter(telegram):
    said = telegram.message("li", "g-hy", text="哈哈")
    await telegram.delivers(said)
    assert await heard(telegram) == []
    await telegram.delivers(said | {"text": LAMP}, kind="edited_message")
    assert [one["text"] for one in await heard(telegram)] == [LAMP]


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (
            {
                "text": f"@LINLIBOT {QUESTION}",
                "entities": [{"type": "mention", "offset": 0, "length": 9}],
            },
            QUESTION,
        ),
        (
            {
                "text": f"😀 {QUESTION} @LinliBot",
                "entities": [{"type": "mention", "offset": 11, "length": 9}],
            },
            f"😀 {QUESTION}",
        ),
        (
            {
                "text": "/progress@LinliBot",
                "entities": [{"type": "bot_command", "offset": 0, "length": 18}],
            },
            "进度",
        ),
        ({"text": "谢谢", "reply_to_message": "bot"}, "谢谢"),
    ],
)
async def test_who_names_us_or_replies_to_us_speaks_to_us(telegram, more, text):
    message = telegram.message("li", "g-at", **more)
    if more.get("reply_to_message"):
        bot = {"id": 4242, "is_bot": True, "first_name": "社区小助手"}
        message["reply_to_message"] = telegram.message("li", "g-at", text="?") | {"from": bot}
    await telegram.delivers(message)
    assert [(one["text"], one["addressed"]) for one in await heard(telegram)] == [(text, True)]


def commanded(rig, chat, text):
    length = len(text.split(maxsplit=1)[0])
    entities = [{"type": "bot_command", "offset": 0, "length": length}]
    return rig.message("li", chat, text=text, entities=entities)


async def test_a_command_that_we_do_not_know_is_nobodys_question(telegram):
    await telegram.delivers(commanded(telegram, "@li", "/status"))
    await telegram.settle()
    assert len(await telegram.shown("@li", "进度")) == 1

    await telegram.delivers(commanded(telegram, "@li", "/report 3栋2单元门禁坏了"))
    await telegram.settle()
    assert await telegram.shown("@li", "单元门禁坏了")
    assert not await telegram.shown("@wang", "待答")


async def test_a_command_in_a_group_that_is_not_said_to_us_is_left_alone(telegram):
    for text in ("/ban", "/ban@OtherBot", "/status 张三"):
        await telegram.delivers(commanded(telegram, "g-hy", text))
    await telegram.settle()
    assert await telegram.arrivals() == []


async def test_to_name_somebody_else_is_not_to_speak_to_us(telegram):
    entities = [{"type": "mention", "offset": 0, "length": 6}]
    other = telegram.message("li", "g-at", text=f"@Other {QUESTION}", entities=entities)
    await telegram.delivers(other)
    assert await heard(telegram) == []


async def test_an_anonymous_administrator_is_nobody_and_machines_are_not_heard(telegram):
    text = "五楼水管爆了，水往下灌"
    group = {"id": HY, "type": "supergroup", "title": "群"}
    ghost = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    await telegram.delivers(
        telegram.message("li", "g-hy", text=text) | {"from": ghost, "sender_chat": group},
        telegram.message("li", "g-hy", text=text, is_automatic_forward=True),
        telegram.message("li", "g-hy", text=text)
        | {"from": {"id": 5, "is_bot": True, "first_name": "Other"}},
        telegram.message("li", "g-hy", text=text)
        | {"from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}},
    )
    assert [one["sender"] for one in await heard(telegram)] == [f"anonymous{HY}"]
    await telegram.settle()
    await telegram.tells("@li", "好的")  # and nothing private went to the group
    assert all(one.chat != "@None" for one in await telegram.arrivals())


async def test_a_made_up_press_is_an_old_button_and_never_a_word(telegram):
    query = {
        "id": "q9",
        "from": telegram.message("li", "@li")["from"],
        "message": telegram.message("li", "@li", text="?"),
        "chat_instance": "1",
        "data": "完0001 全修好了",
    }
    await telegram.delivers(query, kind="callback_query")
    await telegram.settle()
    assert [one.text[:6] for one in await telegram.arrivals()] == ["这个按钮已经"]
    assert [one["callback_query_id"] for one in telegram.fake.called("answerCallbackQuery")] == [
        "q9"
    ]


VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 3}


async def test_who_sends_us_a_video_is_told_plainly_and_nobody_else_is(telegram):
    video = VOICE | {"width": 9, "height": 9}
    bot = {"id": 4242, "is_bot": True, "first_name": "社区小助手"}
    to_us = {"reply_to_message": telegram.message("li", "g-at", text="?") | {"from": bot}}
    sticker = VOICE | {"width": 9, "height": 9, "is_animated": False, "is_video": False}
    await telegram.delivers(
        telegram.message("li", "@li", video=video),
        telegram.message("li", "@li", sticker=sticker | {"type": "regular"}),
        telegram.message("li", "g-at", video=video),
        telegram.message("li", "g-at", video=video, **to_us),
    )
    await telegram.fake.push(*telegram.fake.updates.values())  # all of it once more
    await telegram.settle()
    shown = await telegram.arrivals()
    assert [one.chat for one in shown] == ["@li", "g-at"]
    assert all("视频" in one.text and "打几个字" in one.text for one in shown)


async def test_the_words_under_a_video_are_heard(telegram):
    video = VOICE | {"width": 9, "height": 9}
    await telegram.delivers(telegram.message("li", "g-hy", video=video, caption=LAMP))
    assert [one["text"] for one in await heard(telegram)] == [LAMP]


async def test_what_a_link_brings_along_is_what_is_said(telegram):
    entities = [{"type": "bot_command", "offset": 0, "length": 6}]
    for text in ("/start K7-Qx", "/start"):
        await telegram.delivers(telegram.message("li", "@li", text=text, entities=entities))
    assert [one["text"] for one in await heard(telegram)] == ["K7-Qx", "帮助"]


# Topics.


def in_topic(message, topic):
    return message | {"is_topic_message": True, "message_thread_id": topic}


async def test_in_a_forum_everything_stays_in_its_topic(telegram):
    await telegram.delivers(in_topic(telegram.message("li", "g-hy", text=LAMP), 77))
    await telegram.settle()
    await telegram.delivers(in_topic(telegram.message("li", "g-hy", text="1"), 88))
    assert await filed(telegram) == 0  # the question was asked elsewhere
    await telegram.delivers(in_topic(telegram.message("li", "g-hy", text="1"), 77))
    await telegram.settle()
    assert await filed(telegram) == 1
    await telegram.presses("zhang", "接单", "@zhang")
    await telegram.settle()
    said = [one for one in telegram.fake.called("sendMessage") if one["chat_id"] == str(HY)]
    assert {one.get("message_thread_id") for one in said} == {"77"}
    assert any("接单" in one["text"] for one in said)


async def test_where_a_topic_is_gone_the_group_is_told(telegram):
    gone = {"ok": False, "error_code": 400, "description": "Bad Request: message thread not found"}
    telegram.fake.fail("sendMessage", Fault(400, gone))
    place = ChatRef("telegram", f"{HY}#77")
    await telegram.app.act("t", lambda work: tell_chat(work, place, "修好了"))
    await telegram.settle()
    assert (await telegram.sending("修好了")).state == "sent"
    assert [one.get("message_thread_id") for one in telegram.fake.called("sendMessage")] == [
        "77",
        None,
    ]


async def test_the_topics_of_a_group_share_its_window(telegram):
    for nth in range(6):
        place = ChatRef("telegram", f"{HY}#{nth % 3}" if nth % 3 else str(HY))
        await telegram.app.act(
            f"t{nth}", lambda work, place=place: tell_chat(work, place, "停水通知")
        )
    await telegram.pass_time(telegram.clock.now() + timedelta(seconds=20))
    times = [one.at for one in await telegram.shown("g-hy", "停水通知")]
    assert len(times) == 6
    gaps = [later - sooner for sooner, later in pairwise(times)]
    assert min(gaps) >= timedelta(seconds=1)


# The platform itself.


async def test_a_token_that_is_refused_or_shared_is_told_to_the_administrator_once(telegram):
    telegram.fake.statuses = [409]
    await telegram.delivers(telegram.message("li", "@li", text="你好"))
    for why in ("401", "401", "409", "502"):
        await telegram.channel._alarm(why)
    await telegram.settle()
    assert len(await telegram.shown(ADMIN, "令牌")) == 2
    assert len(await telegram.shown(ADMIN, "另一个程序")) == 1


async def test_a_platform_without_menus_is_heard_all_the_same(tmp_path):
    rig = TelegramRig(tmp_path)
    rig.missing = ("setMyCommands",)
    await rig.open()
    await rig.delivers(rig.message("li", "@li", text="你好"))
    assert len(await rig.inbox()) == 1
    await rig.close()
