"""未诉先办: what comes back in a building is one finding, told to the office once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.actions.tickets import claiming, closing, working
from handlers.actions.tickets import findings as foreseeing
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import Place, PlaceKind
from knowledge.community.refusals import NotFound
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.store.rows.findings import FindingRow
from tests.handlers.actions.tickets.lane import GROUP, LEAK, PEOPLE, PLACES

if TYPE_CHECKING:
    from handlers.actions.tickets.request import Request
    from tests.handlers.actions.tickets.lane import LaneOf

EVERY = timedelta(days=4)
"""Longer than a second report is the same one."""


def comes_back(lane: LaneOf, request: Request, *, times: int, every: timedelta = EVERY) -> None:
    for _ in range(times):
        no = lane.filed("li", request)
        lane.does(lane.ticket(no).owner_id or "", claiming.accept, no)
        lane.does(lane.ticket(no).owner_id or "", working.finish, no, "好了")
        lane.does("li", closing.confirm, no, chat=GROUP)
        lane.passes(every)


def found(lane: LaneOf) -> list[list[str]]:
    with lane.database.view() as session:
        return [row.numbers for row in session.scalars(select(FindingRow))]


def test_the_third_in_a_building_is_told_to_the_community_and_the_fourth_is_no_news(lane: LaneOf):
    comes_back(lane, LEAK, times=2)
    comes_back(lane, replace(LEAK, place="b3-1"), times=1)
    assert found(lane) == [["1", "2", "3"]]
    told = [row.text for row in lane.outbox("office") if "0001、0002、0003" in row.text]
    assert len(told) == 1

    comes_back(lane, LEAK, times=1)
    assert len(found(lane)) == 1


@pytest.mark.parametrize(
    ("matter", "every"),
    [
        (replace(LEAK, private=True), EVERY),
        (replace(LEAK, place="e"), EVERY),
        (LEAK, timedelta(days=46)),
    ],
    ids=["in private", "in no building", "beyond ninety days"],
)
def test_nothing_is_found_where_it_is_told(lane: LaneOf, matter: Request, every: timedelta):
    comes_back(lane, matter, times=3, every=every)
    assert found(lane) == []


def test_only_the_office_of_the_place_settles_it(lane: LaneOf):
    elsewhere = Place("c2", "s", PlaceKind.COMMUNITY, "莲塘社区")
    other = Person("xu", "徐兰", grants=(Grant(Role.COMMUNITY, ("c2",)),))
    lane.hood = Neighbourhood((*PLACES, elsewhere), (*PEOPLE, other), ())
    comes_back(lane, LEAK, times=3)
    with lane.database.transaction() as session:
        for who in ("zhang", "li", "du", "xu"):
            with pytest.raises(NotFound):
                foreseeing.settle(lane.work(session), who, 1)
        foreseeing.settle(lane.work(session), "office", 1)
