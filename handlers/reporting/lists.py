"""What somebody has to look at by name: overdue, parked, whistled, redone, recurring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number
from handlers.phrases.report import HIDDEN
from handlers.reporting.books import category_name
from handlers.reporting.figures import Figure, Listed, each, refs_of
from knowledge.community.days.zone import local
from knowledge.community.tickets.ticket import STATE_WORDS, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from handlers.reporting.books import Books
    from knowledge.community.tickets.account import Account

_MATTER = ("编号", "类别", "地方", "状态")


def lists(books: Books) -> Iterator[Listed]:
    """All lists, each by number."""
    late = [(*_matter(books, one), _time(books.promises.solving(one))) for one in books.overdue]
    yield Listed("overdue", (*_MATTER, "办结时限"), tuple(late))
    for key, state in (("parked", State.PARKED), ("whistled", State.WHISTLED)):
        there = [one for one in books.every if one.state is state]
        since: list[tuple[str, ...]] = [
            (*_matter(books, one), _time(one.since or one.filed)) for one in there
        ]
        heads: tuple[str, ...] = (*_MATTER, "从什么时候起")
        if state is State.PARKED:
            heads = (*heads, "复核日")
            days = [_time(books.reviews.get(one.no)) for one in there]
            since = [(*row, day) for row, day in zip(since, days, strict=True)]
        yield Listed(key, heads, tuple(since))
    again = [(*_matter(books, one), str(one.redone)) for one in books.every if one.redone]
    yield Listed("redone", (*_MATTER, "本月重办几次"), tuple(again))
    found = sorted(books.recurring.items())
    rows = [
        (where, category_name(category), str(len(numbers)), "、".join(refs_of(numbers)))
        for (where, category), numbers in found
    ]
    yield Listed("recurring", ("地方", "类别", "件数", "编号"), tuple(rows))


def recurring_figure(books: Books) -> Figure:
    """How many findings, from which tickets."""
    groups = books.recurring
    return Figure("recurring", len(groups), each(no for group in groups.values() for no in group))


def _matter(books: Books, account: Account) -> tuple[str, str, str, str]:
    """Number, category, building and state; of a private matter neither what nor where."""
    name = HIDDEN if account.private else category_name(account.category)
    where = HIDDEN if account.private else books.map.spot(account.place)
    return ticket_number(account.no), name, where, STATE_WORDS[account.state]


def _time(moment: datetime | None) -> str:
    return local(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
