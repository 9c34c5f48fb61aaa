"""The parts of a report: numbers with the ids they were counted from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number
from handlers.phrases.report import FIGURES, RATES, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from handlers.phrases.report import Said
    from knowledge.community.account import Account

SMALL = 30
"""Fewer answers than that are shown with a warning."""

Refs = tuple[str, ...]
"""Numbers as people read them (0127, 问-0031), sorted, each once."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; `refs` are what it was counted from, fewer than `count` where one counts twice."""

    key: str
    count: float
    refs: Refs = ()

    @property
    def said(self) -> Said:
        """Name, unit and formula."""
        return FIGURES[self.key]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share 0..1 with what is above and below the line; `apart` = unanswered, in neither."""

    key: str
    above: int
    below: int
    refs: Refs
    of: Refs
    apart: Refs = ()

    @property
    def said(self) -> Said:
        """Name and formula."""
        return RATES[self.key]

    @property
    def value(self) -> float | None:
        """The share to four digits; None without a sample."""
        return round(self.above / self.below, 4) if self.below else None

    @property
    def small(self) -> bool:
        """Whether there are too few to conclude anything."""
        return self.below < SMALL


@dataclass(frozen=True, slots=True)
class Share:
    """One row of a table; `before` = the count of the month before, None where it is not compared."""

    name: str
    count: int
    share: float
    refs: Refs
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts side by side; their sum is the figure that they divide unless only the top is shown."""

    key: str
    rows: tuple[Share, ...]

    @property
    def said(self) -> Said:
        """Name, unit and formula."""
        return TABLES[self.key]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list by number: one row of cells each, under these heads."""

    key: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def refs_of(numbers: Iterable[int]) -> Refs:
    """The numbers of tickets, sorted, each once."""
    return tuple(map(ticket_number, sorted(set(numbers))))


def tally(key: str, numbers: Iterable[int]) -> Figure:
    """A figure that counts every number as often as it is given."""
    counted = list(numbers)
    return Figure(key, len(counted), refs_of(counted))


def rate(key: str, above: Iterable[int], below: Iterable[int], apart: Iterable[int] = ()) -> Rate:
    """A rate over tickets, each counted once."""
    good, every = set(above), set(below)
    return Rate(key, len(good), len(every), refs_of(good), refs_of(every), refs_of(apart))


def table(
    key: str,
    found: Iterable[Account],
    name: Callable[[Account], str],
    *,
    order: Iterable[str] = (),
    top: int | None = None,
    before: Mapping[str, int] | None = None,
) -> Table:
    """Count tickets by name: in the given `order`, else the most frequent first."""
    groups: dict[str, list[int]] = {word: [] for word in order}
    for account in found:
        groups.setdefault(name(account), []).append(account.no)
    total = Counter({word: len(numbers) for word, numbers in groups.items()})
    words = list(groups) if order else sorted(groups, key=lambda word: (-total[word], word))
    whole = total.total() or 1
    rows = tuple(
        Share(
            word,
            total[word],
            round(total[word] / whole, 4),
            refs_of(groups[word]),
            None if before is None else before.get(word, 0),
        )
        for word in words[:top]
    )
    return Table(key, rows)
