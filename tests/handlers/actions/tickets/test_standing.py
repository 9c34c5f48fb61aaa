"""Who may do what with a ticket changes with how they stand to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import claiming, climbing, closing, merging, working
from knowledge.community.refusals import NotFound
from knowledge.community.tickets.ticket import Kind
from knowledge.store.tickets import by_no
from tests.handlers.actions.tickets.lane import GROUP, LEAK, LIGHT

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


def test_whose_it_is_is_told_who_decides_and_who_had_it_that_it_has_gone_on(lane: LaneOf):
    no = lane.filed()
    with pytest.raises(NotFound, match="0001 的这一步由社区王主任来定"):
        lane.does("zhang", merging.fold, no, no + 1)
    lane.does("zhang", claiming.transfer, no, "刘姐")
    with pytest.raises(NotFound, match="0001 现在归刘姐办"):
        lane.does("zhang", merging.fold, no, no + 1)


def test_who_had_it_before_it_complained_of_them_finds_nothing(lane: LaneOf):
    """The words were mended after the first owner had it: 张师傅 is named now."""
    complaint = replace(LIGHT, kind=Kind.COMPLAINT, private=True, matter="楼道灯没人管")
    no = lane.filed("li", complaint)
    lane.does("zhang", claiming.transfer, no, "刘姐")
    with lane.database.transaction() as session:
        by_no(session, no).matter = "张师傅不管楼道灯"

    with pytest.raises(NotFound, match="没有找到"):
        lane.does("zhang", claiming.transfer, no, "何师傅")
