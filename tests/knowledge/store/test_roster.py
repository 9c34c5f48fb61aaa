from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from knowledge.community.days.zone import ZONE
from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.community.roster.roster import Roster
from knowledge.store.roster import load_neighbourhood, load_roster, save_roster
from knowledge.store.rows.roster import PersonRow

PLACES = (
    Place("01", None, PlaceKind.ESTATE, "桂花园小区", ("桂园",), "物管"),
    Place("b3", "01", PlaceKind.BUILDING, "3栋"),
)
LI = Person(
    "007",
    "李桂英",
    "13800000001",
    (Grant(Role.RESIDENT, ("b3",)),),
    title="李娭毑",
    door="0402",
    care=("独居",),
    accounts=(("telegram", "0123"), ("wecom", "li")),
)
ZHANG = Person(
    "zhang",
    "张守业",
    grants=(Grant(Role.NEIGHBOUR_LEADER, ("b3",)), Grant(Role.RESIDENT, ("b3",))),
    deputy="007",
    skills=("水电",),
    duty="全天",
)
ROSTER = Roster(PLACES, (LI, ZHANG), (GroupChat("web", "g-1", "居民群", "01", "积极"),))


@pytest.fixture
def town(database):
    with database.transaction() as session:
        save_roster(session, ROSTER)
    return database


def save(database, roster):
    with database.transaction() as session:
        save_roster(session, roster)


def loaded(database):
    with database.view() as session:
        return load_roster(session)


def test_a_roster_comes_back_as_it_was_saved(town):
    assert loaded(town) == ROSTER


def test_saving_the_same_roster_again_changes_nothing(town):
    save(town, ROSTER)
    assert loaded(town) == ROSTER
    assert role_version(town, "zhang") == 1


def test_who_is_missing_is_disabled_not_deleted_and_can_come_back(town):
    save(town, replace(ROSTER, people=(LI,)))
    with town.view() as session:
        hood = load_neighbourhood(session)
    assert hood.person("zhang").active is False
    assert hood.by_account("replay", "zhang") is None
    assert hood.responsible("b3").person == "007"

    save(town, ROSTER)
    assert loaded(town) == ROSTER


def test_a_place_that_left_keeps_its_label_but_is_no_longer_found(town):
    save(town, Roster(PLACES[:1], (), ()))
    with town.view() as session:
        hood = load_neighbourhood(session)
    assert hood.label("b3") == "3栋"
    assert hood.names.buildings == {}
    assert hood.chats == {}


def test_an_account_can_move_to_another_person(town):
    moved = (replace(LI, accounts=()), replace(ZHANG, accounts=LI.accounts))
    save(town, replace(ROSTER, people=moved))
    assert loaded(town).people == moved


def test_a_change_of_roles_ends_the_sessions_and_leave_stays(town):
    until = datetime(2026, 12, 1, 12, 0, tzinfo=ZONE)
    with town.transaction() as session:
        session.get_one(PersonRow, "zhang").away_until = until
    save(town, replace(ROSTER, people=(LI, replace(ZHANG, grants=LI.grants))))

    assert role_version(town, "zhang") == 2
    assert role_version(town, "007") == 1
    with town.view() as session:
        assert session.get_one(PersonRow, "zhang").away_until == until


def role_version(database, person):
    with database.view() as session:
        return session.get_one(PersonRow, person).role_version
