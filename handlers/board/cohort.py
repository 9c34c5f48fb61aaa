"""What became of the requests filed in the last days: rates, and the same counted side by side."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, not_, select, true

from handlers.reporting.figures import SMALL
from knowledge.community.days.zone import ZONE
from knowledge.store.tally import TALLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import ColumnElement, Connection

    from handlers.reporting.scope import Scope

DAYS = (1, 7, 30)
"""How far back a board can look; the last is as far as the tally reaches."""
STANDING = ("open", "unconfirmed", "overdue")
"""Figures of this moment, whenever it was filed."""
RATES = ("response", "in_time", "solved", "content")
DAY, HOUR = 86_400, 3600
EAST = 8 * HOUR
"""The neighbourhood's clock is eight hours ahead of UTC the whole year."""
EPOCH_WEEKDAY = 3
"""1970-01-01 was a Thursday; Monday = 0."""

_T = TALLY.c
_hour = _T.filed // HOUR
_local = _T.filed + EAST
_date = _local // DAY
_weekday = (_date + EPOCH_WEEKDAY) % 7
_oclock = (_local // HOUR) % 24
_CELL = re.compile(r"([0-6])-(\d{1,2})")


PlaceRow = tuple[str, bool, dict[str, int]]
"""Place, whether private, figures by key."""


class Numbers(NamedTuple):
    """How many tickets there are, and the numbers of some of them, the newest first."""

    total: int
    shown: list[int]


@dataclass(frozen=True, slots=True)
class Share:
    """One rate 0..1 with its sample; `apart` = who has not said anything, in neither number."""

    key: str
    above: int
    below: int
    apart: int | None

    @property
    def value(self) -> float | None:
        """The share to four digits; None without a sample."""
        return round(self.above / self.below, 4) if self.below else None

    @property
    def small(self) -> bool:
        """Whether there are too few to conclude anything."""
        return 0 < self.below < SMALL


def since(now: datetime, days: int) -> datetime:
    """The midnight with which the last days begin, today among them."""
    return datetime.combine(now.date() - timedelta(days=days - 1), time(), ZONE)


def conditions(now: datetime) -> dict[str, ColumnElement[bool]]:
    """What each figure counts; overdue = past the first promise, however far it has climbed since."""
    moment = int(now.timestamp())
    kept = _T.valid & (_T.done <= _T.solve_due)
    due = _T.valid & (_T.done.is_not(None) | (_T.solve_due <= moment))
    unclaimed = _T.contacted.is_(None) & (_T.contact_due <= moment)
    said, unrated = _T.answered.is_not(None), _T.rating.is_(None)
    return {
        "filed": true(),
        "response-above": _T.contacted <= _T.contact_due,
        "response-below": _T.contacted.is_not(None) | (not_(_T.gone) & (_T.contact_due <= moment)),
        "in_time-above": kept,
        "in_time-below": due,
        "in_time-missed": due & (_T.done.is_(None) | (_T.done > _T.solve_due)),
        "solved-above": _T.answered.is_(True),
        "solved-below": said,
        "solved-apart": _T.silent.is_(True),
        "content-above": _T.rating == 1,
        "content-below": not_(unrated),
        "content-apart": (_T.answered.is_(True) | _T.silent) & _T.ended & unrated,
        "redone": _T.redone > 0,
        "open": _T.unfinished,
        "unconfirmed": _T.unconfirmed,
        "overdue": _T.unfinished & not_(_T.parked) & (unclaimed | (_T.solve_due <= moment)),
    }


@dataclass(frozen=True, slots=True)
class Cohort:
    """The requests of a scope: those filed since a moment, and whatever is open."""

    rows: Connection
    scope: Scope
    now: datetime
    start: datetime

    def by_place(self) -> list[PlaceRow]:
        """Every figure of `conditions` for every place: one run through the rows."""
        asked = conditions(self.now)
        counts = (func.count().filter(self._dated(key, one)) for key, one in asked.items())
        query = select(_T.place, _T.private, *counts).where(*self._here())
        grouped = query.group_by(_T.place, _T.private)
        return [
            (place, private, dict(zip(asked, found, strict=True)))
            for place, private, *found in self.rows.execute(grouped)
        ]

    def by_hour(self) -> dict[datetime, tuple[int, int]]:
        """Filed, and done of these, by the hour of filing."""
        query = select(_hour, func.count(), func.count(_T.done))
        found = self.rows.execute(query.where(*self._here(), self._lately).group_by(_hour))
        return {datetime.fromtimestamp(h * HOUR, ZONE): (filed, done) for h, filed, done in found}

    def by_matter(self) -> dict[tuple[str, str], int]:
        """Filed, by kind and category."""
        query = select(_T.kind, _T.category, func.count()).where(*self._here(), self._lately)
        found = self.rows.execute(query.group_by(_T.kind, _T.category))
        return {(kind, category): filed for kind, category, filed in found}

    def numbers(self, key: str, begin: int, most: int) -> Numbers:
        """The ticket numbers behind a figure or a part of a chart; none for an unknown key."""
        condition = _part(key, self.now)
        if condition is None:
            return Numbers(0, [])
        which = (*self._here(), self._dated(key, condition))
        total = self.rows.scalar(select(func.count()).select_from(TALLY).where(*which)) or 0
        newest = select(_T.no).where(*which).order_by(_T.no.desc())
        return Numbers(total, list(self.rows.scalars(newest.offset(begin).limit(most))))

    def _dated(self, key: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        return condition if key in STANDING else self._lately & condition

    @property
    def _lately(self) -> ColumnElement[bool]:
        return _T.filed >= int(self.start.timestamp())

    def _here(self) -> Iterator[ColumnElement[bool]]:
        if self.scope.ids is not None:
            yield _T.place.in_(self.scope.ids)
        if self.scope.fine:
            yield not_(_T.private)


def summed(places: Iterable[PlaceRow]) -> Counter[str]:
    """The figures of all places together."""
    total: Counter[str] = Counter()
    for _, _, figures in places:
        total.update(figures)
    return total


def _part(key: str, now: datetime) -> ColumnElement[bool] | None:
    """What a key of a figure, a category, a kind, a day or a cell of the heat map counts."""
    word, _, rest = key.partition("-")
    if word == "category":
        return _T.category == rest
    if word == "kind":
        return _T.kind == rest
    if word == "hour" and (cell := _CELL.fullmatch(rest)):
        return (_weekday == int(cell[1])) & (_oclock == int(cell[2]))
    if word == "day" and (day := _day(rest)):
        return _date == (day - date(1970, 1, 1)).days
    return conditions(now).get(key)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
