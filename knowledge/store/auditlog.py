"""The audit log: what stands in four histories, read as one list, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, func, or_, select

from knowledge.store.rows.audit import AuditRow
from knowledge.store.rows.faq import ChangeRow
from knowledge.store.rows.notices import RoundRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

TICKET, FAQ, NOTICE = "ticket", "faq", "notice"
NOBODY = "clock"
BY_HAND = ("notice.send", "notice.correct")
"""Deeds that begin a round."""
NUMBER_DIGITS = 9


class Line(NamedTuple):
    """One thing that was done; `deed` is named in its kind's own words (step, how, verb)."""

    at: datetime
    kind: str
    deed: str
    who: str
    second: str
    subject: str
    detail: str
    place: tuple[int, tuple[int | str, ...]]
    """History and row: where a page ends and the next one begins."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None or "" = everything."""

    people: frozenset[str] | None = None
    kind: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[datetime, int, tuple[int | str, ...]] | None = None
    """Moment, history and row of the last line that was shown."""


def lines(session: Session, wanted: Wanted, count: int) -> list[Line]:
    """Return at most `count` lines, the newest first."""
    found = [
        read(session, wanted, rank, count)
        for rank, (kind, read) in enumerate(_HISTORIES)
        if wanted.kind in ("", kind) or (not kind and wanted.kind not in _OWN)
    ]
    newest = merge(*found, key=lambda line: (line.at, -line.place[0]), reverse=True)
    return list(islice(newest, count))


def _tickets(session: Session, wanted: Wanted, rank: int, count: int) -> Iterator[Line]:
    row = TicketEventRow
    query = select(row.at, row.id, row.actor, row.step, row.to_state, row.from_state, TicketRow.no)
    query = query.join(TicketRow, TicketRow.id == row.ticket_id)
    if wanted.people is not None:
        query = query.where(row.actor.in_(wanted.people))
    if wanted.subject:
        number = wanted.subject.removeprefix("#")
        if not (number.isascii() and number.isdigit() and len(number) <= NUMBER_DIGITS):
            return
        query = query.where(TicketRow.no == int(number))
    for one in session.execute(_page(query, wanted, rank, count, row.at, row.id)):
        deed = ":".join(filter(None, (one.step, one.to_state, one.from_state)))
        yield Line(one.at, TICKET, deed, one.actor, "", str(one.no), "", (rank, (one.id,)))


def _entries(session: Session, wanted: Wanted, rank: int, count: int) -> Iterator[Line]:
    row = ChangeRow
    query = select(row.at, row.faq_id, row.number, row.who, row.second, row.how)
    query = query.where(row.how != "found")
    if wanted.people is not None:
        query = query.where(or_(row.who.in_(wanted.people), row.second.in_(wanted.people)))
    if wanted.subject:
        query = query.where(row.faq_id == wanted.subject)
    for one in session.execute(_page(query, wanted, rank, count, row.at, row.faq_id, row.number)):
        place = (rank, (one.faq_id, one.number))
        yield Line(one.at, FAQ, one.how, one.who, one.second, one.faq_id, "", place)


def _rounds(session: Session, wanted: Wanted, rank: int, count: int) -> Iterator[Line]:
    row = RoundRow
    who = _sender()
    query = select(row.begun_at, row.id, row.notice_id, row.title, who.label("who"))
    if wanted.people is not None:
        query = query.where(who.in_(wanted.people))
    if wanted.subject:
        query = query.where(row.notice_id == wanted.subject)
    for one in session.execute(_page(query, wanted, rank, count, row.begun_at, row.id)):
        place = (rank, (one.id,))
        yield Line(one.begun_at, NOTICE, "begun", one.who, "", one.notice_id, one.title, place)


def _sender() -> ColumnElement[str]:
    """Who began a round: whose deed stands at its very moment, else the clock."""
    row = AuditRow
    asked = (
        select(row.who)
        .where(row.at == RoundRow.begun_at, row.deed.in_(BY_HAND))
        .where(
            or_(RoundRow.notice_id == row.subject, RoundRow.notice_id.startswith(row.subject + "~"))
        )
        .limit(1)
    )
    return func.coalesce(asked.correlate(RoundRow).scalar_subquery(), NOBODY)


def _deeds(session: Session, wanted: Wanted, rank: int, count: int) -> Iterator[Line]:
    row = AuditRow
    query = select(row)
    if wanted.kind:
        query = query.where(row.kind == wanted.kind)
    if wanted.subject:
        query = query.where(row.subject == wanted.subject)
    queries = [query]
    if wanted.people is not None:  # two questions: each has its index, the two in one have none
        queries = [query.where(one.in_(wanted.people)) for one in (row.who, row.subject)]
    found = {
        one.id: one
        for each in queries
        for one in session.scalars(_page(each, wanted, rank, count, row.at, row.id))
    }
    for one in sorted(found.values(), key=lambda one: (one.at, one.id), reverse=True):
        place = (rank, (one.id,))
        yield Line(one.at, one.kind, one.deed, one.who, "", one.subject, one.detail, place)


def _page(
    query: Select[*tuple[Any, ...]], wanted: Wanted, rank: int, count: int, at: Any, *keys: Any
) -> Select[*tuple[Any, ...]]:
    if wanted.since is not None:
        query = query.where(at >= wanted.since)
    if wanted.until is not None:
        query = query.where(at < wanted.until)
    if wanted.after is not None:
        query = query.where(_behind(wanted.after, rank, at, keys))
    return query.order_by(at.desc(), *(key.desc() for key in keys)).limit(count)


def _behind(
    after: tuple[datetime, int, tuple[int | str, ...]], rank: int, at: Any, keys: tuple[Any, ...]
) -> ColumnElement[bool]:
    """What comes after a line: an earlier moment, or at the same one a later history or row."""
    moment, shown, row = after
    if rank > shown:
        return at <= moment  # type: ignore[no-any-return]
    if rank < shown or len(row) != len(keys):
        return at < moment  # type: ignore[no-any-return]
    smaller = keys[-1] < row[-1]
    for key, value in reversed(list(zip(keys[:-1], row[:-1], strict=True))):
        smaller = or_(key < value, and_(key == value, smaller))
    return and_(at <= moment, or_(at < moment, smaller))


_OWN = frozenset({TICKET, FAQ})
"""Kinds that stand in one history of their own."""
_HISTORIES: tuple[tuple[str, Any], ...] = (
    (TICKET, _tickets),
    (FAQ, _entries),
    (NOTICE, _rounds),
    ("", _deeds),
)
"""The histories by the kind they tell of; "" = every other kind, and deeds about notices."""
