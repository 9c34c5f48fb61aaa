"""Weeks in which everybody does anything: nothing is lost, nothing is orphaned, all is proven."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from handlers.actions.tickets import (
    claiming,
    climbing,
    closing,
    filing,
    handing,
    inquiring,
    joining,
    lasting,
    merging,
    parking,
    returning,
    whistling,
    withdrawing,
    working,
)
from knowledge.community.refusals import Refusal
from knowledge.community.tickets.promise import Limit, span
from knowledge.community.tickets.ticket import CLOSED, OPEN, Lane, State, Step
from knowledge.store.histories import history
from knowledge.store.lists import listing
from tests.amount import amount
from tests.handlers.actions.tickets.lane import GROUP, LIGHT

if TYPE_CHECKING:
    from handlers.actions.tickets.request import Request
    from tests.handlers.actions.tickets.lane import LaneOf

STEPS = 300
SOON = date(2026, 12, 8)
RESIDENTS = ("li", "wang", "zhao", "web:guest")
HELPERS = ("zhang", "liu", "chen", "office", "street", "he")
DOES: list[tuple[Any, tuple[Any, ...]]] = [
    (filing.file, ()),
    (claiming.accept, ()),
    (claiming.accept, ()),
    (claiming.transfer, ("何师傅",)),
    (claiming.transfer, ("刘芳",)),
    (claiming.refuse, ("我办不了",)),
    (working.note, ("已买灯",)),
    (working.note, ("到了",)),
    (working.schedule, ("明天上午",)),
    (inquiring.inquire, ("哪一层？",)),
    (inquiring.supplement, ("五楼",)),
    (working.finish, ("换了新灯",)),
    (closing.confirm, ()),
    (closing.reopen, ("又坏了",)),
    (closing.rate, (3,)),
    (withdrawing.withdraw, ()),
    (climbing.urge, ()),
    (joining.life, ()),
    (whistling.whistle, ("何师傅、刘芳 一起看看",)),
    (whistling.attend, ()),
    (parking.park, (SOON, "等配件")),
    (parking.agree, (3,)),
    (parking.decline, ()),
    (parking.reject, ("归市政",)),
    (parking.give_up, ("没有图纸",)),
    (merging.fold, (1,)),
    (merging.fold, (2,)),
    (merging.split, ()),
    (closing.called_back, ("没好",)),
    (closing.called_back, ("满意",)),
    (lasting.lasted, ()),
]


def _request(chance: random.Random) -> Request:
    matter = chance.choice(("楼道灯不亮", "停电", "单元门坏了", "水管爆裂"))
    place = chance.choice((None, "b3-1", "b3-2", "b6", "e"))
    return replace(
        LIGHT,
        category=matter,
        matter=matter,
        lane=chance.choice(list(Lane)),
        place=place,
        missing=() if place else ("place",),
        private=chance.random() < 0.1,
    )


def _something(lane: LaneOf, chance: random.Random, count: int) -> None:
    """One thing that somebody does, or time passes; a refusal is an answer too."""
    kind = chance.random()
    if kind < 0.2 or not count:
        lane.report(chance.choice(RESIDENTS), _request(chance))
    elif kind < 0.4:
        lane.passes(timedelta(minutes=chance.choice((3, 12, 40, 600, 2000))))
    else:
        action, args = chance.choice(DOES)
        no = chance.randint(max(1, count - 9), count)
        ticket, anybody = lane.ticket(no), chance.choice(RESIDENTS + HELPERS)
        who = chance.choice((ticket.reporter, ticket.owner_id or anybody, anybody))
        lane.does(who, action, no, *args, chat=GROUP if who in RESIDENTS else None)
        if chance.random() < 0.05:
            _goes_on_leave(lane, chance.choice(HELPERS), back=chance.random() < 0.5)


def _goes_on_leave(lane: LaneOf, who: str, *, back: bool) -> None:
    with lane.database.transaction() as session:
        handing.hand_over_all(lane.work(session, who), who, "请假")
    if back:
        with lane.database.transaction() as session:
            returning.come_back(lane.work(session, who), who)


def _count(lane: LaneOf) -> int:
    with lane.database.view() as session:
        return len(listing(session, State))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(amount(2, 40)))
def test_whatever_people_do_no_ticket_is_lost_orphaned_or_unproven(lane: LaneOf, seed: int):
    chance = random.Random(seed)
    for _ in range(STEPS):
        try:
            _something(lane, chance, _count(lane))
        except Refusal as refusal:
            assert len(refusal.say) <= 120  # noqa: PT017 -- most of what is tried is refused.
    assert lane.flaws() == []
    with lane.database.view() as session:
        for ticket in listing(session, OPEN):
            topped = any(d.step is Step.SUPERVISED for d in history(session, ticket))
            assert ticket.owner_id is not None
            assert ticket.next_at is not None or topped, ticket.no
        assert all(
            row.next_at is None or row.next_at - lane.clock.now() <= span(Limit.RECHECK)
            for row in listing(session, CLOSED)
        )
    _sayings_are_short_and_discreet(lane)


def _sayings_are_short_and_discreet(lane: LaneOf) -> None:
    sent = lane.outbox()
    assert len({row.key for row in sent}) == len(sent)
    for row in sent:
        assert len(row.text) <= 120, row.text
        assert row.text.count("\n") < 7, row.text
        assert row.kind == "direct" or "138" not in row.text
