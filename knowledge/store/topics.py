"""The topics of the meeting as pages and reports read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from knowledge.store.rows.topics import TopicRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from knowledge.community.tickets.account import Span

NEWEST = 200
"""Topics on the page at most: some years of one community."""


def topics_at(session: Session, places: Collection[str] | None) -> list[TopicRow]:
    """The topics of these places (None = of all), the newest first."""
    query = select(TopicRow).order_by(TopicRow.raised_at.desc(), TopicRow.id.desc()).limit(NEWEST)
    if places is not None:
        query = query.where(TopicRow.place_id.in_(sorted(places)))
    return list(session.scalars(query))


def topics_in(session: Session, span: Span) -> list[TopicRow]:
    """The topics raised, decided or done in the span, by number."""
    row, first, last = TopicRow, span.start.date(), span.end.date()
    raised = (row.raised_at >= span.start) & (row.raised_at < span.end)
    held = (row.held_on >= first) & (row.held_on < last)
    done = (row.done_on >= first) & (row.done_on < last)
    return list(session.scalars(select(row).where(or_(raised, held, done)).order_by(row.id)))


def waiting_of(session: Session, who: str, since: datetime) -> int:
    """How many topics of a party wait since then for a meeting."""
    query = select(func.count()).where(
        TopicRow.raised_by == who, TopicRow.raised_at >= since, TopicRow.decision.is_(None)
    )
    return session.scalar(query) or 0


def raised_by(session: Session, names: Collection[str]) -> list[TopicRow]:
    """The topics that a party has raised, the oldest first."""
    query = select(TopicRow).where(TopicRow.raised_by.in_(names)).order_by(TopicRow.id)
    return list(session.scalars(query))
