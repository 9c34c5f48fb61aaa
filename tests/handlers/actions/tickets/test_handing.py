"""Whoever leaves, falls ill or goes on leave: no ticket is left without somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.actions.tickets import (
    claiming,
    climbing,
    handing,
    inquiring,
    parking,
    whistling,
    working,
)
from knowledge.community.days.hours import Hours
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.tickets.ticket import OPEN, WAITING_FOR_CLAIM, Lane, State
from knowledge.store.lists import listing
from knowledge.store.proof import verify_all
from tests.handlers.actions.tickets.lane import GROUP, HOOD, LEAK, LIGHT, PEOPLE, PLACES, LaneOf
from tests.handlers.actions.tickets.test_random_weeks import SOON


def _busy(lane: LaneOf) -> None:
    """A ticket in every state that somebody can have in hand, with everybody involved."""
    for nth, who in enumerate(("zhang", "liu", "office", "street", "he")):
        for state in ("new", "accepted", "asked", "parked", "whistled", "handled"):
            lane_of = Lane.P1 if nth % 2 else Lane.P2
            no = lane.filed("li", replace(LIGHT, category=f"{who} {state}", lane=lane_of))
            _give(lane, no, who, state)


def _give(lane: LaneOf, no: int, who: str, state: str) -> None:
    owner = lane.ticket(no).owner_id
    assert owner is not None
    if owner != who:
        lane.does(owner, claiming.transfer, no, who)
    if state == "new":
        return
    lane.does(who, claiming.accept, no)
    if state == "asked":
        lane.does(who, inquiring.inquire, no, "哪一层？")
    elif state == "parked":
        lane.does("office", parking.park, no, SOON, "等配件")
    elif state == "whistled":
        lane.does("office", whistling.whistle, no, "何师傅、刘芳 看看")
    elif state == "handled":
        lane.does(who, working.finish, no, "好了")


def test_whoever_leaves_the_roster_every_open_ticket_has_somebody_who_is_there(lane: LaneOf):
    lane.rules = replace(lane.rules, push_budget=500)
    _busy(lane)
    for gone in PEOPLE:
        there = tuple(one for one in PEOPLE if one != gone)
        lane.hood = Neighbourhood(PLACES, there, tuple(HOOD.chats.values()))
        with lane.database.transaction() as session:
            handing.hand_over_departed(lane.work(session))
            for ticket in listing(session, OPEN):
                assert ticket.owner_id in lane.hood.people, (gone.id, ticket.no)
                if ticket.state in WAITING_FOR_CLAIM:
                    assert ticket.owner_id in ticket.claimants, (gone.id, ticket.no)
            assert verify_all(session, lane.calendar, Hours())[1] == []
            session.rollback()  # the next one leaves the same lane


def test_leave_hands_over_to_the_deputy_and_the_reporter_hears_who_comes(lane: LaneOf):
    people = tuple(replace(p, deputy="liu") if p.id == "zhang" else p for p in PEOPLE)
    lane.hood = Neighbourhood(PLACES, people, tuple(HOOD.chats.values()))
    taken, waiting = lane.filed(), lane.filed("zhao", LEAK)
    lane.does("zhang", claiming.accept, taken)
    with lane.database.transaction() as session:
        assert handing.hand_over_all(lane.work(session), "zhang", "请假") == 2
    assert {lane.ticket(no).owner_id for no in (taken, waiting)} == {"liu"}
    assert lane.state(taken) == State.NEW
    assert "转给刘姐了" in lane.hears(GROUP)
    assert [row.text for row in lane.outbox("liu")][-1].count("张师傅不在，请您接") == 1


def _left(lane: LaneOf, *people: str) -> None:
    """Everybody else has left the roster."""
    there = tuple(person for person in PEOPLE if person.id in people)
    lane.hood = Neighbourhood(PLACES, there, tuple(HOOD.chats.values()))
    with lane.database.transaction() as session:
        handing.hand_over_departed(lane.work(session))


def test_where_nobody_is_left_the_supervisor_is_told_and_the_reporter_hears_it(lane: LaneOf):
    waiting, taken, done = (lane.filed("li", replace(LIGHT, category=name)) for name in "abc")
    for no in (taken, done):
        lane.does("zhang", claiming.accept, no)
    lane.does("zhang", working.finish, done, "好了")
    _left(lane, "li", "du")

    cards = [row.text for row in lane.outbox("du")]
    assert [card[:9] for card in cards] == ["【督办 0001】", "【督办 0002】"]
    assert all(card.endswith("没有人可以派，请您定人。") for card in cards)
    told = [row.text for row in lane.outbox(GROUP)][-2:]
    assert all("办的人不在了，还派不到人，已列入督办清单" in text for text in told)
    assert lane.ticket(waiting).owner_id is lane.ticket(taken).owner_id is None
    assert lane.ticket(done).owner_id == "zhang", "what is done waits for its reporter only"
    lane.does("li", climbing.urge, waiting)
    assert "李娭毑着急，没有人可以派，请您定人。" in lane.hears("du")
    assert lane.hears("li").startswith("已催督办员（0001）")
    assert lane.flaws() == []


def test_where_no_supervisor_is_left_either_the_reporter_hears_where_else_to_turn(lane: LaneOf):
    no = lane.filed()
    _left(lane, "li")

    assert "办的人不在了，现在没有人能办，也没有人能督办" in lane.hears(GROUP)
    assert "12345" in lane.hears(GROUP)
    lane.does("li", climbing.urge, no)
    assert lane.hears("li").startswith("0001 还没办好，上面没有人可以再找了。")
    _left(lane, "li", "zhang")
    assert lane.ticket(no).owner_id == "zhang", "who comes gets what waits"


def test_beyond_the_days_budget_ordinary_news_comes_together_and_emergencies_at_once(
    lane: LaneOf,
):
    lane.rules = replace(lane.rules, push_budget=2)
    for nth in range(5):
        lane.filed("li", replace(LIGHT, category=f"light {nth}"))
    assert len(lane.outbox("zhang")) == 2
    lane.filed("zhao", LEAK)
    assert "【紧急" in lane.hears("zhang")
    lane.until(lane.clock.now().replace(hour=11, minute=30))
    told = [row.text for row in lane.outbox("zhang") if "【汇总】" in row.text]
    assert len(told) == 1
    assert "【汇总】有动静的 3 件：\n0003 楼道灯不亮" in told[0]
    lane.until(lane.clock.now().replace(hour=17, minute=30))
    told = [row.text for row in lane.outbox("zhang") if "【汇总】" in row.text]
    assert len(told) == 2, "the nudges of the afternoon come together too"
    lane.until(lane.clock.now() + timedelta(hours=15))
    before = len(lane.outbox("zhang"))
    lane.filed("li", replace(LIGHT, category="light of the next day"))
    assert len(lane.outbox("zhang")) == before + 1
