"""What the database folds of a history is what a reader makes of it event by event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from knowledge.community.tickets.account import (
    ANSWERED,
    APART,
    ASKED,
    OUT,
    SAID_ON_PHONE,
    Account,
    Span,
)
from knowledge.community.tickets.ticket import NEXT, Kind, Lane, State, Step
from knowledge.store.accounts import accounts, accounts_of
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from knowledge.store.database import Database

START = datetime(2026, 10, 1, tzinfo=UTC)
SPAN = Span(START, START + timedelta(days=31))
EVER = Span(datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
BESIDE = (
    *(Step.TRANSFERRED, Step.ESCALATED, Step.SUPERVISED, Step.URGED, Step.NUDGED),
    *(Step.CALLED, Step.RATED, Step.JOINED),
)
MARKS = {"满意": 1, "一般": 2, "没好": 3}
COUNTED = {"transferred": "transfers", "escalated": "climbs"}
COUNTED |= {"supervised": "supervised", "urged": "urged"}
Trace = tuple[datetime, str, str | None, str, str, str]
"""When, which step, from where, to where, its word of reason, whose role."""


@st.composite
def histories(draw: st.DrawFn) -> list[Trace]:
    """A walk over the table of allowed steps, the waits for the reporter among them."""
    at = START + timedelta(hours=draw(st.integers(-500, 740)))
    found: list[Trace] = [(at, Step.FILED, None, State.NEW, "", "居民")]
    state = State.NEW
    for _ in range(draw(st.integers(0, 12))):
        at += timedelta(hours=draw(st.sampled_from((0, 1, 5, 30, 100, 400))))
        role = draw(st.sampled_from(("居民", "邻长", "社区")))
        if draw(st.integers(0, 9)) < 3:
            step = draw(st.sampled_from(BESIDE))
            reason = draw(st.sampled_from((*SAID_ON_PHONE, "没联系上", "")))
            found.append((at, step, state, state, reason, role))
            continue
        target = draw(st.sampled_from(sorted(NEXT[state])))
        again = state in OUT and target is State.ACCEPTED
        reason = "重办" if again else "退单" if target is State.RETURNED else ""
        found.append((at, Step.MOVED, state, target, reason, role))
        state = target
    return found


def write(session: Session, found: list[list[Trace]]) -> None:
    session.execute(delete(TicketEventRow))
    session.execute(delete(TicketRow))
    for no, traces in enumerate(found, 1):
        fixed = {"kind": Kind.REPAIR, "category": "light", "lane": Lane.P2, "matter": "x"}
        fixed |= {"reporter": "li", "channel": "web", "chat_id": "@x", "place_id": "b3"}
        moments = {"filed_at": traces[0][0], "created_at": traces[0][0]}
        lists: dict[str, Any] = {"claimants": [], "images": []}
        ticket = {"id": no, "no": no, "state": traces[-1][3]} | fixed | moments | lists
        session.execute(insert(TicketRow), ticket)
        names = ("at", "step", "from_state", "to_state", "reason", "role")
        for seq, trace in enumerate(traces, 1):
            mark = MARKS.get(trace[4]) if trace[1] == Step.RATED else None
            facts = {"facts": {"rating": mark} if mark else {}}
            event = dict(zip(names, trace, strict=True)) | {"actor": "x"} | facts
            chained = {"ticket_id": no, "seq": seq, "prev": "", "hash": ""}
            session.execute(insert(TicketEventRow), event | chained)


def read(no: int, traces: list[Trace], span: Span) -> Account:
    """The account of a history, one event after another."""
    account = Account(no, Kind.REPAIR, "light", Lane.P2, "b3", "web", False, "li", State.DRAFT)
    for trace in traces:
        if trace[0] < span.end:
            take(account, trace, inside=trace[0] >= span.start)
    dated = account.state in (State.PARKED, State.WHISTLED)
    pauses = tuple(wait for wait in account.pauses if wait[0] < wait[1])
    return replace(account, since=account.since if dated else None, pauses=pauses)


def take(account: Account, trace: Trace, *, inside: bool) -> None:
    at, step, origin, target, reason, role = trace
    if origin != target:
        move(account, at, origin, State(target))
        if inside:
            hear(account, target, reason, role)
    elif inside and step == Step.CALLED and reason in SAID_ON_PHONE:
        account.answered, account.silent = SAID_ON_PHONE[reason], False
    if inside:
        account.apart = account.apart or step in APART
        account.rating = MARKS.get(reason, account.rating) if step == Step.RATED else account.rating
    counter = COUNTED.get(step) or {"重办": "redone", "退单": "returns"}.get(reason)
    if counter and inside:
        setattr(account, counter, getattr(account, counter) + 1)


def move(account: Account, at: datetime, origin: str | None, target: State) -> None:
    if account.filed is None and target is State.NEW:
        account.filed = at
    elif account.contacted is None and origin in ASKED and target in ANSWERED:
        account.contacted = at
    if origin == State.WAITING_REPORTER and account.since and account.done is None:
        account.pauses += ((account.since, at),)
    account.done = at if account.done is None and target in OUT else account.done
    account.state, account.since = target, at


def hear(account: Account, target: str, reason: str, role: str) -> None:
    if target == State.CLOSED_CONFIRMED:
        account.answered, account.silent = True, False
    elif target == State.CLOSED_SILENT:
        account.silent = account.answered is None
    elif reason == "重办":
        account.silent = False
        account.answered = False if role == "居民" else account.answered


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(histories(), min_size=1, max_size=12))
def test_the_database_folds_what_a_reader_makes_of_every_history(
    lasting_database: Database, found: list[list[Trace]]
) -> None:
    with lasting_database.transaction() as session:
        write(session, found)
        month = {one.no: one for one in accounts(session, SPAN)}
        whole = accounts_of(session, range(1, len(found) + 1))
    for no, traces in enumerate(found, 1):
        assert short(whole[no]) == read(no, traces, EVER)
        concerned = traces[0][0] < SPAN.end and (
            traces[-1][0] >= SPAN.start or not traces[-1][3].startswith("closed_")
        )
        assert (no in month) == concerned
        if concerned:
            assert short(month[no]) == read(no, traces, SPAN)


def short(account: Account) -> Account:
    """A wait of no length is none."""
    return replace(account, pauses=tuple(wait for wait in account.pauses if wait[0] < wait[1]))


def test_what_nobody_has_filed_is_in_no_account(database: Database) -> None:
    with database.transaction() as session:
        write(session, [[(START, Step.DRAFTED, None, State.DRAFT, "", "居民")]])
        session.execute(update(TicketRow).values(filed_at=None))
        assert session.scalar(select(TicketRow.no)) == 1
        assert accounts(session, SPAN) == []
        assert accounts_of(session, [1]) == {}
