"""Whatever is tried in whatever state: a legal step, or a sentence and nothing changed."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from handlers.actions.tickets import (
    claiming,
    climbing,
    closing,
    filing,
    inquiring,
    joining,
    lasting,
    merging,
    parking,
    whistling,
    withdrawing,
    working,
)
from handlers.actions.tickets.recording import record
from handlers.phrases.sheet import short
from knowledge.community.days.hours import Hours
from knowledge.community.refusals import Refusal
from knowledge.community.tickets.ticket import NEXT, State, Step
from knowledge.store.proof import verify_all
from knowledge.store.tickets import by_no
from tests.handlers.actions.tickets.lane import GROUP, LIGHT

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf

TRIED: list[tuple[str, Any, tuple[Any, ...]]] = [
    ("li", filing.file, ()),
    ("zhang", claiming.accept, ()),
    ("zhang", claiming.transfer, ("何师傅",)),
    ("zhang", claiming.refuse, ("我办不了",)),
    ("zhang", working.note, ("已买灯",)),
    ("zhang", working.arrive, ()),
    ("zhang", working.schedule, ("明天",)),
    ("zhang", inquiring.inquire, ("哪一层？",)),
    ("zhang", working.finish, ("换了新灯",)),
    ("li", inquiring.supplement, ("五楼",)),
    ("li", closing.confirm, ()),
    ("li", closing.reopen, ("又坏了",)),
    ("li", closing.rate, (1,)),
    ("li", withdrawing.withdraw, ()),
    ("li", climbing.urge, ()),
    ("li", joining.life, ()),
    ("office", whistling.whistle, ("何师傅 看看",)),
    ("he", whistling.attend, ()),
    ("office", parking.park, (date(2026, 12, 1), "等配件")),
    ("zhang", parking.park, (date(2026, 12, 1), "等配件")),
    ("office", parking.agree, (99,)),
    ("office", parking.decline, ()),
    ("office", parking.reject, ("归市政",)),
    ("office", parking.give_up, ("没有图纸",)),
    ("office", merging.fold, (9999,)),
    ("office", merging.split, ()),
    ("du", closing.called_back, ("没好",)),
    ("li", lasting.lasted, ()),
]


def _path(to: State) -> list[State]:
    """The shortest way through the table from a draft."""
    ways = {State.DRAFT: [State.DRAFT]}
    while to not in ways:
        for state, way in list(ways.items()):
            for target in sorted(NEXT[state]):
                ways.setdefault(target, [*way, target])
    return ways[to][1:]


def _in_state(lane: LaneOf, state: State) -> int:
    no = lane.report("li", LIGHT)
    with lane.database.transaction() as session:
        ticket = by_no(session, no)
        assert ticket is not None
        ticket.owner_id, ticket.claimants, ticket.rung = "zhang", ["zhang"], "邻长"
        for step in _path(state):
            ticket.filed_at = lane.clock.now()
            record(lane.work(session), ticket, Step.MOVED, "li", to=step)
    return no


@pytest.mark.parametrize("state", State)
def test_every_action_in_this_state_is_legal_or_refused_without_a_trace(lane: LaneOf, state: State):
    no = _in_state(lane, state)
    before, said = lane.ticket(no), lane.told()
    for who, action, args in TRIED:
        if _is_refused(lane, who, action, no, args):
            after = lane.ticket(no)
            assert (after.state, after.length, after.head) == (state, before.length, before.head)
            assert lane.told() == said
    assert lane.flaws() == []


def _is_refused(lane: LaneOf, who: str, action: Any, no: int, args: tuple[Any, ...]) -> bool:
    """Whether it was refused; if not, it was legal and is taken back, so that the next one is tried in the same state."""
    with lane.database.transaction() as session:
        ticket = by_no(session, no)
        assert ticket is not None
        state = State(ticket.state)
        try:
            action(lane.work(session, who, GROUP if who == "li" else None), ticket, who, *args)
        except Refusal:
            return True  # and what it has done until then is kept, if it has
        assert State(ticket.state) in {state, *_reach(state)}, action.__name__
        session.flush()
        assert verify_all(session, lane.calendar, Hours())[1] == [], action.__name__
        session.rollback()
    return False


def _reach(state: State) -> set[State]:
    """What one action may reach: one step, or taking it on the way to another one."""
    via = itertools.chain.from_iterable(NEXT[step] for step in NEXT[state] & {State.ACCEPTED})
    return set(NEXT[state]) | set(via)


def test_long_words_are_cut():
    assert short("水" * 50) == "水" * 39 + "…"
    assert short("一 \n 二") == "一 二"
