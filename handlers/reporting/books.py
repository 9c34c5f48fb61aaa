"""Everything that a month's report is counted from, read at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.reporting.spots import Spots
from knowledge.community.account import CALLED, ENDED, INVALID, Span
from knowledge.community.categories import category
from knowledge.community.promised import Promises
from knowledge.community.ticket import SPLIT_OFF, State, Step
from knowledge.store.accounts import accounts, asides, newest_event, reviews
from knowledge.store.monthly import (
    answers_given,
    filed_by_category,
    notices_sent,
    questions_asked,
    receipts_given,
    seasonal,
    services_done,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from knowledge.community.account import Account
    from knowledge.community.hours import Days, Hours
    from knowledge.community.month import Month
    from knowledge.community.neighbourhood import Neighbourhood
    from knowledge.store.accounts import Aside
    from knowledge.store.monthly import NoticeSent

SEASON = timedelta(days=90)
"""How far back the same matter at the same building is looked for (未诉先办)."""
WHISTLED, ATTENDED = "whistled", "attended"
"""Steps of 吹哨报到."""
RATED = {1: "good", 2: "fair", 3: "bad"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report is made: the neighbourhood, its calendar and service hours."""

    hood: Neighbourhood
    days: Days
    hours: Hours


@dataclass(frozen=True, slots=True)
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
    season: tuple[tuple[int, str, str], ...]
    """Number, category and place of what is no secret, over 90 days."""
    services: tuple[tuple[int, str], ...]
    answers: int
    questions: tuple[int, ...]
    notices: tuple[NoticeSent, ...]
    receipts: tuple[str, ...]

    @property
    def running(self) -> bool:
        """Whether nothing tells yet that the month is over."""
        return self.as_of < self.month.end

    def overdue(self, account: Account) -> bool:
        """Whether it is not done though its time is over; who parked it has said why."""
        late = account.state not in {State.PARKED, State.HANDLED} | ENDED | INVALID
        return late and self.promises.solving(account) <= self.as_of


def open_books(session: Session, month: Month, place: Place) -> Books:
    """Read a month up to its end, or to the newest event of all: nothing but the data decides."""
    span = Span(month.start, month.end)
    every = tuple(accounts(session, span))
    beside = asides(session, span, (Step.RATED, CALLED, Step.JOINED, WHISTLED, ATTENDED))
    calls = [one for one in beside if one.step == CALLED]
    rated = [*(one for one in beside if one.step == Step.RATED), *calls]
    parked = [one.no for one in every if one.state is State.PARKED]
    last = newest_event(session) or month.start
    before = filed_by_category(session, Span(month.before.start, month.start))
    return Books(
        month=month,
        place=place,
        as_of=max(month.start, min(last, month.end)),
        every=every,
        filed=tuple(one for one in every if span.holds(one.filed)),
        promises=Promises(place.days, place.hours),
        map=Spots(place.hood),
        joins=tuple(_joins(beside)),
        ratings={one.no: int(one.facts["rating"]) for one in rated if one.facts.get("rating")},
        calls=tuple(calls),
        whistles=tuple(one for one in beside if one.step in (WHISTLED, ATTENDED)),
        reviews=reviews(session, parked, month.end),
        before={category_name(code): count for code, count in before.items()},
        season=tuple(seasonal(session, Span(month.end - SEASON, month.end))),
        services=tuple(services_done(session, span)),
        answers=answers_given(session, span),
        questions=tuple(questions_asked(session, span)),
        notices=tuple(notices_sent(session, span)),
        receipts=tuple(receipts_given(session, span)),
    )


def _joins(beside: list[Aside]) -> Iterator[Aside]:
    """Who reported what others had reported and was not split off again in the month."""
    gone = Counter(
        (one.no, who)
        for one in beside
        if one.reason == SPLIT_OFF
        for who in one.facts.get("gone", ())
    )
    for one in beside:
        if one.step == Step.JOINED and one.facts.get("new"):
            gone[one.no, one.actor] -= 1
            if gone[one.no, one.actor] < 0:
                yield one


def category_name(code: str) -> str:
    """What people call a category; its code where the list does not have it."""
    found = category(code)
    return found.name if found else code
