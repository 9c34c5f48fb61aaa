"""The parts of a report: numbers with the ids they were counted from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import lt
from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number
from handlers.phrases.report import FIGURES, RATES, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handlers.phrases.report import Said

SMALL = 30
"""Fewer answers than that are shown with a warning."""

Numbers = tuple[int, ...]
"""Ticket numbers, sorted, each once."""
Refs = tuple[str, ...]
"""The same as people read them: 0127."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with the tickets it was counted from, fewer than `count` where one counts twice.

    `names` are the ids of what is no ticket: 问-0031, fire-bedtime.
    """

    key: str
    count: float
    numbers: Numbers = ()
    names: Refs = ()

    @property
    def refs(self) -> Refs:
        """The ids as people read them."""
        return self.names or refs_of(self.numbers)

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
    good: Numbers = ()
    every: Numbers = ()
    apart: Numbers = ()

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
    numbers: Numbers
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
    """Numbers of tickets as people read them."""
    return tuple(map(ticket_number, numbers))


def each(numbers: Iterable[int]) -> Numbers:
    """The numbers sorted, each once."""
    found = list(numbers)
    in_order = all(map(lt, found, found[1:]))  # mostly, and that is told at a third of the cost
    return tuple(found if in_order else sorted(set(found)))


def tally(key: str, numbers: Iterable[int]) -> Figure:
    """A figure that counts every number as often as it is given."""
    counted = list(numbers)
    return Figure(key, len(counted), each(counted))


def rate(key: str, good: Iterable[int], every: Iterable[int], apart: Iterable[int] = ()) -> Rate:
    """A rate over tickets, each counted once."""
    above, below = each(good), each(every)
    return Rate(key, len(above), len(below), above, below, each(apart))


def table(
    key: str,
    numbers: Iterable[int],
    names: Iterable[str],
    *,
    order: Iterable[str] = (),
    top: int | None = None,
    before: Mapping[str, int] | None = None,
) -> Table:
    """Count tickets by the name that belongs to each: in this `order`, else the most frequent first.

    The numbers come in their order, each once.
    """
    groups: defaultdict[str, list[int]] = defaultdict(list, {word: [] for word in order})
    for number, name in zip(numbers, names, strict=True):
        groups[name].append(number)
    words = list(groups) if order else sorted(groups, key=lambda word: (-len(groups[word]), word))
    whole = sum(map(len, groups.values())) or 1
    rows = tuple(
        Share(
            word,
            len(groups[word]),
            round(len(groups[word]) / whole, 4),
            tuple(groups[word]),
            None if before is None else before.get(word, 0),
        )
        for word in words[:top]
    )
    return Table(key, rows)
