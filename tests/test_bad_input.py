"""Whatever comes in: one clear Chinese sentence or silence, nothing lost, the next one is served."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from handlers.messages import ChatRef
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.tickets import by_no
from tests.world import GROUP

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.world import Neighbour, World

ODD = {
    "empty": "",
    "blanks": " \n\t　 ",
    "ten thousand characters": "楼道灯不亮" * 2000,
    "ten thousand of one": "啊" * 10_000,
    "no end of digits": "1" * 10_000,
    "control characters": "楼道\x00灯\x07不\x1b[31m亮\x7f",
    "only control characters": "\x00\x01\x02",
    "bidi": "\u202e亮不灯道楼\u202c\u2066\u2069\u200f",
    "zero width": "\u200b\u200d\ufeff",
    "emoji only": "😀🧓🏻👨‍👩‍👧‍👦🔥",
    "combining": "灯" + "\u0301" * 5000,
    "half a character": "3栋2单元楼道灯\ud83d不亮",
    "a nul in a report": "3栋2单元楼道\x00灯不亮",
    "code": "<script>alert(1)</script>'; DROP TABLE ticket;-- {0} %s ${x}",
    "named only": "@社区小助手",
    "named in a row": "@社区小助手 " * 500,
    "number too large": "接99999999999999999999",
    "negative": "完-1 好了",
    "zero": "接0",
    "nothing after": "转",
    "question marks": "？？？？",
}


def faults(session: Session) -> list[InboxRow]:
    return list(session.scalars(select(InboxRow).where(InboxRow.attempts > 0)))


async def still_served(world: World, one: Neighbour) -> None:
    """The next message of the same person in the same chat is answered as ever."""
    await one.says("社区小助手，社区几点上班？", GROUP)
    one.reads("8:30–17:30")
    assert await world.looks(faults) == []


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
@pytest.mark.parametrize("group", [None, GROUP])
async def test_odd_words_get_one_short_answer_or_none(
    world: World, text: str, group: str | None
) -> None:
    李娭毑 = world["李娭毑"]

    await 李娭毑.says(text, group)

    said = world.said_in(group or "@li")
    assert len(said) <= 1
    for answer in said:
        assert re.search("[一-鿿]", answer)
        assert len(answer) <= 120
        assert answer.count("\n") < 7
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", answer)
    await still_served(world, 李娭毑)


@given(words=st.lists(st.text(max_size=80), min_size=1, max_size=4))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
async def test_any_words_at_all_leave_the_house_standing(world: World, words: list[str]) -> None:
    one = world["李娭毑"]
    for text in words:
        await one.says(text)

    assert await world.looks(faults) == []


async def test_an_unknown_group_is_never_answered_not_even_in_an_emergency(world: World) -> None:
    await world["李娭毑"].says("@社区小助手 着火了", "g-nowhere")

    assert world.news == []


async def test_a_stranger_is_served_like_a_resident_and_never_shown_more(world: World) -> None:
    小路 = world.stranger("wx-77", "小路")

    await 小路.says("3栋2单元楼道灯不亮", GROUP)
    小路.reads("这样登记")
    await 小路.says("对", GROUP)
    小路.reads("登记好了，编号 0001")
    world["张师傅"].hears("【新任务 0001】", "小路")
    await 小路.says("任务")
    小路.hears("这句话我接不上")


async def test_a_disabled_or_unknown_account_cannot_take_a_task(world: World) -> None:
    await world["李娭毑"].says("3栋2单元水管爆了", GROUP)

    await world.stranger("zhang2", "张师傅").says("接1")

    assert world.said_in("@zhang2") == ["这句话我接不上。报修、问政策直接说就行；查进度请说：进度"]
    await world["张师傅"].says("接1")
    world["张师傅"].hears("已接单")


async def test_the_event_again_after_a_day_has_no_effect(world: World) -> None:
    李娭毑 = world["李娭毑"]
    event = 李娭毑.event("7栋1单元水管爆了", GROUP)
    await world.happens(event)
    await world.passes(days=1)

    await world.happens(event)

    assert world.news == []


async def test_after_weeks_in_which_nobody_spoke_the_next_message_is_answered(world: World) -> None:
    """Rows that were swept away give their ids again: what is told is not taken for told."""
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("社区几点上班？")
    李娭毑.hears("8:30–17:30")
    await world.passes(days=20)

    await still_served(world, 李娭毑)


async def test_an_old_button_is_one_sentence_and_changes_nothing(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("3栋2单元水管爆了", GROUP)
    token = world.channel.token(ChatRef("replay", "@zhang"), "接单")
    assert token
    await 张师傅.presses("接单")
    张师傅.hears("已接单")

    await 张师傅.presses(token=token)

    assert len(world.news) == 1
    张师傅.hears("0001 已经在您手上了")


@pytest.mark.parametrize("token", ["nonsense", "0" * 32, "'; --", "x" * 5000])
async def test_a_button_that_we_never_made_is_refused(world: World, token: str) -> None:
    李娭毑 = world["李娭毑"]

    await 李娭毑.presses(token=token)

    李娭毑.hears("这个按钮")
    await still_served(world, 李娭毑)


async def test_somebody_elses_button_opens_nothing(world: World) -> None:
    李娭毑, 周爹爹, 张师傅 = world["李娭毑"], world["周爹爹"], world["张师傅"]
    await 李娭毑.says("3栋2单元水管爆了", GROUP)
    token = world.channel.token(ChatRef("replay", "@zhang"), "接单")
    assert token

    await 周爹爹.presses(token=token)

    周爹爹.hears("这个按钮")
    await 张师傅.presses("接单")
    张师傅.hears("已接单")


SAID_LIKE_COMMANDS = (
    "吹哨1 张师傅 快来",
    "吹哨99999999",
    "报到1",
    "挂账1 明天 没钱",
    "挂账1 9999年99月99日 没钱",
    "并单1 1",
    "并单1 -1",
    "并单1 99999999999999999999",
    "拆单1",
    "不受理1 归市政",
    "无法解决1 不想办",
    "约期1 32月45日",
    "问居民1 几楼",
    "请假 99999999999天",
    "完1 好了",
    "转1 张师傅",
)


@pytest.mark.parametrize("group", [None, GROUP])
async def test_a_leaders_words_from_a_resident_change_nothing(
    world: World, group: str | None
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("7栋1单元水管爆了", GROUP)
    before = await world.looks(lambda session: by_no(session, 1))
    assert before is not None

    for text in SAID_LIKE_COMMANDS:
        await 李娭毑.says(text, group)
        assert len(world.said_in(group or "@li")) <= 1, text

    after = await world.looks(lambda session: by_no(session, 1))
    assert after is not None
    assert (after.state, after.owner_id, after.head) == (before.state, before.owner_id, before.head)
    await still_served(world, 李娭毑)


async def test_a_leaders_words_about_nothing_or_in_the_wrong_state_are_one_sentence(
    world: World,
) -> None:
    王主任 = world["王主任"]
    await world["李娭毑"].says("7栋1单元水管爆了", GROUP)

    for text in (*SAID_LIKE_COMMANDS[4:9], "挂账1", "吹哨1", "吹哨1 没有这个人", "不受理1"):
        await 王主任.says(text.replace("单1 1", "单9 1"))
        assert len(world.said_in("@wang")) == 1, text

    assert (await world.looks(lambda session: by_no(session, 1))).state == "new"
    assert await world.looks(faults) == []


async def test_a_whistle_and_its_answer_delivered_twice_count_once(world: World) -> None:
    王主任, 吴姐 = world["王主任"], world["吴姐"]
    await world["李娭毑"].says("7栋1单元水管爆了", GROUP)
    for one, text in ((王主任, "吹哨1 吴姐、郑哥 看看"), (吴姐, "报到1")):
        event = one.event(text)
        await world.happens(event, event)
        await world.happens(event)
        assert world.news == []

    ticket = await world.looks(lambda session: by_no(session, 1))
    assert ticket is not None
    assert (ticket.state, ticket.length) == ("whistled", 3)


async def test_whatever_is_queued_is_sent(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await world.happens(*(李娭毑.event(text, GROUP) for text in ODD.values()))
    await world.passes(minutes=10)

    states = await world.looks(lambda session: set(session.scalars(select(OutboxRow.state))))
    assert states <= {"sent"}
