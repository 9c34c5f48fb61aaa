"""Everything that a month's report is counted from, read at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from handlers.reporting.spots import Spots
from knowledge.community.days.zone import to_utc
from knowledge.community.tickets.account import ATTENDED, CALLED, ENDED, INVALID, WHISTLED, Span
from knowledge.community.tickets.categories import category
from knowledge.community.tickets.promised import Promises
from knowledge.community.tickets.ticket import SPLIT_OFF, Kind, State, Step
from knowledge.store.accounts import accounts, asides, newest_event, reviews
from knowledge.store.monthly import (
    answers_given,
    filed_by_matter,
    notices_sent,
    questions_asked,
    receipts_given,
    seasonal,
    services_done,
    verified_codes,
)
from knowledge.store.topics import topics_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.reporting.scope import Scope
    from knowledge.community.days.hours import Days, Hours
    from knowledge.community.days.month import Month
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.tickets.account import Account
    from knowledge.store.accounts import Aside
    from knowledge.store.monthly import NoticeSent, Seasonal
    from knowledge.store.rows.topics import TopicRow

SEASON = timedelta(days=90)
"""How far back the same matter at the same building is looked for (未诉先办)."""
OFTEN = 3
"""So many of one category at one building in 90 days are one finding (未诉先办)."""
_EXCUSED = frozenset({State.PARKED, State.HANDLED}) | ENDED | INVALID
RATED = {1: "good", 2: "fair", 3: "bad"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report is made: the neighbourhood, its calendar and service hours.

    `scope` = the places that are reported on; None = everything, also what belongs to no place.
    """

    hood: Neighbourhood
    days: Days
    hours: Hours
    scope: Scope | None = None

    def holds(self, place_id: str | None, *, private: bool) -> bool:
        """Whether a ticket is reported on."""
        return self.scope is None or self.scope.holds(place_id, private=private)

    def of_it(self, found: Iterable[Account]) -> Iterable[Account]:
        """Leave out the tickets that are not reported on."""
        if self.scope is None:
            return found
        return (one for one in found if self.scope.holds(one.place, private=one.private))

    def of_these(self, found: Iterable[Seasonal]) -> Iterable[Seasonal]:
        """The same for what is no secret."""
        if self.scope is None:
            return found
        return (one for one in found if self.scope.holds(one[1], private=False))

    def hears(self, chat: str) -> bool:
        """Whether a chat `channel:id` belongs to the places."""
        if self.scope is None:
            return True
        group = self.hood.chat(*chat.split(":", 1))
        return group is not None and self.scope.holds(group.scope, private=False)


@dataclass(frozen=True)
class Books:
    """A month's tickets and what stands beside them, none of it later than `as_of`."""

    month: Month
    place: Place
    as_of: datetime
    every: tuple[Account, ...]
    """All tickets open or touched in the month."""
    filed: tuple[Account, ...]
    """Those filed in it."""
    promises: Promises
    map: Spots
    joins: tuple[Aside, ...]
    ratings: dict[int, int]
    """The last rating of the month, 1 满意, 2 一般, 3 不满意, by ticket; one by phone goes first."""
    calls: tuple[Aside, ...]
    """回访 made in the month."""
    whistles: tuple[Aside, ...]
    """Who was whistled for, and who reported in, oldest first."""
    reviews: dict[int, datetime]
    """When parked tickets must be looked at again."""
    before: dict[str, int]
    """Filings of the month before, by category."""
    season: tuple[Seasonal, ...]
    """What is no secret, over 90 days, by matter and place."""
    services: tuple[tuple[int, str], ...]
    answers: int
    """Given by the bot, to whomever: they and the questions belong to no place."""
    questions: tuple[int, ...]
    notices: tuple[NoticeSent, ...]
    receipts: tuple[str, ...]
    verified: tuple[tuple[str, int], ...]
    """Genuine proof codes and how often each was asked about, anywhere."""
    topics: tuple[TopicRow, ...]
    """What was raised, decided or done in it."""

    @property
    def running(self) -> bool:
        """Whether nothing tells yet that the month is over."""
        return self.as_of < self.month.end

    @cached_property
    def overdue(self) -> tuple[Account, ...]:
        """What is not done though its time is over; who parked one has said why."""
        asked = (one for one in self.every if one.state not in _EXCUSED)
        return tuple(one for one in asked if self.promises.solving(one) <= self.as_of)

    @cached_property
    def recurring(self) -> dict[tuple[str, str], list[int]]:
        """Tickets by (building, category) where the same came `OFTEN` in 90 days."""
        groups: dict[tuple[str, str], list[int]] = defaultdict(list)
        for matter, place, numbers in self.season:
            where = self.map.building(place)
            if where:
                groups[where, matter] += map(int, numbers.split(","))
        return {names: sorted(found) for names, found in groups.items() if len(found) >= OFTEN}


def open_books(session: Session, month: Month, place: Place) -> Books:
    """Read a month up to its end, or to the newest event of all: nothing but the data decides."""
    span = Span(month.start, month.end)
    inside = Span(to_utc(span.start), to_utc(span.end))  # compared three times faster with UTC
    every = tuple(place.of_it(accounts(session, span)))
    apart = asides(session, span, [one.no for one in every if one.apart])
    calls = [one for one in apart if one.step == CALLED]
    by_phone = {one.no: int(one.facts["rating"]) for one in calls if one.facts.get("rating")}
    parked = [one.no for one in every if one.state is State.PARKED]
    orders = [one.no for one in every if one.kind is Kind.SERVICE]
    season = seasonal(session, Span(month.end - SEASON, month.end))
    receipts = receipts_given(session, span)
    return Books(
        month=month,
        place=place,
        as_of=as_of(session, month),
        every=every,
        filed=tuple(one for one in every if inside.holds(one.filed)),
        promises=Promises(place.days, place.hours),
        map=Spots(place.hood),
        joins=tuple(_joins(apart)),
        ratings={one.no: one.rating for one in every if one.rating is not None} | by_phone,
        calls=tuple(calls),
        whistles=tuple(one for one in apart if one.step in (WHISTLED, ATTENDED)),
        reviews=reviews(session, parked, month.end),
        before=_before(session, month, place),
        season=tuple(place.of_these(season)),
        services=tuple(services_done(session, span, orders)),
        answers=answers_given(session, span),
        questions=tuple(questions_asked(session, span)),
        notices=tuple(one for one in notices_sent(session, span) if place.hears(one.chat)),
        receipts=tuple(who for who, chat in receipts if place.hears(chat)),
        verified=tuple(verified_codes(session, span)),
        topics=tuple(
            one for one in topics_in(session, span) if place.holds(one.place_id, private=False)
        ),
    )


def as_of(session: Session, month: Month) -> datetime:
    """Until when a month is known: its end, or the newest event of all."""
    return max(month.start, min(newest_event(session) or month.start, month.end))


def _before(session: Session, month: Month, place: Place) -> dict[str, int]:
    """The filings of the month before, by name of category."""
    counts: Counter[str] = Counter()
    span = Span(month.before.start, month.start)
    for code, where, private, count in filed_by_matter(session, span):
        if place.holds(where, private=private):
            counts[category_name(code)] += count
    return counts


def _joins(apart: list[Aside]) -> Iterator[Aside]:
    """Who reported what others had reported and was not split off again in the month."""
    gone = Counter(
        (one.no, who)
        for one in apart
        if one.reason == SPLIT_OFF
        for who in one.facts.get("gone", ())
    )
    for one in apart:
        if one.step == Step.JOINED and one.facts.get("new"):
            gone[one.no, one.actor] -= 1
            if gone[one.no, one.actor] < 0:
                yield one


def category_name(code: str) -> str:
    """What people call a category; its code where the list does not have it."""
    found = category(code)
    return found.name if found else code
