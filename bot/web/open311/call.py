"""One call of another system: what it asks, read from its address and its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.web.open311.refusing import Refused
from knowledge.community.days.zone import local, to_utc
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.settings.open311 import Open311Section
    from bot.web.application import Application

SPAN = timedelta(days=90)
"""Longest time that one call may ask for, and what it gets without dates (GeoReport v2)."""
MOST = 1000
_ZONE_GAP = Expression(r" (\d\d:?\d\d)$")
_WHOLE = re.compile(r"[1-9][0-9]{0,5}")
_NUMBER = re.compile(r"0*([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Call:
    """The application, the named parts of the address, its query, and the form of a POST."""

    app: Application
    parts: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    base: str
    """Address of the server as the caller knows it, without a slash at the end."""
    rehearsal: bool = False
    """Whether this is the test endpoint: everything is tried, nothing is kept."""

    @property
    def rules(self) -> Open311Section:
        """The settings of this interface."""
        return self.app.settings.open311

    def words(self, name: str) -> tuple[str, ...]:
        """The values of a comma separated parameter."""
        listed = self.query.get(name, "").split(",")
        return tuple(value.strip() for value in listed if value.strip())

    def said(self, name: str, most: int = 200) -> str:
        """A field of the form; raises Refused when it is too long."""
        value = self.form.get(name, "").strip()
        if len(value) > most:
            raise Refused(400, f"{name} 最多 {most} 个字")
        return value

    def page(self) -> tuple[int, int]:
        """How many rows are wanted, and how many to skip."""
        size = self._whole("page_size", MOST)
        if size > MOST:
            raise Refused(400, f"page_size 最多 {MOST}")
        return size, (self._whole("page", 1) - 1) * size

    def span(self) -> tuple[datetime, datetime]:
        """The time asked for, [since, until): 90 days at most, without dates the last 90."""
        since, until = self._moment("start_date"), self._moment("end_date")
        now = self.app.clock.now() + timedelta(microseconds=1)
        try:
            since, until = (to_utc(local(one)) for one in _completed(since, until, now))
        except OverflowError:
            raise Refused(400, "日期超出范围") from None
        if until < since:
            raise Refused(400, "end_date 早于 start_date")
        if until - since > SPAN:
            raise Refused(400, "start_date 到 end_date 最多 90 天")
        return since, until

    def _whole(self, name: str, default: int) -> int:
        written = self.query.get(name, "")
        if not written:
            return default
        if not _WHOLE.fullmatch(written):
            raise Refused(400, f"{name} 要写从 1 起的整数")
        return int(written)

    def _moment(self, name: str) -> datetime | None:
        """A W3C moment with its zone; a `+` that the address swallowed is put back."""
        written = _ZONE_GAP.sub(r"+\1", self.query.get(name, ""))
        if not written:
            return None
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise Refused(400, f"{name} 要带时区，例如 2026-11-22T08:00:00+08:00")
        return moment


def numbers_in(values: Iterable[str]) -> tuple[int, ...]:
    """Ticket numbers among words; what is no number that we could have names nothing."""
    found = (_NUMBER.fullmatch(value) for value in values)
    return tuple(int(match[1]) for match in found if match)


def _completed(
    since: datetime | None, until: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    """Both ends of the time asked for: a missing one lies 90 days from the other."""
    if since is None:
        until = until or now
        return until - SPAN, until
    return since, until or since + SPAN
