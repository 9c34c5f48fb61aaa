"""What is Telegram's own: odd updates, names, groups that move, and every kind of failure."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from handlers.actions.telling import tell_chat
from knowledge.store.rows.media import MediaRow
from tests.channels.conftest import rigged
from tests.channels.fake_telegram import HTML, Fault
from tests.channels.rigs.telegram import TelegramRig
from tests.channels.test_contract import LAMP, QUESTION, photo
from tests.channels.town import GROUPS, NUMBERS

ADMIN = "@xiaochen"
LI = int(NUMBERS["li"])
HY = int(GROUPS["g-hy"])


@pytest.fixture
async def telegram(tmp_path):
    async with rigged(TelegramRig, tmp_path) as rig:
        yield rig


async def deliver(rig, *messages, kind="message"):
    """Let the platform deliver messages in one batch and wait for the acknowledgement."""
    updates = [{"update_id": next(rig.update_ids), kind: message} for message in messages]
    await rig.fake.push(*updates)
    assert await rig.fake.acknowledged(updates[-1]["update_id"], patience=5)


async def heard(rig):
    return [row.payload for row in await rig.inbox() if row.state != "quarantined"]


def refusal(status, description, **parameters):
    body = {"ok": False, "error_code": status, "description": description}
    return Fault(status, body | ({"parameters": parameters} if parameters else {}))


# Hearing.


async def test_an_update_that_cannot_be_read_is_set_aside_and_polling_goes_on(telegram):
    good = [telegram.message("li", "@li", text=f"第{nth}句") for nth in range(2)]
    await deliver(telegram, good[0], telegram.message("li", "@li") | {"date": "gestern"}, good[1])
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
    await deliver(telegram, telegram.message("li", "@li", text="后面的照样听"))
    assert ("7", "quarantined") in [(row.event_id, row.state) for row in await telegram.inbox()]


async def test_nonsense_numbers_and_half_characters_stop_nobody(telegram):
    text = '{"ok":true,"result":[{"update_id":1,"message":{"message_id":1,"date":1,"x":%s}}]}'
    telegram.fake.raw = [text % ("9" * 5000)]
    await deliver(telegram, telegram.message("li", "@li", text="楼道灯坏了\ud83d"))
    assert [payload["text"] for payload in await heard(telegram)] == ["楼道灯坏了?"]


async def test_an_album_is_one_message_with_all_its_photos(telegram):
    parts = [telegram.message("li", "g-hy", **telegram.photo(photo())) for _ in range(3)]
    parts[1]["caption"] = LAMP
    await deliver(telegram, *(part | {"media_group_id": "77"} for part in parts))
    payloads = await heard(telegram)
    assert [(one["text"], len(one["images"])) for one in payloads] == [(LAMP, 3)]


async def test_photos_that_nobody_shows_to_us_are_not_even_fetched(telegram):
    await deliver(telegram, telegram.message("li", "g-at", **telegram.photo(photo(), "我家猫")))
    assert telegram.fake.called("getFile") == []
    kept = await telegram.app.look(lambda session: session.scalar(select(func.count(MediaRow.id))))
    assert kept == 0


async def test_a_picture_that_is_none_is_said_to_the_sender(telegram):
    await deliver(telegram, telegram.message("li", "@li", **telegram.photo(b"GIF89a nonsense")))
    await telegram.settle()
    assert len(await telegram.shown("@li", "不是能打开的照片")) == 1


async def test_an_edit_counts_when_it_changes_the_words_soon(telegram):
    said = telegram.message("li", "@li", text="楼道灯坏了")
    await deliver(telegram, said)
    await deliver(telegram, said, kind="edited_message")
    await deliver(telegram, said | {"text": "三栋楼道灯坏了"}, kind="edited_message")
    telegram.clock.move_to(telegram.clock.now() + timedelta(minutes=11))
    await deliver(telegram, said | {"text": "很久以后又改"}, kind="edited_message")
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
    await deliver(telegram, message)
    assert [(one["text"], one["addressed"]) for one in await heard(telegram)] == [(text, True)]


async def test_to_name_somebody_else_is_not_to_speak_to_us(telegram):
    entities = [{"type": "mention", "offset": 0, "length": 6}]
    other = telegram.message("li", "g-at", text=f"@Other {QUESTION}", entities=entities)
    await deliver(telegram, other)
    assert await heard(telegram) == []


async def test_an_anonymous_administrator_is_nobody_and_machines_are_not_heard(telegram):
    text = "五楼水管爆了，水往下灌"
    group = {"id": HY, "type": "supergroup", "title": "群"}
    ghost = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    await deliver(
        telegram,
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
    await deliver(telegram, query, kind="callback_query")
    await telegram.settle()
    assert [one.text[:9] for one in await telegram.arrivals()] == ["这个按钮已经过期了"]
    assert [one["callback_query_id"] for one in telegram.fake.called("answerCallbackQuery")] == [
        "q9"
    ]


async def test_a_voice_in_private_is_answered_and_not_lost_in_silence(telegram):
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 3}
    await deliver(telegram, telegram.message("li", "@li", voice=voice))
    await telegram.settle()
    assert [one.chat for one in await telegram.arrivals()] == ["@li"]


# Groups.


async def test_in_a_strange_group_we_are_mute_and_the_administrator_is_told_once(telegram):
    chat = {"id": -9999, "type": "supergroup", "title": "陌生的群"}
    user = {"id": 4242, "is_bot": True, "first_name": "b"}
    change = {
        "chat": chat,
        "from": telegram.message("li", "@li")["from"],
        "date": 1,
        "old_chat_member": {"status": "left", "user": user},
        "new_chat_member": {"status": "member", "user": user},
    }
    await deliver(telegram, change, change, kind="my_chat_member")
    await deliver(telegram, telegram.message("li", "g-hy", text="着火了，救命") | {"chat": chat})
    await telegram.settle()
    assert await heard(telegram) == []
    assert [one.chat for one in await telegram.arrivals()] == [ADMIN]
    assert len(await telegram.shown(ADMIN, "-9999")) == 1


async def test_a_group_that_moved_is_followed_and_still_known(telegram):
    moved = refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-10077)
    telegram.fake.fail("sendMessage", moved)
    await telegram.tells("g-hy", "今晚停水")
    await telegram.app.settle()
    assert (await telegram.sending("今晚停水")).state == "sent"
    assert [one.chat for one in telegram.fake.arrived if one.text == "今晚停水"] == ["-10077"]
    new = {"id": -10077, "type": "supergroup", "title": "群"}
    await deliver(telegram, telegram.message("li", "g-hy", text=LAMP) | {"chat": new})
    await telegram.settle()
    assert [one.chat for one in telegram.fake.arrived if "对，回复 1" in one.text] == ["-10077"]
    assert len(await telegram.shown(ADMIN, "-10077")) == 1
    assert await telegram.app.channels["telegram"]._house.moves("telegram") == {str(HY): "-10077"}


# Sending.


@pytest.mark.parametrize(
    ("fault", "state", "wait"),
    [
        (Fault(502, HTML), "pending", None),
        (Fault(429, HTML), "pending", 30),
        (Fault(200, HTML, done=True), "unknown", None),
        (refusal(429, "Too Many Requests"), "pending", 30),
        (Fault(500, {"ok": False}), "pending", None),
        (refusal(503, "Service Unavailable"), "pending", None),
        (refusal(401, "Unauthorized"), "pending", 60),
        (refusal(400, "Bad Request: chat not found"), "failed", None),
        (refusal(403, "Forbidden: user is deactivated"), "failed", None),
        (refusal(413, "Request Entity Too Large"), "failed", None),
        (Fault(200, {"ok": True, "result": {"odd": 1}}, done=True), "sent", None),
    ],
)
async def test_every_kind_of_answer_has_its_receipt(telegram, fault, state, wait):
    telegram.fake.fail("sendMessage", fault)
    await telegram.tells("g-hy", "今晚停水")
    await telegram.app.settle()
    row = await telegram.sending("今晚停水")
    assert row.state == state
    if wait:
        assert row.not_before == telegram.clock.now() + timedelta(seconds=wait)


async def test_a_platform_that_cannot_be_reached_has_seen_nothing(telegram):
    await telegram.fake.stop()
    await telegram.tells("g-hy", "今晚停水")
    await telegram.app.settle()
    row = await telegram.sending("今晚停水")
    assert (row.state, row.detail) == ("pending", "ClientConnectorError")


@pytest.mark.parametrize("count", [1, 3])
async def test_pictures_are_sent_from_our_own_files(telegram, count):
    images = tuple([await telegram.app.media.keep(photo(), "li") for _ in range(count)])
    chat = telegram.place("g-hy")
    await telegram.app.act("t", lambda work: tell_chat(work, chat, "修好了", images=images))
    await telegram.settle()
    assert (await telegram.sending("修好了")).state == "sent"
    assert sum(one.photos for one in await telegram.arrivals()) == count
    method, _ = telegram.fake.calls[-1]
    assert method == ("sendPhoto" if count == 1 else "sendMediaGroup")


async def test_nothing_is_ever_sent_to_a_made_up_account(telegram):
    for account in (f"anonymous{HY}", "-1001", "li", ""):
        ref = type(telegram.place("@li"))("telegram", f"@{account}")
        await telegram.app.act(f"t{account}", lambda work, ref=ref: tell_chat(work, ref, "秘密"))
    await telegram.settle()
    assert {row.state for row in await telegram.outbox() if row.text == "秘密"} == {"failed"}
    assert await telegram.arrivals() == []


async def test_neither_token_nor_secret_is_ever_written_down(telegram, caplog, capsys):
    caplog.set_level("DEBUG")
    telegram.fake.fail("sendMessage", Fault(502, HTML), Fault(cut=True), refusal(401, "no"))
    telegram.fake.raw = ["nonsense"]
    for text in ("甲", "乙", "丙"):
        await telegram.tells("g-hy", text)
        await telegram.app.settle()
    await deliver(telegram, telegram.message("li", "@li", **telegram.photo(b"none")))
    await telegram.fake.stop()
    await telegram.tells("g-xy", "丁")
    await telegram.app.settle()
    written = capsys.readouterr()
    rows = [f"{row.receipt}{row.detail}" for row in await telegram.outbox()]
    assert "canary" not in "\n".join([caplog.text, written.out, written.err, *rows])
