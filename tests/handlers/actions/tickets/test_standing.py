"""Who may do what with a ticket changes with how they stand to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import claiming, climbing, closing, working
from knowledge.community.refusals import NotFound
from tests.handlers.actions.tickets.lane import GROUP, LEAK

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.handlers.actions.tickets.lane import LaneOf


@pytest.mark.parametrize(
    ("deed", "more"),
    [(closing.confirm, ()), (closing.reopen, ()), (closing.rate, (3,)), (climbing.urge, ())],
)
def test_who_only_joined_decides_nothing_for_its_reporter(
    lane: LaneOf, deed: Callable[..., object], more: tuple[int, ...]
):
    no = lane.filed("li", LEAK)
    assert lane.report("wang", LEAK) == no
    lane.does("zhang", claiming.accept, no)
    lane.does("zhang", working.finish, no, "好了")

    with pytest.raises(NotFound):
        lane.does("wang", deed, no, *more)
    assert lane.state(no) == "handled"


def test_who_was_to_call_the_reporter_reads_no_phone_once_it_is_open_again(lane: LaneOf):
    no = lane.filed("li", LEAK)
    lane.does("zhang", claiming.accept, no)
    lane.does("zhang", working.finish, no, "好了")
    lane.does("li", closing.confirm, no, chat=GROUP)
    lane.does("du", claiming.details, no)
    lane.does("li", closing.reopen, no, "还在漏", chat=GROUP)

    with pytest.raises(NotFound):
        lane.does("du", claiming.details, no)


def test_who_only_joined_is_not_offered_to_say_that_it_is_not_good(lane: LaneOf):
    no = lane.filed("li", LEAK)
    lane.report("wang", LEAK)
    lane.does("zhang", claiming.accept, no)
    lane.does("zhang", working.finish, no, "好了")

    with lane.database.view() as session:
        mine = {who: closing.lately_done(lane.work(session), who) for who in ("li", "wang")}
    assert [len(rows) for rows in mine.values()] == [1, 0]


def test_what_was_told_in_private_nobody_takes_who_was_not_asked(lane: LaneOf):
    no = lane.filed("li", replace(LEAK, private=True))
    assert "liu" not in lane.ticket(no).claimants

    with pytest.raises(NotFound):
        lane.does("liu", claiming.step_in, no)
