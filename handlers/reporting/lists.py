"""What somebody has to look at by name of the matter: overdue, parked, whistled, recurring."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number
from handlers.phrases.report import HIDDEN
from handlers.reporting.books import category_name
from handlers.reporting.figures import Figure, Listed, refs_of
from handlers.reporting.tables import building
from knowledge.community.places import PlaceKind
from knowledge.community.ticket import STATE_WORDS, State
from knowledge.community.zone import local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from handlers.reporting.books import Books
    from knowledge.community.account import Account

OFTEN = 3
"""So many of one category at one building in 90 days are one finding (未诉先办)."""
_MATTER = ("编号", "类别", "地方", "状态")


def lists(books: Books) -> Iterator[Listed]:
    """All lists, each by number."""
    late = [(*_matter(books, one), _time(books.promises.solving(one))) for one in _overdue(books)]
    yield Listed("overdue", (*_MATTER, "办结时限"), tuple(late))
    for key, state in (("parked", State.PARKED), ("whistled", State.WHISTLED)):
        there = [one for one in books.every if one.state is state]
        rows = [(*_matter(books, one), _time(one.since or one.filed)) for one in there]
        yield Listed(key, (*_MATTER, "从什么时候起"), tuple(rows))
    found = sorted(recurring(books).items())
    rows = [(*names, str(len(numbers)), "、".join(refs_of(numbers))) for names, numbers in found]
    yield Listed("recurring", ("地方", "类别", "件数", "编号"), tuple(rows))


def recurring_figure(books: Books) -> Figure:
    """How many findings, from which tickets."""
    groups = recurring(books)
    return Figure("recurring", len(groups), refs_of(no for group in groups.values() for no in group))


def recurring(books: Books) -> dict[tuple[str, str], list[int]]:
    """Tickets by (building, category) where the same came three times in 90 days."""
    hood = books.place.hood
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in books.season:
        place = hood.up_to(one.place, PlaceKind.BUILDING)
        if place is None or one.private or one.state in _NO_SIGN:
            continue
        estate = hood.estate(place.id)
        where = f"{estate.name if estate else ''}{place.name}"
        groups[where, category_name(one.category)].append(one.no)
    return {names: numbers for names, numbers in groups.items() if len(numbers) >= OFTEN}


_NO_SIGN = frozenset({State.CLOSED_DUPLICATE, State.CLOSED_WITHDRAWN})


def _overdue(books: Books) -> list[Account]:
    return [one for one in books.every if books.overdue(one)]


def _matter(books: Books, account: Account) -> tuple[str, str, str, str]:
    """Number, category, building and state; of a private matter neither what nor where."""
    name = HIDDEN if account.private else category_name(account.category)
    where = building(books.place.hood, account)
    return ticket_number(account.no), name, where, STATE_WORDS[account.state]


def _time(moment: datetime | None) -> str:
    return local(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
