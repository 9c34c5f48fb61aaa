"""回访: all that is urgent, all that displeased, a fifth of the rest; never by who handled it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.actions.tickets import claiming, closing, working
from handlers.actions.tickets.calling import is_sampled
from knowledge.community.refusals import NotFound, Refusal
from knowledge.community.tickets.ticket import Lane, State, Step
from knowledge.store.histories import history
from knowledge.store.rows.callbacks import CallbackRow
from knowledge.store.tickets import by_no
from tests.handlers.actions.tickets.lane import GROUP, LEAK, LIGHT

if TYPE_CHECKING:
    from handlers.actions.tickets.request import Request
    from tests.handlers.actions.tickets.lane import LaneOf


def _closed(lane: LaneOf, request: Request, rating: int | None = None) -> int:
    no = lane.filed("li", request)
    lane.does("zhang", claiming.accept, no)
    lane.does("zhang", working.finish, no, "好了")
    lane.does("li", closing.confirm, no, chat=GROUP)
    if rating:
        lane.does("li", closing.rate, no, rating, chat=GROUP)
    return no


def _calls(lane: LaneOf) -> dict[int, CallbackRow]:
    with lane.database.view() as session:
        rows = session.scalars(select(CallbackRow)).all()
        session.expunge_all()
    return {row.ticket_id: row for row in rows}


def test_every_urgent_and_every_displeased_one_is_called_and_a_fifth_of_the_others(lane: LaneOf):
    urgent = [_closed(lane, replace(LEAK, category=f"u{n}")) for n in range(5)]
    urgent.append(_closed(lane, replace(LEAK, category="p0", lane=Lane.P0)))
    sad = [_closed(lane, replace(LIGHT, category=f"s{n}"), 3) for n in range(10)]
    plain = [_closed(lane, replace(LIGHT, category=f"p{n}"), 1) for n in range(60)]
    called = _calls(lane)
    assert set(urgent) | set(sad) <= set(called)
    drawn = [no for no in plain if no in called]
    assert 4 <= len(drawn) <= 22, "a fifth of sixty"
    with lane.database.view() as session:
        for no in plain:
            ticket = by_no(session, no)
            assert ticket is not None
            end = [deed for deed in history(session, ticket) if deed.moves][-1]
            assert is_sampled(end) == (no in called), "anybody can draw again"
            involved = {deed.actor for deed in history(session, ticket)}
            assert no not in called or called[no].caller_id not in involved
    assert {row.caller_id for row in called.values()} == {"du"}


def test_what_was_said_on_the_phone_goes_before_what_was_clicked(lane: LaneOf):
    no = _closed(lane, LEAK, 1)
    assert "【回访 0001】水管爆裂" in lane.hears("du")
    lane.chooses("du", 3, "还在漏")
    assert lane.state(no) == State.ACCEPTED
    assert "“还在漏”" in lane.hears("zhang")
    with lane.database.view() as session:
        ticket = by_no(session, no)
        assert ticket is not None
        steps = [deed.step for deed in history(session, ticket)]
    assert steps[-2:] == [Step.CALLED, Step.MOVED]
    assert lane.flaws() == []


@pytest.mark.parametrize("who", ["zhang", "li", "office", "chen"])
def test_nobody_else_says_what_the_reporter_said(lane: LaneOf, who: str):
    no = _closed(lane, LEAK)
    with pytest.raises(NotFound):
        lane.does(who, closing.called_back, no, "满意")
    assert lane.state(no) == State.CLOSED_CONFIRMED


def test_a_call_is_noted_once(lane: LaneOf):
    no = _closed(lane, LEAK)
    lane.does("du", closing.called_back, no, "没联系上")
    before = lane.ticket(no).length
    with pytest.raises(Refusal):
        lane.does("du", closing.called_back, no, "没好")
    assert (lane.ticket(no).length, lane.state(no)) == (before, State.CLOSED_CONFIRMED)


def test_without_a_supervisor_the_street_calls_and_whoever_watched_does_not(lane: LaneOf):
    lane.away = frozenset({"du"})
    _closed(lane, LEAK)
    assert {row.caller_id for row in _calls(lane).values()} == {"street"}


def test_what_is_opened_again_is_called_about_after_its_next_end_only(lane: LaneOf):
    no = _closed(lane, LEAK)
    lane.does("li", closing.reopen, no, "还在漏", chat=GROUP)
    assert _calls(lane) == {}

    lane.does("zhang", working.finish, no, "又换了一截")
    lane.does("li", closing.confirm, no, chat=GROUP)
    assert {row.redone for row in _calls(lane).values()} == {1}
