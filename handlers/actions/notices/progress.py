"""How far the rounds of notices are: told, waiting, failed, and how they stand in a word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from handlers.actions.notices.delivering import RELAY
from handlers.actions.notices.posting import CANCELLED
from handlers.phrases import notices as phrases
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.notices import RoundRow, SendingRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is; `chats` = the sum of the counts, without those cancelled."""

    round: RoundRow
    sent: int
    waiting: int
    failed: int
    unsure: int
    by_hand: int = 0
    """Waiting until a member of staff confirms them in their own client."""
    corrected: bool = False
    """Whether those who got it have been told what is right."""
    cut_short: bool = False
    """Whether it was ended before all its chats had it."""
    due: datetime | None = None
    """Before when nothing of what waits goes out; None where nothing waits."""

    @property
    def chats(self) -> int:
        """Chats that get it, or should."""
        return self.sent + self.waiting + self.failed + self.unsure + self.by_hand

    @property
    def running(self) -> bool:
        """Whether something of it still waits, so that it can be halted or ended."""
        return bool(self.waiting) and self.round.cancelled_at is None

    @property
    def told(self) -> int:
        """Chats that got it or may have got it: who can be told what is right."""
        return self.sent + self.unsure

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        if self.corrected:
            return phrases.CORRECTED
        if self.cut_short:
            return phrases.CANCELLED
        if not self.waiting:
            return phrases.ALL_SENT
        return phrases.GOING if self.round.paused_at is None else phrases.HALTED

    @property
    def counts(self) -> str:
        """How many chats it has reached, and what became of the others."""
        return phrases.counted(
            sent=self.sent,
            chats=self.chats,
            waiting=self.waiting,
            by_hand=self.by_hand,
            failed=self.failed,
            unsure=self.unsure,
        )


def progress(session: Session, since: datetime) -> list[Progress]:
    """Return how far every round is that began since then, the newest first."""
    return _progress_of(session, RoundRow.begun_at >= since)


def progress_of_notice(session: Session, notice_id: str, since: datetime) -> list[Progress]:
    """The same for one notice and its corrections."""
    own = (RoundRow.notice_id == notice_id) | RoundRow.notice_id.startswith(
        f"{notice_id}~", autoescape=True
    )
    return _progress_of(session, RoundRow.begun_at >= since, own)


def on_their_way(session: Session) -> list[Progress]:
    """The same for the rounds of which something waits, halted ones among them."""
    waiting = select(OutboxRow.round_id).where(OutboxRow.state == "pending")
    return _progress_of(session, RoundRow.id.in_(waiting), RoundRow.cancelled_at.is_(None))


def _progress_of(session: Session, *which: ColumnElement[bool]) -> list[Progress]:
    rounds = session.scalars(select(RoundRow).where(*which).order_by(RoundRow.id.desc())).all()
    counts: Counter[tuple[int | None, str]] = Counter()
    due: dict[int | None, datetime] = {}
    ids = [one.id for one in rounds]
    query = (
        select(OutboxRow.round_id, OutboxRow.state, func.count(), func.min(OutboxRow.not_before))
        .where(OutboxRow.round_id.in_(ids))
        .group_by(OutboxRow.round_id, OutboxRow.state)
    )
    for round_id, state, count, first in session.execute(query):
        counts[round_id, state] = count
        if state == "pending":
            due[round_id] = first
    wrong, short = _put_right(session, ids), _cut_short(session, ids)
    return [
        _progress(
            one, counts, due.get(one.id), corrected=one.id in wrong, cut_short=one.id in short
        )
        for one in rounds
    ]


def _put_right(session: Session, ids: list[int]) -> set[int | None]:
    """Return which rounds were corrected; a correction that was ended before anybody heard it is none."""
    heard = exists().where(OutboxRow.round_id == RoundRow.id, OutboxRow.state == "sent")
    query = select(RoundRow.corrects).where(
        RoundRow.corrects.in_(ids), RoundRow.cancelled_at.is_(None) | heard
    )
    return set(session.scalars(query))


def _cut_short(session: Session, ids: list[int]) -> set[int]:
    """Return which rounds were ended while chats still waited for them, or for their level."""
    spared = exists().where(
        SendingRow.notice_id == RoundRow.notice_id,
        SendingRow.planned == RoundRow.planned,
        SendingRow.at.is_(None),
        SendingRow.status.in_((CANCELLED, RELAY)),
    )
    ended = select(RoundRow.id).where(RoundRow.id.in_(ids), RoundRow.cancelled_at.is_not(None))
    return set(session.scalars(ended.where(spared)))


def _progress(
    one: RoundRow,
    counts: Counter[tuple[int | None, str]],
    due: datetime | None,
    *,
    corrected: bool,
    cut_short: bool,
) -> Progress:
    return Progress(
        one,
        sent=counts[one.id, "sent"],
        waiting=counts[one.id, "pending"] + counts[one.id, "sending"],
        failed=counts[one.id, "failed"],
        unsure=counts[one.id, "unknown"],
        by_hand=counts[one.id, "needs_human"],
        corrected=corrected,
        cut_short=cut_short,
        due=due,
    )
