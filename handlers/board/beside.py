"""What stands beside the requests on a board: questions answered, notices sent, findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from knowledge.community.tickets.account import Span
from knowledge.store.findings import standing as standing_findings
from knowledge.store.monthly import answers_given, sent_to
from knowledge.store.rows.notices import ReceiptRow
from knowledge.store.rows.questions import QuestionRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.reporting.scope import Scope
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.store.rows.findings import FindingRow


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions of the last days: answered at once, handed to a person; and who still waits."""

    hits: int
    misses: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Notices:
    """Notices of the last days: how many, into how many groups, how many people said 收到."""

    issues: int
    groups: int
    receipts: int


def answers(session: Session, start: datetime, now: datetime) -> Answers:
    """Count for the whole community: a question belongs to no place."""
    handed = select(func.count()).where(QuestionRow.asked_at >= start, QuestionRow.asked_at <= now)
    waiting = select(func.count()).where(QuestionRow.state == "open")
    hits = answers_given(session, Span(start, now))
    return Answers(hits, session.scalar(handed) or 0, session.scalar(waiting) or 0)


def notices(
    session: Session, scope: Scope, hood: Neighbourhood, start: datetime, now: datetime
) -> Notices:
    """Count what went to groups that belong to the scope."""
    sent, issues = [], set()
    for sending, notice, planned, channel, chat in sent_to(session, Span(start, now)):
        group = hood.chat(channel, chat)
        if scope.ids is None or (group is not None and group.scope in scope.ids):
            sent.append(sending)
            issues.add((notice, planned))
    said = select(func.count()).where(ReceiptRow.sending_id.in_(sent))
    return Notices(len(issues), len(sent), session.scalar(said) or 0)


def findings(session: Session, scope: Scope) -> list[FindingRow]:
    """未诉先办: what keeps coming back inside the scope and nobody has settled."""
    return [
        row for row in standing_findings(session) if scope.ids is None or row.place_id in scope.ids
    ]
