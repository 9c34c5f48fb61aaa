"""A month's filings side by side: by kind, category, lane, place, hour. Never by person."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from handlers.phrases.report import HIDDEN, channel_name, hour_name
from handlers.reporting.books import category_name
from handlers.reporting.figures import Table, table
from knowledge.community.days.zone import day_and_hour
from knowledge.community.tickets.ticket import LANE_WORDS, STATE_WORDS, Kind, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from handlers.reporting.books import Books
    from knowledge.community.tickets.account import Account

TOP = 10

T = TypeVar("T")


def tables(books: Books) -> Iterator[Table]:
    """All tables over what was filed in the month."""
    filed, spots = books.filed, books.map
    numbers = [one.no for one in filed]
    kinds = [kind.value for kind in Kind]
    yield table("by_kind", numbers, [one.kind.value for one in filed], order=kinds)
    categories = _named(category_name, (one.category for one in filed))
    yield table("by_category", numbers, categories, top=TOP, before=books.before)
    lanes = {lane: f"{lane.value} {word}" for lane, word in LANE_WORDS.items()}
    yield table("by_lane", numbers, [lanes[one.lane] for one in filed], order=lanes.values())
    yield table("by_channel", numbers, _named(channel_name, (one.channel for one in filed)))
    yield table("by_estate", numbers, _named(spots.estate, (one.place for one in filed)))
    buildings = _named(spots.spot, (one.place for one in filed))
    pairs = zip(filed, buildings, strict=True)
    shown = [HIDDEN if one.private else building for one, building in pairs]
    yield table("by_building", numbers, shown, top=TOP)
    hours = [hour_name(hour) for hour in range(24)]
    yield table("by_hour", numbers, [hours[_hour(one)] for one in filed], order=hours)
    states = [STATE_WORDS[state] for state in State if state is not State.DRAFT]
    yield table("by_state", numbers, [STATE_WORDS[one.state] for one in filed], order=states)


def _named(name: Callable[[T], str], found: Iterable[T]) -> list[str]:
    """The name of each; what comes often is looked up once."""
    names: dict[T, str] = {}
    return [names[one] if one in names else names.setdefault(one, name(one)) for one in found]


def _hour(account: Account) -> int:
    return day_and_hour(account.filed)[1] if account.filed else 0
