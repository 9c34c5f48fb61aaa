"""The figures of a month, section by section."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from handlers.phrases.numbers import question_number
from handlers.reporting.books import RATED
from handlers.reporting.figures import Figure, each, tally
from knowledge.community.tickets.account import ATTENDED, ENDED, INVALID, WHISTLED
from knowledge.community.tickets.ticket import UNFINISHED, Kind, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from handlers.reporting.books import Books
    from knowledge.community.tickets.account import Account

UNREACHED = "没联系上"
"""Outcome of a 回访 without an answer."""
FIXED = {"withdrawn": State.CLOSED_WITHDRAWN, "duplicate": State.CLOSED_DUPLICATE}
OUTCOMES = {
    "ended_confirmed": State.CLOSED_CONFIRMED,
    "ended_silent": State.CLOSED_SILENT,
    "ended_unable": State.CLOSED_UNABLE,
}
"""The classes of 办结; what was rejected is no 有效工单 and stands apart."""


def intake(books: Books) -> Iterator[Figure]:
    """What came in: by number, by voice, by person."""
    filed = [one.no for one in books.filed]
    yield tally("filed", filed)
    yield Figure("per_day", round(len(filed) / books.month.days, 2), each(filed))
    yield _those("valid", books.filed, lambda one: one.valid)
    standing = by_state(books.filed)
    for key, state in FIXED.items():
        yield tally(key, standing[state])
    yield tally("rejected", standing[State.CLOSED_REJECTED])
    joined = [one.no for one in books.joins]
    yield tally("joined", joined)
    yield tally("voices", [*filed, *joined])
    people = {one.reporter for one in books.filed} | {one.actor for one in books.joins}
    yield Figure("people", len(people), each([*filed, *joined]))


def handling(books: Books) -> Iterator[Figure]:
    """What became of it."""
    ended, standing = by_state(books.filed), by_state(books.every)
    yield tally("ended", [no for state in ENDED - INVALID for no in ended[state]])
    for key, state in OUTCOMES.items():
        yield tally(key, ended[state])
    yield tally("open", [no for state in UNFINISHED for no in standing[state]])
    yield tally("unconfirmed", standing[State.HANDLED])
    yield tally("overdue", [one.no for one in books.overdue])
    busy = [one for one in books.every if one.busy]
    yield _sum("transferred", busy, lambda one: one.transfers)
    yield _sum("returned", busy, lambda one: one.returns)
    yield _sum("climbed", busy, lambda one: one.climbs)
    yield _sum("supervised", busy, lambda one: one.supervised)
    yield _sum("urged", busy, lambda one: one.urged)
    yield _sum("redone", busy, lambda one: one.redone)
    yield tally("whistled", standing[State.WHISTLED])
    arrivals = list(_arrivals(books))
    attended = [one.no for one in books.whistles if one.step == ATTENDED]
    yield tally("attended", attended)
    minutes = median(spent for _, spent in arrivals) if arrivals else 0
    yield Figure("attend_minutes", round(minutes), each(no for no, _ in arrivals))
    yield tally("parked", standing[State.PARKED])


def voice(books: Books) -> Iterator[Figure]:
    """What the reporters said of it; silence is a figure of its own."""
    for mark, key in RATED.items():
        yield tally(key, [no for no, rating in books.ratings.items() if rating == mark])
    yield tally("unrated", unrated(books))
    yield _those("silent", books.every, lambda one: one.silent)
    yield tally("called", [one.no for one in books.calls])
    yield tally("unreached", [one.no for one in books.calls if one.reason == UNREACHED])


def service(books: Books) -> Iterator[Figure]:
    """Answers and looks at proof codes (of everywhere only: they belong to no place), the rest."""
    if books.place.scope is None:
        yield Figure("answers", books.answers)
        questions = tuple(map(question_number, books.questions))
        yield Figure("handed_over", len(questions), names=questions)
    yield _those("services", books.filed, lambda one: one.kind is Kind.SERVICE)
    done = [no for no, _ in books.services]
    yield tally("service_turns", done)
    yield Figure("service_people", len({who for _, who in books.services}), each(done))
    issues = dict.fromkeys((one.notice, one.planned) for one in books.notices)
    names = tuple(dict.fromkeys(notice for notice, _ in issues))
    yield Figure("notices", len(issues), names=names)
    yield Figure("notice_chats", len(books.notices), names=names)
    yield Figure("receipts", len(books.receipts))
    yield Figure("receipt_people", len(set(books.receipts)))
    if books.place.scope is None:
        looks = sum(times for _, times in books.verified)
        yield Figure("verified", looks, names=tuple(code for code, _ in books.verified))


def unrated(books: Books) -> list[int]:
    """Tickets whose reporter said 好了, or nothing, in the month and gave no rating in it."""
    return [
        one.no
        for one in books.every
        if (one.answered or one.silent) and one.state in ENDED and one.no not in books.ratings
    ]


def by_state(found: Iterable[Account]) -> dict[State, list[int]]:
    """Numbers of tickets by where they stand; every state is there."""
    groups: dict[State, list[int]] = {state: [] for state in State}
    for one in found:
        groups[one.state].append(one.no)
    return groups


def _arrivals(books: Books) -> Iterator[tuple[int, float]]:
    """Ticket and minutes of every 报到 since its party was whistled for."""
    called: dict[tuple[int, str], datetime] = {}
    for one in books.whistles:
        if one.step == WHISTLED:
            called |= {(one.no, party): one.at for party in one.facts.get("parties", ())}
        elif (one.no, one.actor) in called:
            yield one.no, (one.at - called.pop((one.no, one.actor))).total_seconds() / 60


def _those(key: str, found: Iterable[Account], fits: Callable[[Account], bool]) -> Figure:
    return tally(key, [one.no for one in found if fits(one)])


def _sum(key: str, found: Iterable[Account], count: Callable[[Account], int]) -> Figure:
    """How often something happened; `refs` = to which tickets."""
    counted = ((one.no, count(one)) for one in found)
    return tally(key, [no for no, times in counted if times for _ in range(times)])
