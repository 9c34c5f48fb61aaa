"""A round of a notice over many chats: its progress, halting, ending and putting it right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.actions.notices import progress, rounds
from handlers.actions.notices.posting import Post, post
from handlers.actions.notices.sending import recorded, send_now
from handlers.actions.telling import About
from handlers.messages import ChatRef
from knowledge.community.notices.notice import Notice
from knowledge.community.refusals import IllegalStep, NotFound, Unclear
from knowledge.store.rows.notices import SendingRow
from tests.world import MORNING

if TYPE_CHECKING:
    from tests.world import World

CHATS = {f"replay:n{number}": ChatRef("replay", f"n{number}") for number in range(100)}
CODE = "AB2CD"
ROUND = Post(
    notice_id="water",
    planned=MORNING,
    at=MORNING,
    status="send",
    code=CODE,
    title="停水提醒",
    body="周三停水。",
    about=About(notice_id="water"),
)
AT_A_TIME = 30
"""What the channel of stories takes in a second (CONTRACT §6)."""
FEW = dict(list(CHATS.items())[: AT_A_TIME + 2])
"""What makes a round of more than one second."""
MANY = dict(list(CHATS.items())[: 2 * AT_A_TIME + 5])
"""What leaves more than one second's after the first."""


async def begin(world: World) -> None:
    """Post the round; the first 30 chats have it, the window keeps back 70."""
    assert await world.app.act("begin", lambda work: post(work, ROUND, CHATS)) == len(CHATS)
    world.news.clear()
    await world.app.settle()
    assert heard(world) == set(list(CHATS)[:AT_A_TIME])


def heard(world: World, text: str = "周三停水。") -> set[str]:
    return {f"replay:{out.chat.id}" for out in world.news if text in out.text}


async def do(world: World, deed, *args):
    return await world.app.act("office", lambda work: deed(work, *args))


async def how_far(world: World) -> tuple[int, int, int]:
    (one,) = await world.looks(lambda session: progress.progress(session, MORNING))
    return one.sent, one.waiting, one.chats


async def states(world: World) -> list[str]:
    found = await world.looks(lambda session: progress.progress(session, MORNING))
    return [one.state for one in found]


async def test_a_round_tells_how_far_it_is_and_comes_to_its_end(world: World) -> None:
    await begin(world)
    assert await how_far(world) == (30, 70, 100)

    await world.passes(seconds=3)

    assert await how_far(world) == (100, 0, 100)
    assert len(world.news) == 70


async def test_the_same_round_posted_again_reaches_only_the_chats_that_are_new(
    world: World,
) -> None:
    await begin(world)
    more = CHATS | {"replay:late": ChatRef("replay", "late")}

    assert await world.app.act("again", lambda work: post(work, ROUND, more)) == 1


async def test_a_halted_round_waits_for_as_long_as_it_takes_and_then_goes_on(world: World) -> None:
    await begin(world)

    await do(world, rounds.pause, CODE)
    await world.passes(hours=2)
    assert heard(world) == set()
    assert await how_far(world) == (30, 70, 100)

    await do(world, rounds.resume, CODE.lower())
    await world.passes(seconds=3)
    assert len(heard(world)) == 70


async def test_an_ended_round_spares_the_rest_and_their_budgets(world: World) -> None:
    await begin(world)

    assert await do(world, rounds.cancel, CODE) == 70
    await world.passes(hours=2)

    assert heard(world) == set()
    assert await how_far(world) == (30, 0, 30)
    told = await world.looks(lambda session: recorded(session, MORNING))
    assert {one.chat for one in told if one.at} == set(list(CHATS)[:30])
    late = {"replay:late": ChatRef("replay", "late")}
    assert await world.app.act("more", lambda work: post(work, ROUND, late)) == 1
    await world.passes(seconds=3)
    assert heard(world) == set(), "what is claimed after the end is not sent either"
    with pytest.raises(IllegalStep):
        await do(world, rounds.resume, CODE)


async def test_a_correction_reaches_exactly_those_who_got_the_wrong_one(world: World) -> None:
    await begin(world)

    assert await do(world, rounds.correct, CODE, "停水是周四，不是周三。") == 30
    world.news.clear()
    await world.passes(minutes=5)

    assert heard(world, "【更正】停水是周四") == set(list(CHATS)[:30])
    assert len(world.news) == 30
    assert await do(world, rounds.correct, CODE, "停水是周四，不是周三。") == 0, "once"


async def test_who_may_have_got_the_wrong_one_is_told_too(world: World) -> None:
    world.channel.fault.lost_receipts = 2
    await begin(world)

    assert await do(world, rounds.correct, CODE, "停水是周四。") == 30


async def test_who_got_it_is_told_where_it_was_sent_again_under_the_same_code(
    world: World,
) -> None:
    await begin(world)
    again = replace(ROUND, planned=MORNING + timedelta(minutes=1))
    late = {"replay:late": ChatRef("replay", "late")}
    await world.app.act("again", lambda work: post(work, again, late))
    await do(world, rounds.cancel, CODE)

    assert await do(world, rounds.correct, CODE, "停水是周四。") == 30


async def test_a_correction_waits_for_the_end_of_quiet_hours(world: World) -> None:
    await begin(world)
    await world.passes(hours=13)

    await do(world, rounds.correct, CODE, "停水是周四。")
    await world.passes(hours=9)
    assert heard(world, "更正") == set()
    await world.passes(hours=1, seconds=5)

    assert len(heard(world, "更正")) == 100


@pytest.mark.parametrize(("text", "said"), [("  ", "写明白"), ("长" * 151, "太长")])
async def test_a_correction_that_fits_no_chat_is_refused(
    world: World, text: str, said: str
) -> None:
    await begin(world)

    with pytest.raises(Unclear, match=said):
        await do(world, rounds.correct, CODE, text)
    assert await how_far(world) == (30, 70, 100), "and nothing was ended"


async def test_a_round_that_all_have_got_reads_so_whatever_is_done_to_it(world: World) -> None:
    await begin(world)
    await world.passes(seconds=3)

    await do(world, rounds.pause, CODE)
    assert await states(world) == ["发完了"]
    await do(world, rounds.correct, CODE, "停水是周四。")
    assert await states(world) == ["发送中", "已更正"]


async def test_a_round_that_its_correction_cut_short_reads_so(world: World) -> None:
    await begin(world)
    await do(world, rounds.correct, CODE, "停水是周四。")
    (of_it, _) = await world.looks(lambda session: progress.progress(session, MORNING))
    await do(world, rounds.cancel, of_it.round.code)

    assert await states(world) == ["已取消", "已取消"]


async def test_a_correction_that_was_ended_unheard_has_put_nothing_right(world: World) -> None:
    await begin(world)
    await world.passes(hours=13)
    await do(world, rounds.correct, CODE, "停水是周四。")
    (of_it, _) = await world.looks(lambda session: progress.progress(session, MORNING))
    await do(world, rounds.cancel, of_it.round.code)

    assert await states(world) == ["已取消", "发完了"], "all had got the wrong one"
    with pytest.raises(IllegalStep, match="改几个字"):
        await do(world, rounds.correct, CODE, "停水是周四。")
    assert await do(world, rounds.correct, CODE, "停水是周四上午。") == 100
    assert (await states(world))[-1] == "已更正"


async def test_an_unknown_code_is_not_found(world: World) -> None:
    with pytest.raises(NotFound, match="ZZ999"):
        await do(world, rounds.pause, "ZZ999")


async def test_an_office_sends_a_notice_now_and_a_double_click_sends_it_once(world: World) -> None:
    notice = Notice("water", "停水", "停水", short="周三停水。", audience=("hy", "邻长"))

    assert await do(world, send_now, notice) == 3
    assert await do(world, send_now, notice) == 0
    world.news.clear()
    await world.app.settle()

    assert {out.chat.id for out in world.news} == {"g-hy", "@zhang", "@xiao"}


async def test_what_still_waits_for_the_morning_is_not_sent_a_second_time(world: World) -> None:
    notice = Notice("water", "停水", "停水", short="周三停水。", audience=("hy",))
    await world.passes(hours=14)
    await do(world, send_now, notice)
    await world.passes(minutes=5)

    with pytest.raises(IllegalStep, match="还有一轮没发完"):
        await do(world, send_now, notice)
    await world.passes(hours=9)

    assert len([out for out in world.news if "周三停水" in out.text]) == 1


async def test_what_was_just_ended_can_be_sent_anew_in_the_same_minute(world: World) -> None:
    notice = Notice("water", "停水", "停水", short="周三停水。", audience=("hy",))
    await world.passes(hours=14)
    await do(world, send_now, notice)
    (one,) = await world.looks(lambda session: progress.progress(session, MORNING))
    assert await do(world, rounds.cancel, one.round.code) == 1

    assert await do(world, send_now, notice) == 1
    assert await do(world, send_now, notice) == 0
    await world.passes(hours=9)

    assert len([out for out in world.news if "周三停水" in out.text]) == 1


async def test_of_two_rounds_with_one_code_the_one_that_waits_is_steered(world: World) -> None:
    await begin(world)
    later = replace(ROUND, planned=MORNING + timedelta(hours=1), at=MORNING)
    await do(world, rounds.pause, CODE)
    assert await do(world, post, later, {"replay:g-hy": ChatRef("replay", "g-hy")}) == 1
    await world.passes(minutes=1)
    assert heard(world) == {"replay:g-hy"}

    await do(world, rounds.resume, CODE)
    await world.passes(minutes=1)

    all_rounds = await world.looks(lambda session: progress.progress(session, MORNING))
    assert [(one.sent, one.waiting) for one in all_rounds] == [(1, 0), (len(CHATS), 0)]


async def test_sent_now_at_night_means_in_the_morning(world: World) -> None:
    await world.passes(hours=14)
    await do(world, send_now, Notice("water", "停水", "停水", short="周三停水。", audience=("hy",)))
    await world.passes(hours=8)
    assert heard(world) == set()
    await world.passes(hours=1)

    assert heard(world) == {"replay:g-hy"}
    (row,) = await world.looks(lambda session: session.scalars(select(SendingRow)).all())
    assert row.at == MORNING.replace(hour=8) + timedelta(days=1)


async def test_what_is_stale_or_reaches_nobody_is_not_sent_by_hand_either(world: World) -> None:
    stale = Notice("a", "旧", short="旧。", valid_until=MORNING.date() - timedelta(days=1))
    with pytest.raises(IllegalStep, match="已过期"):
        await do(world, send_now, stale)
    with pytest.raises(IllegalStep, match="没有群"):
        await do(world, send_now, Notice("b", "无人", short="x", audience=("火星",)))


async def test_a_halted_round_that_goes_on_at_night_waits_for_the_morning(world: World) -> None:
    await begin(world)
    await do(world, rounds.pause, CODE)
    await world.passes(hours=13)
    assert world.news == []

    await do(world, rounds.resume, CODE)
    await world.passes(hours=9)
    assert world.news == []

    await world.passes(hours=2)
    assert len(heard(world)) == 70


async def test_a_correction_that_the_night_held_back_comes_in_the_morning(world: World) -> None:
    """A broken channel from nine in the evening to ten; a correction may come on another day."""
    await begin(world)
    await world.passes(hours=12)
    world.channel.fault.down = True
    await do(world, rounds.correct, CODE, "是周四。")
    await world.passes(hours=1)
    world.channel.fault.down = False
    await world.passes(hours=9)
    assert world.news == []

    await world.passes(hours=2)
    assert len(heard(world, "【更正】是周四。")) == 100


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("周三停水。", "有 35 个聊天没来得及发，11月24日 08:00 接着发"),
        ("今晚停水。", "有 35 个聊天当天没发成，过了时候，不再补发"),
    ],
)
async def test_what_the_night_leaves_of_a_round_comes_next_day_if_its_words_still_hold(
    world: World, body: str, told: str
) -> None:
    await world.passes(hours=10)
    await do(world, post, replace(ROUND, body=body), MANY)
    await world.app.settle()
    world.channel.fault.down = True
    await world.passes(hours=3)
    world.channel.fault.down = False

    await world.passes(hours=9)
    assert heard(world, body) == set()
    await world.passes(hours=2)

    rest = set(list(MANY)[AT_A_TIME:]) if "接着发" in told else set()
    assert heard(world, body) == rest
    assert any(told in out.text for out in world.news)


async def cut_off(world: World, what: Post = ROUND) -> None:
    """The round begins at seven in the evening, and its channel breaks before the last two chats."""
    await world.passes(hours=10)
    await do(world, post, what, FEW)
    await world.app.settle()
    world.channel.fault.down = True


async def test_what_would_come_more_than_three_days_late_is_let_go(world: World) -> None:
    await cut_off(world, replace(ROUND, planned=MORNING - timedelta(days=3)))
    await world.passes(hours=3)
    world.channel.fault.down = False

    await world.passes(hours=11)
    assert heard(world) == set()


async def test_what_is_left_of_a_round_is_let_go_where_a_newer_one_is_out(world: World) -> None:
    await cut_off(world)
    await world.passes(hours=15)
    later = MORNING + timedelta(days=1)
    newer = replace(ROUND, planned=later, at=later, code="EF3GH", body="周四停水。")
    await do(world, post, newer, FEW)
    await world.passes(hours=5)
    world.channel.fault.down = False

    await world.passes(hours=1)
    assert heard(world) == set()
    assert heard(world, "周四停水。") == set(FEW)


async def test_a_task_that_a_broken_channel_kept_back_does_not_come_at_night(world: World) -> None:
    await world.passes(hours=11, minutes=50)
    world.channel.fault.down = True
    await world["李娭毑"].says("3栋2单元楼道灯不亮")
    await world["李娭毑"].says("1")
    await world.passes(hours=1)
    world.channel.fault.down = False

    await world.passes(hours=9)
    assert not any("新任务" in out.text for out in world.news)
    await world.passes(hours=2)
    assert any("新任务" in out.text for out in world.news)
