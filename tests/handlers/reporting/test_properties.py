"""Whatever happened: the sums of a report are those of the raw events, counted one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from handlers.reporting.books import Place
from handlers.reporting.monthly import Report, monthly_report
from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.hours import Hours
from knowledge.community.days.month import Month
from knowledge.community.tickets.deed import Deed
from knowledge.community.tickets.ticket import NEXT, Kind, Lane, State, Step
from knowledge.community.tickets.timers import timers
from knowledge.store.rows.tickets import TicketEventRow, TicketRow
from tests.handlers.actions.tickets.lane import HOOD

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from knowledge.store.database import Database

MONTH = Month(2026, 10)
"""With the long holiday and the working Saturday after it."""
START = MONTH.start.astimezone(UTC)
DAYS, HOURS = WorkCalendar(), Hours()
ASIDE = (Step.TRANSFERRED, Step.ESCALATED, Step.SUPERVISED, Step.URGED, Step.NUDGED, Step.NOTED)
OUT = {State.HANDLED, State.CLOSED_CONFIRMED, State.CLOSED_SILENT, State.CLOSED_UNABLE}
OUT |= {State.CLOSED_REJECTED}
GONE = {State.CLOSED_WITHDRAWN, State.CLOSED_DUPLICATE}
ASKED = {State.NEW, State.RETURNED}
STEPS = {"transferred": "transferred", "climbed": "escalated"}
STEPS |= {"supervised": "supervised", "urged": "urged"}


@dataclass(frozen=True)
class Life:
    """One ticket with its events: (hours after the one before, step, state, reason, role, facts)."""

    kind: Kind
    lane: Lane
    place: str | None
    private: bool
    reporter: str
    born: int
    events: tuple[tuple[int, Step, State, str, str, dict[str, Any]], ...]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A walk over the table of allowed steps, with things beside it; it may begin before the month."""
    state = State.NEW
    events: list[Any] = [(0, Step.FILED, State.NEW, "", "居民", {})]
    for _ in range(draw(st.integers(0, 9))):
        gap = draw(st.sampled_from((0, 1, 5, 30, 100, 400)))
        role = draw(st.sampled_from(("居民", "邻长", "社区")))
        if draw(st.integers(0, 9)) < 3:
            step = draw(st.sampled_from((*ASIDE, Step.RATED, Step.JOINED)))
            facts = {"rating": draw(st.integers(1, 3)), "new": draw(st.booleans())}
            events.append((gap, step, state, "", role, facts))
            continue
        target = draw(st.sampled_from(sorted(NEXT[state] - {State.WAITING_REPORTER})))
        again = state in OUT and target is State.ACCEPTED
        reason = "重办" if again else "退单" if target is State.RETURNED else ""
        events.append((gap, Step.MOVED, target, reason, role, {}))
        state = target
    return Life(
        kind=draw(st.sampled_from((Kind.REPAIR, Kind.COMPLAINT, Kind.HELP))),
        lane=draw(st.sampled_from(list(Lane))),
        place=draw(st.sampled_from((None, "b3-1", "b3-2", "b6", "e"))),
        private=draw(st.booleans()),
        reporter=draw(st.sampled_from(("li", "wang", "web:x"))),
        born=draw(st.integers(-900, 740)),
        events=tuple(events),
    )


def write(session: Session, found: list[Life]) -> None:
    session.execute(delete(TicketEventRow))
    session.execute(delete(TicketRow))
    for number, life in enumerate(found, 1):
        at = START + timedelta(hours=life.born)
        ticket = {
            "id": number,
            "no": number,
            "kind": life.kind,
            "category": "light",
            "lane": life.lane,
            "state": life.events[-1][2],
            "private": life.private,
            "place_id": life.place,
            "matter": "x",
            "reporter": life.reporter,
            "channel": "web",
            "chat_id": "@x",
            "claimants": [],
            "images": [],
            "filed_at": at,
            "created_at": at,
        }
        session.execute(insert(TicketRow), ticket)
        before = None
        for seq, (gap, step, state, reason, role, facts) in enumerate(life.events, 1):
            at += timedelta(hours=gap)
            session.execute(
                insert(TicketEventRow),
                {
                    "ticket_id": number,
                    "seq": seq,
                    "at": at,
                    "step": step,
                    "from_state": before,
                    "to_state": state,
                    "actor": life.reporter,
                    "role": role,
                    "reason": reason,
                    "facts": facts,
                    "prev": "",
                    "hash": "",
                },
            )
            before = state


def raw(session: Session) -> dict[int, list[Any]]:
    """The events before the month's end, by ticket, as they stand in the table."""
    rows = session.execute(
        select(TicketEventRow.__table__).order_by(TicketEventRow.ticket_id, TicketEventRow.seq)
    ).all()
    kept: dict[int, list[Any]] = {}
    for row in rows:
        if row.at < MONTH.end:
            kept.setdefault(row.ticket_id, []).append(row)
    return kept


def inside(row: Any) -> bool:
    return bool(MONTH.start <= row.at < MONTH.end)


def first(rows: list[Any], states: set[State], origins: set[State] | None = None) -> Any:
    return next(
        (
            row
            for row in rows
            if row.to_state in states
            and row.from_state != row.to_state
            and (origins is None or row.from_state in origins)
        ),
        None,
    )


def expected(found: dict[int, list[Any]], born: list[Life], as_of: datetime) -> dict[str, int]:
    """Every count, each by its own loop over the raw rows."""
    counts: Counter[str] = Counter()
    for number, rows in found.items():
        counts["open"] += State(rows[-1].to_state) in set(State) - OUT - GONE - {State.DRAFT}
        _happened(counts, [row for row in rows if inside(row)])
        if inside(rows[0]):
            _filed(counts, rows, born[number - 1], as_of)
    return counts


def _happened(counts: Counter[str], rows: list[Any]) -> None:
    """What was done and said inside the month."""
    for key, step in STEPS.items():
        counts[key] += sum(row.step == step for row in rows)
    counts["returned"] += sum(row.reason == "退单" for row in rows)
    counts["redone"] += sum(row.reason == "重办" for row in rows)
    counts["joined"] += sum(row.step == "joined" and row.facts["new"] for row in rows)
    ratings = [row.facts["rating"] for row in rows if row.step == "rated"]
    if ratings:
        counts[("good", "fair", "bad")[ratings[-1] - 1]] += 1
    words = [
        row.to_state == "closed_confirmed"
        for row in rows
        if row.from_state != row.to_state
        and (row.to_state == "closed_confirmed" or (row.reason == "重办" and row.role == "居民"))
    ]
    counts["solved.above"] += bool(words) and words[-1]
    counts["solved.below"] += bool(words)


def _filed(counts: Counter[str], rows: list[Any], life: Life, as_of: datetime) -> None:
    """What became of a ticket of the month, and whether in time."""
    last = State(rows[-1].to_state)
    counts["filed"] += 1
    counts["valid"] += last not in GONE | {State.CLOSED_REJECTED}
    counts["ended"] += last in OUT - {State.HANDLED, State.CLOSED_REJECTED}
    dues = timers([deed(rows[0], life)], DAYS, HOURS)
    assert dues.claim_due is not None
    assert dues.solve_due is not None
    taken = first(rows, set(State) - ASKED - GONE, ASKED)
    if taken or (last not in GONE and dues.claim_due <= as_of):
        counts["response.below"] += 1
        counts["response.above"] += bool(taken) and taken.at <= dues.claim_due
    done = first(rows, OUT)
    if last not in GONE | {State.CLOSED_REJECTED} and (done or dues.solve_due <= as_of):
        counts["in_time.below"] += 1
        counts["in_time.above"] += bool(done) and done.at <= dues.solve_due


def deed(row: Any, life: Life) -> Deed:
    facts = {"lane": life.lane, "kind": life.kind}
    return Deed(1, 1, row.at, Step.FILED, None, State.NEW, "x", facts=facts)


def said(report: Report) -> dict[str, int]:
    counts = {one.key: int(one.count) for one in report.figures}
    for rate in report.rates:
        counts[f"{rate.key}.above"], counts[f"{rate.key}.below"] = rate.above, rate.below
    return counts


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(found=st.lists(lives(), min_size=1, max_size=8))
def test_every_sum_of_a_report_is_that_of_the_raw_events(
    lasting_database: Database, found: list[Life]
) -> None:
    with lasting_database.transaction() as session:
        write(session, found)
    with lasting_database.view() as session:
        report = monthly_report(session, MONTH, Place(HOOD, DAYS, HOURS))
        counted = expected(raw(session), found, report.as_of)
    told = said(report)
    assert {key: told[key] for key in counted} == dict(counted)
    for table in report.tables:
        if len(table.rows) < 10:
            assert sum(row.count for row in table.rows) == told["filed"], table.key
    for figure in report.figures:
        assert len(figure.numbers) <= figure.count or figure.key in (
            "per_day",
            "people",
            "recurring",
        )
