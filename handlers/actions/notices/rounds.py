"""A round of a notice on its way to its chats: halt, go on, end, put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, exists, select, update

from handlers.actions.auditing import note
from handlers.actions.notices.delivering import report_at
from handlers.actions.notices.posting import CANCELLED, Post, post
from handlers.actions.notices.quizzes import put_off_answers
from handlers.actions.notices.sending import reached
from handlers.actions.relaying import relayable
from handlers.actions.telling import About
from handlers.messages import ChatRef
from handlers.phrases import notices as phrases
from knowledge.community.notices.posting import proof_code
from knowledge.community.refusals import IllegalStep, NotFound, Unclear
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.notices import RoundRow, SendingRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from handlers.work import Work

TOLD = ("sent", "sending", "unknown")
"""States of a message that its chat has got, or may have got."""


def pause(work: Work, code: str, who: str = "") -> RoundRow:
    """Halt a round: what has not begun to be sent waits until `resume`; `who` "" = a command."""
    one = on_its_way(work.session, code)
    one.paused_at = one.paused_at or work.now
    note(work, who, "notice.pause", one.notice_id, code)
    return one


def resume(work: Work, code: str, who: str = "") -> RoundRow:
    """Let a halted round go on where it stopped."""
    one = on_its_way(work.session, code)
    one.paused_at = None
    put_off(work, one)
    note(work, who, "notice.resume", one.notice_id, code)
    return one


def put_off(work: Work, one: RoundRow) -> int:
    """Let what of a round has run out of its hours go out in the next ones, or at once in such.

    Returns how many chats wait for it.
    """
    at = work.rules.manners.first_loud(work.now)
    late = (*waiting_of(one), OutboxRow.not_after <= work.now)
    chats = _chats(work, *late)
    work.session.execute(
        update(OutboxRow)
        .where(*late)
        .values(not_before=at, not_after=work.rules.manners.loud_until(at), attempts=0)
    )
    for sending in _sendings(work, one, chats):
        sending.at = at
        if sending.report_at is not None:
            sending.report_at = report_at(work, at, quiz=sending.quiz is not None)
            put_off_answers(work, sending)
    return len(chats)


def cancel(work: Work, code: str, who: str = "") -> int:
    """End a round; return how many chats are spared it, and count in no budget."""
    one = on_its_way(work.session, code)
    one.cancelled_at, one.paused_at = work.now, None
    note(work, who, "notice.cancel", one.notice_id, code)
    return spare(work, one, CANCELLED)


def waiting_of(one: RoundRow) -> tuple[ColumnElement[bool], ...]:
    """What of a round has not begun to be sent."""
    return OutboxRow.round_id == one.id, OutboxRow.state == "pending"


def waits(work: Work, one: RoundRow) -> bool:
    """Tell whether something of a round has not been sent yet, so that it can be halted or ended."""
    mine = (OutboxRow.round_id == one.id, OutboxRow.state.in_(("pending", "sending")))
    return work.session.scalar(select(OutboxRow.id).where(*mine).limit(1)) is not None


def spare(work: Work, one: RoundRow, status: str) -> int:
    """Let go what of a round still waits, and write down what became of it; return how many chats."""
    spared = _chats(work, *waiting_of(one))
    work.session.execute(delete(OutboxRow).where(*waiting_of(one)))
    for sending in _sendings(work, one, spared):
        sending.status, sending.at = status, None
        sending.report_at, sending.asks_receipt = None, False
    return len(spared)


def _chats(work: Work, *which: ColumnElement[bool]) -> set[ChatRef]:
    query = select(OutboxRow.channel, OutboxRow.chat_id).where(*which)
    return {ChatRef(*row) for row in work.session.execute(query)}


def _sendings(work: Work, one: RoundRow, chats: set[ChatRef]) -> list[SendingRow]:
    """Return the claims of a round for the chats in which it was to be told."""
    rows = work.session.scalars(
        select(SendingRow).where(
            SendingRow.notice_id == one.notice_id, SendingRow.planned == one.planned
        )
    ).all()
    named = {f"{row.channel}:{row.chat_id}": row for row in rows}
    return [named[name] for name, chat in reached(work, named).items() if chat in chats]


def correct(work: Work, code: str, text: str, who: str = "") -> int:
    """Tell exactly those chats that got (or may have got) a wrong round what is right.

    What of the wrong round has not been sent is ended. Budgets do not hold a correction back, quiet
    hours do. A correction of the same words is told once. Returns how many chats are told.

    Raises:
        Unclear: the text is empty or too long for a chat.
        NotRelayed: it asks for codes, cards or money.
        IllegalStep: a correction of the same words was ended.
    """
    wrong = round_of(work.session, code)
    new = worded(wrong, text)
    _must_go_on(work, f"{wrong.notice_id}~{new.code}", wrong.planned)
    if wrong.cancelled_at is None:
        cancel(work, code, who)
    at = work.rules.manners.first_loud(work.now)
    what = Post(
        notice_id=f"{wrong.notice_id}~{new.code}",
        planned=wrong.planned,
        at=at,
        status="corrected",
        code=new.code,
        title=f"{wrong.title}的更正",
        body=new.body,
        script=f"更正：{text.strip()}",
        about=About(notice_id=wrong.notice_id, not_before=at),
        corrects=wrong.id,
    )
    note(work, who, "notice.correct", wrong.notice_id, code)
    return post(work, what, told_by(work, wrong))


def _must_go_on(work: Work, notice_id: str, planned: datetime) -> None:
    """Raise IllegalStep where a round was ended: whoever is told by it again hears nothing."""
    ended = select(RoundRow.cancelled_at).where(
        RoundRow.notice_id == notice_id, RoundRow.planned == planned
    )
    if work.session.scalar(ended) is not None:
        raise IllegalStep("一样的更正已经取消了，不会再发。请改几个字。")


class Worded(NamedTuple):
    """A correction as a chat reads it, with its own proof code."""

    code: str
    body: str


def worded(wrong: RoundRow, text: str) -> Worded:
    """Return how a correction of a round reads; raises what `correct` raises."""
    if not text.strip():
        raise Unclear("更正要写明白：哪里错了，对的是什么。")
    relayable(text)
    code = proof_code(f"{wrong.notice_id} {text}", wrong.planned)
    body = phrases.correction(text.strip(), code)
    if (over := len(body) - phrases.LONGEST) > 0:
        raise Unclear(f"更正太长，群里最多 {phrases.LONGEST} 字，请删去 {over} 字。")
    return Worded(code, body)


def told_by(work: Work, wrong: RoundRow) -> dict[str, ChatRef]:
    """Return the chats that got, or may have got, what stands under a round's code.

    A notice that was sent twice in a day has the same code twice.
    """
    alike = select(RoundRow.id).where(
        RoundRow.notice_id == wrong.notice_id, RoundRow.code == wrong.code
    )
    rows = work.session.execute(
        select(OutboxRow.channel, OutboxRow.chat_id)
        .where(OutboxRow.round_id.in_(alike), OutboxRow.state.in_(TOLD))
        .order_by(OutboxRow.id)
    )
    return {f"{channel}:{chat}": ChatRef(channel, chat) for channel, chat in rows}


def on_its_way(session: Session, code: str) -> RoundRow:
    """Return the round with that proof code; raises IllegalStep if it was ended."""
    one = round_of(session, code)
    if one.cancelled_at is not None:
        raise IllegalStep(f"验真码 {one.code} 的这一轮已经取消了。")
    return one


def round_of(session: Session, code: str) -> RoundRow:
    """Return the newest round with that proof code, one that waits first; letters of either case.

    A notice that was sent twice in a day has the same code twice.
    """
    waits = exists().where(OutboxRow.round_id == RoundRow.id, OutboxRow.state == "pending")
    found = session.scalars(
        select(RoundRow)
        .where(RoundRow.code == code.strip().upper())
        .order_by(waits.desc(), RoundRow.id.desc())
        .limit(1)
    ).first()
    if found is None:
        raise NotFound(f"没有验真码 {code} 的通知。发 linli notices progress 看看有哪些。")
    return found
