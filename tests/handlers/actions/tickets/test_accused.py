"""A complaint about somebody of the ladder passes that person by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import claiming, closing, handing, working
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.refusals import NotFound, Unclear
from knowledge.community.tickets.ticket import Kind, Lane
from tests.handlers.actions.tickets.lane import LIGHT, PEOPLE, PLACES

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf

CORRUPT = replace(LIGHT, kind=Kind.COMPLAINT, category="other-complaint", private=True)


@pytest.mark.parametrize(
    ("named", "who"), [("张师傅", "zhang"), ("刘芳", "liu"), ("王主任", "office")]
)
def test_who_is_complained_of_neither_gets_nor_sees_it_on_any_rung(
    lane: LaneOf, named: str, who: str
):
    filed = lane.filed("li", replace(CORRUPT, matter=f"{named}收钱不办事"))
    lane.passes(timedelta(days=9))
    row = lane.ticket(filed)
    assert who not in {row.owner_id, *row.claimants}
    assert row.owner_id is not None
    assert "收钱不办事" not in lane.hears(who)
    with pytest.raises(NotFound):
        lane.does(who, claiming.accept, filed)
    assert lane.flaws() == []


def test_a_supervisor_who_is_complained_of_gets_no_card_of_it_and_the_street_gets_it(lane: LaneOf):
    few = tuple(person for person in PEOPLE if person.id in ("li", "du", "street"))
    lane.hood = Neighbourhood(PLACES, few, tuple(lane.hood.chats.values()))
    lane.filed("li", replace(CORRUPT, matter="杜督办收钱不办事"))
    lane.passes(timedelta(days=9))

    assert lane.outbox("du") == []
    assert any("【督办 0001】" in row.text for row in lane.outbox("street"))


def test_where_street_and_supervisor_are_complained_of_the_next_who_has_it_not_gets_the_card(
    lane: LaneOf,
):
    filed = lane.filed("li", replace(CORRUPT, matter="何主任和杜督办收钱不办事"))
    lane.passes(timedelta(days=9))

    assert lane.outbox("du") == lane.outbox("street") == []
    assert lane.ticket(filed).owner_id == "office"
    assert any("【督办 0001】" in row.text for row in lane.outbox("chen"))


@pytest.mark.parametrize("rest", [(), ("street",), ("street", "du")])
def test_where_everybody_is_complained_of_nobody_of_them_gets_it_and_the_reporter_hears_so(
    lane: LaneOf, rest: tuple[str, ...]
):
    few = tuple(person for person in PEOPLE if person.id in ("li", *rest))
    lane.hood = Neighbourhood(PLACES, few, tuple(lane.hood.chats.values()))
    filed = lane.filed("li", replace(CORRUPT, matter="何主任和杜督办收钱不办事"))
    lane.passes(timedelta(days=9))

    assert lane.ticket(filed).owner_id is None
    assert lane.outbox("du") == lane.outbox("street") == []
    told = "\n".join(row.text for row in lane.outbox("li"))
    assert "现在没有人能办这件" in told
    assert "12345" in told
    assert "督办清单" not in told
    assert lane.flaws() == []


def test_where_a_supervisor_is_left_the_reporter_hears_that_it_is_listed(lane: LaneOf):
    few = tuple(person for person in PEOPLE if person.id in ("li", "street", "du"))
    lane.hood = Neighbourhood(PLACES, few, tuple(lane.hood.chats.values()))
    lane.filed("li", replace(CORRUPT, matter="何主任收钱不办事"))

    assert lane.hears("du").endswith("没有人可以派，请您定人。")
    assert "已列入督办清单" in lane.hears("li")
    assert "12345" not in lane.hears("li")


def test_neither_a_deputy_nor_who_is_named_gets_a_complaint_about_themselves(lane: LaneOf):
    people = tuple(replace(p, deputy="liu") if p.id == "zhang" else p for p in PEOPLE)
    lane.hood = Neighbourhood(PLACES, people, tuple(lane.hood.chats.values()))
    filed = lane.filed("li", replace(CORRUPT, matter="刘芳收钱不办事"))
    with pytest.raises(Unclear, match="说的就是刘姐"):
        lane.does("zhang", claiming.transfer, filed, "刘芳")
    with lane.database.transaction() as session:
        handing.hand_over_all(lane.work(session), "zhang", handing.LEAVE)

    assert lane.ticket(filed).owner_id == "chen"
    assert lane.outbox("liu") == []


def test_who_is_complained_of_does_not_call_the_reporter_about_it(lane: LaneOf):
    filed = lane.filed("li", replace(CORRUPT, lane=Lane.P1, matter="杜督办收钱不办事"))
    handler = lane.ticket(filed).owner_id or ""
    lane.does(handler, claiming.accept, filed)
    lane.does(handler, working.finish, filed, "好了")
    lane.does("li", closing.confirm, filed)

    assert lane.outbox("du") == []
    assert "回访" in lane.hears("street")


def test_a_complaint_names_nobody_by_a_name_of_address_that_is_missing(lane: LaneOf):
    plain = tuple(replace(person, title="") for person in PEOPLE)
    lane.hood = Neighbourhood(PLACES, plain, tuple(lane.hood.chats.values()))
    filed = lane.filed("li", replace(CORRUPT, matter="物业收钱不办事"))

    lane.does("zhang", claiming.accept, filed)
    assert lane.state(filed) == "accepted"


def test_who_complains_under_their_own_name_keeps_their_part_in_it(lane: LaneOf):
    filed = lane.filed("zhang", replace(CORRUPT, matter="我是张师傅，物业收钱不办事"))

    assert lane.ticket(filed).owner_id == "zhang"
