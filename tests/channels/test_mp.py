"""公众号: answers within the five seconds, three deliveries, five messages in two days."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from knowledge.store.rows.messages import OutboxRow
from tests.channels.conftest import rigged
from tests.channels.rigs.mp import MpRig, PlainMpRig
from tests.channels.test_contract import LAMP, QUESTION
from tests.patience import PATIENCE


class WaitingRig(MpRig):
    patience = 3.0


@pytest.fixture
async def account(tmp_path):
    async with rigged(MpRig, tmp_path) as rig:
        yield rig


@pytest.mark.parametrize(
    "kind", [WaitingRig, type("PlainWaitingRig", (PlainMpRig,), {"patience": 3.0})]
)
async def test_a_quick_answer_goes_back_with_the_call_and_the_same_call_gets_it_again(
    kind, tmp_path
):
    async with rigged(kind, tmp_path, live=True) as rig:
        assert await rig.says("li", QUESTION)
        (first,) = await rig.arrivals()
        assert first.chat == "@li"
        assert await rig.again()
        assert await rig.again()
        assert {one.text for one in await rig.arrivals()} == {first.text}
        assert len(await rig.inbox()) == 1
        assert not [path for path, _ in rig.fake.calls if "custom" in path]
        async with asyncio.timeout(PATIENCE):
            while (await rig.sending(first.text)).state != "sent":  # noqa: ASYNC110 -- nothing tells us.
                await asyncio.sleep(0.01)
        assert (await rig.sending(first.text)).receipt.startswith("at-once:")


async def test_a_slow_answer_is_success_now_and_a_message_later(account):
    assert await account.says("li", QUESTION)
    assert account.answered == "success"
    await account.settle()
    assert len(await account.arrivals()) == 1


async def test_after_five_messages_or_two_days_nothing_more_goes_out(account):
    await account.tells("@li", *(f"第{nth}条" for nth in range(7)))
    await account.settle()
    assert [row.state for row in await account.outbox()] == ["sent"] * 5
    late = [await account.sending(f"第{nth}条") for nth in (5, 6)]
    assert {row.channel for row in late} == {"web"}, "the page shows what did not fit"
    await account.says("li", "你好", "@li")
    await account.settle()
    assert len(await account.arrivals()) == 6
    await account.pass_time(account.clock.now() + timedelta(hours=49))
    await account.tells("@li", "太晚了")
    await account.settle()
    assert (await account.sending("太晚了")).channel == "web"


async def test_a_leader_who_was_silent_for_long_is_told_on_the_page(account):
    await account.pass_time(account.clock.now() + timedelta(hours=49))
    await account.says("li", LAMP)
    await account.says("li", "1")
    await account.settle()
    assert not await account.shown("@zhang", "新任务")
    query = select(OutboxRow.channel).where(OutboxRow.text.contains("新任务"))
    query = query.where(OutboxRow.chat_id == "@zhang")
    assert await account.app.look(lambda session: session.scalars(query).all()) == ["web"]


async def test_a_new_follower_is_greeted_in_one_sentence(tmp_path):
    async with rigged(WaitingRig, tmp_path, live=True) as rig:
        event = {"Event": "subscribe", "EventKey": "qrscene_1"}
        assert await rig.deliver(rig.message("new", "event", **event))
        (greeting,) = await rig.arrivals()
        assert (greeting.chat, greeting.text.count("。")) == ("@new", 1)
        for gone in ("unsubscribe", "VIEW", "LOCATION"):
            assert await rig.deliver(rig.message("new", "event", Event=gone))
            assert rig.answered == "success"


async def test_a_line_of_the_accounts_menu_is_what_it_says(account):
    event = {"Event": "CLICK", "EventKey": "进度"}
    assert await account.deliver(account.message("li", "event", **event))
    assert [row.payload["text"] for row in await account.inbox()] == ["进度"]


async def test_a_plain_message_is_refused_where_messages_come_sealed(account, tmp_path):
    plain = PlainMpRig(tmp_path)
    plain.crypt, plain.ids = account.crypt, account.ids
    query, body = PlainMpRig.sealed(plain, account.message("li", "text", Content="接1", MsgId=1))
    assert (await account.post(query, body))[0] == 401
    query["echostr"] = "123"
    assert await account.get(query) == (200, "123"), "the address is verified in plain text"
    assert await account.inbox() == []


async def test_secrets_are_never_written_down(account, caplog, capsys):
    caplog.set_level("DEBUG")
    await account.trouble("unknown")
    await account.tells("@li", "甲")
    await account.settle()
    account.fake.secret = "another"
    account.fake.expire()
    await account.tells("@li", "乙")
    await account.app.settle()
    await account.fake.stop()
    await account.tells("@zhang", "丙")
    await account.app.settle()
    await asyncio.sleep(0)
    written = capsys.readouterr()
    rows = [f"{row.receipt}{row.detail}" for row in await account.outbox()]
    assert "anary" not in "\n".join([caplog.text, written.out, written.err, *rows])
