"""A month's filings side by side: by kind, category, lane, place, hour. Never by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.report import ELSEWHERE, HIDDEN, channel_name, hour_name
from handlers.reporting.books import category_name
from handlers.reporting.figures import Table, table
from knowledge.community.places import PlaceKind
from knowledge.community.ticket import LANE_WORDS, STATE_WORDS, Kind, State
from knowledge.community.zone import local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.reporting.books import Books
    from knowledge.community.account import Account
    from knowledge.community.neighbourhood import Neighbourhood

TOP = 10


def tables(books: Books) -> Iterator[Table]:
    """All tables over what was filed in the month."""
    filed, hood = books.filed, books.place.hood
    kinds = [kind.value for kind in Kind]
    lanes = [f"{lane.value} {word}" for lane, word in LANE_WORDS.items()]
    yield table("by_kind", filed, lambda one: one.kind.value, order=kinds)
    yield table(
        "by_category", filed, lambda one: category_name(one.category), top=TOP, before=books.before
    )
    yield table("by_lane", filed, lambda one: f"{one.lane} {LANE_WORDS[one.lane]}", order=lanes)
    yield table("by_channel", filed, lambda one: channel_name(one.channel))
    yield table("by_estate", filed, lambda one: _estate(hood, one))
    yield table("by_building", filed, lambda one: building(hood, one), top=TOP)
    hours = [hour_name(hour) for hour in range(24)]
    yield table("by_hour", filed, lambda one: hour_name(_hour(one)), order=hours)
    states = [STATE_WORDS[state] for state in State if state is not State.DRAFT]
    yield table("by_state", filed, lambda one: STATE_WORDS[one.state], order=states)


def building(hood: Neighbourhood, account: Account) -> str:
    """Estate and building; of a private matter only that it is one."""
    if account.private:
        return HIDDEN
    found = hood.up_to(account.place, PlaceKind.BUILDING)
    estate = hood.estate(account.place)
    if found is None:
        return estate.name if estate else hood.label(account.place) or ELSEWHERE
    return f"{estate.name if estate else ''}{found.name}"


def _estate(hood: Neighbourhood, account: Account) -> str:
    estate = hood.estate(account.place)
    return estate.name if estate else hood.label(account.place) or ELSEWHERE


def _hour(account: Account) -> int:
    return local(account.filed).hour if account.filed else 0
