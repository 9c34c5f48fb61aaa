"""The history of the entries: what each said from when on, and who changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select, update

from knowledge.store.base import Model
from knowledge.store.once import insert_once
from knowledge.store.rows.faq import ChangeRow, ObjectionRow
from knowledge.store.rows.questions import AnswerRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


_CHANGES = Model.metadata.tables[ChangeRow.__tablename__]


def history(session: Session, faq_id: str) -> list[ChangeRow]:
    """Return all changes of an entry, the newest first."""
    query = select(ChangeRow).where(ChangeRow.faq_id == faq_id)
    return list(session.scalars(query.order_by(ChangeRow.number.desc())))


def newest(session: Session) -> dict[str, ChangeRow]:
    """Return the last change of every entry, by its id."""
    return {row.faq_id: row for row in session.scalars(_last())}


def _last() -> Select[ChangeRow]:
    last = select(ChangeRow.faq_id, func.max(ChangeRow.number).label("number"))
    each = last.group_by(ChangeRow.faq_id).subquery()
    same = and_(each.c.faq_id == ChangeRow.faq_id, each.c.number == ChangeRow.number)
    return select(ChangeRow).join(each, same)


def gone(session: Session) -> dict[str, str]:
    """Return what each entry that has gone said last, by its id; a draft never stood."""
    taken_out = _last().where(ChangeRow.text == "", ChangeRow.how != "dropped")
    told = {row.faq_id: history(session, row.faq_id) for row in session.scalars(taken_out).all()}
    return {
        faq_id: next((row.text for row in rows if row.text), "") for faq_id, rows in told.items()
    }


def append(session: Session, row: ChangeRow) -> bool:
    """Write a change down; False when another process has counted that number already."""
    values = {column.name: getattr(row, column.name) for column in _CHANGES.c}
    statement = _once(session).values(values).returning(_CHANGES.c.number)
    return session.scalar(statement) is not None


def begin_history(session: Session, texts: Mapping[str, str], at: datetime) -> int:
    """Write down how the entries were found when their history began; return how many."""
    first = {"number": 1, "at": at, "who": "", "second": "", "how": "found"}
    rows = [{"faq_id": faq_id, "text": text, **first} for faq_id, text in texts.items()]
    if rows:
        session.execute(_once(session), rows)
    return len(rows)


def _once(session: Session) -> Any:
    return insert_once(session, _CHANGES, "faq_id", "number")


def open_objections(session: Session, faq_id: str | None = None) -> list[ObjectionRow]:
    """Return what waits for somebody's judgement, oldest first; of one entry or of all."""
    query = select(ObjectionRow).where(ObjectionRow.state == "open")
    if faq_id is not None:
        query = query.where(ObjectionRow.faq_id == faq_id)
    return list(session.scalars(query.order_by(ObjectionRow.id)))


def untell(session: Session, faq_id: str, since: datetime) -> None:
    """Let a correction that was queued since then, and never sent, be as if it had not been."""
    session.execute(
        update(AnswerRow)
        .where(AnswerRow.faq_id == faq_id, AnswerRow.corrected_at >= since)
        .values(corrected_at=None)
    )
    session.execute(
        update(ObjectionRow)
        .where(
            ObjectionRow.faq_id == faq_id,
            ObjectionRow.state == "corrected",
            ObjectionRow.settled_at >= since,
        )
        .values(state="open", settled_at=None, settled_by="")
    )


def objected_lately(session: Session, who: str, since: datetime) -> int:
    """Return how many objections a party has raised since then."""
    query = select(func.count()).where(ObjectionRow.who == who, ObjectionRow.at > since)
    return session.scalar(query) or 0
