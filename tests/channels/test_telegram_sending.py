"""What is Telegram's own in sending: groups that move, and every kind of failure."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import traceback
from datetime import timedelta

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.methods import SendMessage
from aiohttp import web

from bot.channels.telegram.receipts import PlainSession, receipt_of
from bot.config import read_settings
from bot.doctor.channels import look_at_channels
from handlers.actions.telling import tell_chat
from tests.channels.fake_telegram import HTML, TOKEN, Fault
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


async def test_where_a_group_has_put_us_out_its_reporter_is_told_in_private(telegram):
    await telegram.says("li", LAMP)
    await telegram.settle()
    await telegram.says("li", "1")
    await telegram.settle()
    await telegram.says("zhang", "接1", "@zhang")
    await telegram.settle()
    telegram.fake.shut.add(GROUPS["g-hy"])

    await telegram.says("zhang", "完1 换了灯", "@zhang")
    await telegram.settle()

    (asked,) = await telegram.shown("@li", "张师傅说修好了")
    assert asked.text.startswith("楼道灯坏了（0001）")
    await telegram.says("li", "1", "@li")
    await telegram.settle()
    assert await telegram.shown("@zhang", "李娭毑确认好了")


async def test_no_link_is_fetched_for_a_picture_of_it(telegram):
    await telegram.tells("@zhang", "网页：https://linli.example.org/t/0001")
    await telegram.settle()
    (sent,) = telegram.fake.called("sendMessage")[-1:]
    assert json.loads(sent["link_preview_options"])["is_disabled"] is True


async def test_what_others_were_answered_there_is_not_told_the_reporter(telegram):
    await telegram.says("li", LAMP)
    await telegram.settle()
    await telegram.says("li", "1")
    await telegram.settle()
    telegram.fake.shut.add(GROUPS["g-hy"])

    await telegram.says("zhang", "接1")
    await telegram.says("wangsao", LAMP)
    await telegram.settle()

    told = [one.text for one in await telegram.arrivals() if one.chat == "@li"]
    assert len(told) == 1, told
    assert "张师傅" in told[0]


async def test_what_a_group_was_to_hear_of_nobodys_matter_goes_nowhere_else(telegram):
    telegram.fake.shut.add(GROUPS["g-hy"])
    await telegram.tells("g-hy", "今晚停水")
    await telegram.settle()
    assert (await telegram.sending("今晚停水")).state == "failed"
    assert await telegram.arrivals() == []


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


@pytest.mark.parametrize("told_by", ["migrate_to_chat_id", "migrate_from_chat_id"])
async def test_what_waits_for_a_group_follows_it_when_either_side_tells_of_the_move(
    telegram, told_by
):
    await telegram.trouble("down")
    await telegram.says("li", LAMP)
    await telegram.app.settle()
    old, new = (HY, -10099) if told_by == "migrate_to_chat_id" else (-10099, HY)
    service = telegram.message("li", "g-hy", **{told_by: new})
    service["chat"] = {"id": old, "type": "supergroup", "title": "群"}
    await telegram.delivers(service)
    await telegram.up()
    await telegram.pass_time(telegram.clock.now() + timedelta(minutes=2))
    chats = [one.chat for one in telegram.fake.arrived if "对，回复 1" in one.text]
    assert chats == ["-10099"]
    digit = telegram.message("li", "g-hy", text="1")
    await telegram.delivers(digit | {"chat": {"id": -10099, "type": "supergroup", "title": "群"}})
    await telegram.settle()
    assert [one.chat for one in telegram.fake.arrived if "登记好了" in one.text] == ["-10099"]


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


class Hurried(PlainSession):
    connecting = 0.3


async def asked(address):
    """The receipt of a message, and all that its failure says."""
    bot = Bot(TOKEN, session=Hurried(api=TelegramAPIServer.from_base(address)))
    with pytest.raises(AiogramError) as fault:
        await bot(SendMessage(chat_id=1, text="x"))
    await bot.session.close()
    return receipt_of(fault.value), "".join(traceback.format_exception(fault.value))


async def test_whom_one_cannot_even_reach_has_seen_nothing():
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        with contextlib.ExitStack() as waiting:
            for _ in range(3):  # nobody else gets through, as where packets are dropped
                one = waiting.enter_context(socket.socket())
                one.setblocking(False)
                one.connect_ex(deaf.getsockname())
            receipt, said = await asked(f"http://127.0.0.1:{deaf.getsockname()[1]}")
    assert (receipt.outcome, receipt.detail) == ("later", "ConnectionTimeoutError")
    assert "canary" not in said


async def test_no_failure_of_the_network_quotes_the_token_even_in_its_cause():
    async def round_and_round(request):
        raise web.HTTPFound(request.rel_url)

    server = web.Application()
    server.router.add_route("*", "/{rest:.*}", round_and_round)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receipt, said = await asked(f"http://127.0.0.1:{runner.addresses[0][1]}")
    assert (receipt.outcome, receipt.detail) == ("unknown", "TooManyRedirects")
    assert "canary" not in said
    await runner.cleanup()


async def test_a_platform_that_cannot_be_reached_has_seen_nothing(telegram):
    await telegram.fake.stop()
    await telegram.tells("g-hy", "今晚停水")
    await telegram.app.settle()
    row = await telegram.sending("今晚停水")
    assert (row.state, row.detail) == ("pending", "ClientConnectorError")


@pytest.mark.long
async def test_after_an_hour_without_the_platform_all_arrives_in_order_within_the_limits(telegram):
    await telegram.trouble("down")
    said = [f"第{nth:02}条" for nth in range(24)]  # more than a minute allows
    for nth in range(0, 24, 2):
        await telegram.tells("g-hy", *said[nth : nth + 2])
        await telegram.tells("@zhang", *said[nth : nth + 2])
        await telegram.pass_time(telegram.clock.now() + timedelta(minutes=5))
    assert await telegram.arrivals() == []
    assert len(telegram.fake.asked) < 150  # it is asked now and then, not hammered
    await telegram.up()
    await telegram.pass_time(telegram.clock.now() + timedelta(minutes=5))
    for chat in ("g-hy", "@zhang"):
        shown = await telegram.shown(chat, "条")
        assert [one.text for one in shown] == said
        times = [one.at for one in shown]
        for count, seconds in ((1, 1), (20, 60)):
            gaps = [after - at for at, after in zip(times, times[count:], strict=False)]
            assert min(gaps) >= timedelta(seconds=seconds)


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
    odd = telegram.message("li", "@li") | {"date": "gestern"}
    await telegram.delivers(odd, telegram.message("li", "@li", **telegram.photo(b"none")))
    settings, _ = read_settings(telegram.folder)
    assert settings is not None
    found = await asyncio.to_thread(look_at_channels, settings, telegram.folder)
    await telegram.fake.stop()
    found += await asyncio.to_thread(look_at_channels, settings, telegram.folder)
    await telegram.tells("g-xy", "丁")
    await telegram.app.settle()
    async with aiohttp.ClientSession() as session:
        pages = []
        for path in ("/metrics", "/readyz", "/healthz", "/telegram/4242", f"/telegram/{TOKEN}"):
            async with session.get(telegram.address + path) as answer:
                pages.append(await answer.text())
    await telegram.stop()
    written = capsys.readouterr()
    everything = "\n".join([caplog.text, written.out, written.err, str(found), *pages])
    assert "canary" not in everything
    assert b"canary" not in telegram.kept()  # inbox and quarantine, outbox, marks
    assert "ClientConnectorError" in everything
