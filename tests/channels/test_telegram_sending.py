"""What is Telegram's own in sending: groups that move, and every kind of failure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.actions.telling import tell_chat
from tests.channels.fake_telegram import HTML, Fault
from tests.channels.test_contract import LAMP, photo
from tests.channels.town import GROUPS, NUMBERS

ADMIN = "@xiaochen"
LI = int(NUMBERS["li"])
HY = int(GROUPS["g-hy"])


async def heard(rig):
    return [row.payload for row in await rig.inbox() if row.state != "quarantined"]


def refusal(status, description, **parameters):
    body = {"ok": False, "error_code": status, "description": description}
    return Fault(status, body | ({"parameters": parameters} if parameters else {}))


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
    await telegram.delivers(change, change, kind="my_chat_member")
    await telegram.delivers(telegram.message("li", "g-hy", text="着火了，救命") | {"chat": chat})
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
    await telegram.delivers(telegram.message("li", "g-hy", text=LAMP) | {"chat": new})
    await telegram.settle()
    assert [one.chat for one in telegram.fake.arrived if "对，回复 1" in one.text] == ["-10077"]
    assert len(await telegram.shown(ADMIN, "-10077")) == 1
    assert await telegram.app.channels["telegram"]._house.moves("telegram") == {str(HY): "-10077"}


# Sending.


RECEIPTS = (
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
)


async def test_every_kind_of_answer_has_its_receipt(telegram):
    for nth, (fault, state, wait) in enumerate(RECEIPTS):
        text = f"第{nth}条"
        telegram.fake.fail("sendMessage", fault)
        await telegram.tells(f"@{list(NUMBERS)[nth]}", text)
        await telegram.app.settle()
        row = await telegram.sending(text)
        if state == "failed":  # a private message goes on to the person's next channel
            assert row.channel != "telegram", fault
            continue
        assert row.state == state, fault
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
    await telegram.delivers(telegram.message("li", "@li", **telegram.photo(b"none")))
    await telegram.fake.stop()
    await telegram.tells("g-xy", "丁")
    await telegram.app.settle()
    written = capsys.readouterr()
    rows = [f"{row.receipt}{row.detail}" for row in await telegram.outbox()]
    assert "canary" not in "\n".join([caplog.text, written.out, written.err, *rows])
