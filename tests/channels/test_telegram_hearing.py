"""What is Telegram's own in hearing: odd updates, albums, edits, names, anonymous speakers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from knowledge.store.rows.media import MediaRow
from tests.channels.test_contract import LAMP, QUESTION, photo
from tests.channels.town import GROUPS, NUMBERS

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


async def test_an_album_is_one_message_with_all_its_photos(telegram):
    parts = [telegram.message("li", "g-hy", **telegram.photo(photo())) for _ in range(3)]
    parts[1]["caption"] = LAMP
    await telegram.delivers(*(part | {"media_group_id": "77"} for part in parts))
    payloads = await heard(telegram)
    assert [(one["text"], len(one["images"])) for one in payloads] == [(LAMP, 3)]


async def test_photos_that_nobody_shows_to_us_are_not_even_fetched(telegram):
    await telegram.delivers(telegram.message("li", "g-at", **telegram.photo(photo(), "我家猫")))
    assert telegram.fake.called("getFile") == []
    kept = await telegram.app.look(lambda session: session.scalar(select(func.count(MediaRow.id))))
    assert kept == 0


async def test_a_picture_that_is_none_is_said_to_the_sender(telegram):
    await telegram.delivers(telegram.message("li", "@li", **telegram.photo(b"GIF89a nonsense")))
    await telegram.settle()
    assert len(await telegram.shown("@li", "不是能打开的照片")) == 1


async def test_an_edit_counts_when_it_changes_the_words_soon(telegram):
    said = telegram.message("li", "@li", text="楼道灯坏了")
    await telegram.delivers(said)
    await telegram.delivers(said, kind="edited_message")
    await telegram.delivers(said | {"text": "三栋楼道灯坏了"}, kind="edited_message")
    telegram.clock.move_to(telegram.clock.now() + timedelta(minutes=11))
    await telegram.delivers(said | {"text": "很久以后又改"}, kind="edited_message")
    assert [one["text"] for one in await heard(telegram)] == ["楼道灯坏了", "三栋楼道灯坏了"]


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


async def test_a_voice_in_private_is_answered_and_not_lost_in_silence(telegram):
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 3}
    await telegram.delivers(telegram.message("li", "@li", voice=voice))
    await telegram.settle()
    assert [one.chat for one in await telegram.arrivals()] == ["@li"]
