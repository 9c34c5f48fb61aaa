"""Which entries were the answer, how sure that was, and who is still to be told if one was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from knowledge.store.rows.questions import AnswerRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

REMEMBERED = timedelta(days=7)
"""How long it is known who was given an answer: as long as a correction would be told."""


@dataclass(frozen=True, slots=True)
class Use:
    """How often an entry was the answer, and the mean of how sure it was; 0..1, None = unknown."""

    times: int
    confidence: float | None


def uses(session: Session) -> dict[str, Use]:
    """Return how the entries were used, by their ids."""
    query = select(AnswerRow.faq_id, func.count(), func.avg(AnswerRow.score)).group_by(
        AnswerRow.faq_id
    )
    return {faq_id: Use(times, mean) for faq_id, times, mean in session.execute(query)}


def times_lately(session: Session, faq_id: str, now: datetime) -> int:
    """Return how often an entry was the answer within the days that are remembered."""
    query = select(func.count()).where(AnswerRow.faq_id == faq_id, AnswerRow.at > now - REMEMBERED)
    return session.scalar(query) or 0


def given_to(session: Session, who: str) -> int:
    """Return how many answers are remembered as given to a party."""
    return session.scalar(select(func.count()).where(AnswerRow.who == who)) or 0


def last_given(
    session: Session, channel: str, chat_id: str, since: datetime, who: str | None = None
) -> AnswerRow | None:
    """Return the newest answer given in a chat since then, to `who` where that is named."""
    query = select(AnswerRow).where(
        AnswerRow.channel == channel, AnswerRow.chat_id == chat_id, AnswerRow.at >= since
    )
    if who is not None:
        query = query.where(AnswerRow.who == who)
    return session.scalars(query.order_by(AnswerRow.id.desc()).limit(1)).first()


def was_given(session: Session, channel: str, chat_id: str, faq_id: str, since: datetime) -> bool:
    """Whether an entry was the answer in a chat since then."""
    query = select(AnswerRow.id).where(
        AnswerRow.channel == channel,
        AnswerRow.chat_id == chat_id,
        AnswerRow.at >= since,
        AnswerRow.faq_id == faq_id,
    )
    return session.scalars(query.limit(1)).first() is not None


def still_to_tell(session: Session, faq_id: str, now: datetime) -> list[AnswerRow]:
    """Return the answers given lately whose askers were not told of a correction, oldest first."""
    query = select(AnswerRow).where(
        AnswerRow.faq_id == faq_id,
        AnswerRow.at > now - REMEMBERED,
        AnswerRow.who.is_not(None),
        AnswerRow.corrected_at.is_(None),
    )
    return list(session.scalars(query.order_by(AnswerRow.id)))


def forget_askers(session: Session, *, before: datetime | None = None, who: str = "") -> None:
    """Keep of answers given before a moment, or to a party, only that they were given."""
    which = AnswerRow.who == who if before is None else AnswerRow.at < before
    session.execute(
        update(AnswerRow)
        .where(AnswerRow.who.is_not(None), which)
        .values(who=None, channel=None, chat_id=None),
        execution_options={"synchronize_session": False},
    )
