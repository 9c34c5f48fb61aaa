"""知识抢答: everybody in the chat may answer, silently; one message tells the result, no names."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from handlers.actions.menus import Choice, offer
from handlers.actions.telling import About, tell_chat
from handlers.messages import ChatRef
from handlers.phrases import quizzes as phrases
from knowledge.files.bodies import cut_at_sentence
from knowledge.store.rows.dialogues import MenuRow, OptionRow
from knowledge.store.rows.notices import ReceiptRow, SendingRow

if TYPE_CHECKING:
    from handlers.messages import Button
    from handlers.work import Work
    from knowledge.community.notices.notice import Notice

LASTS = timedelta(hours=3)
"""How long answers are taken before the result is told."""
WHY_LIMIT = 60
"""Characters of the reason behind the right answer."""


def quiz_of(notice: Notice) -> dict[str, Any] | None:
    """Return what the result will need, as the sending keeps it; the file may change meanwhile."""
    if notice.quiz is None:
        return None
    return {
        "right": notice.quiz.right,
        "options": list(notice.quiz.options),
        "why": cut_at_sentence(notice.long, WHY_LIMIT),
    }


def offer_answers(work: Work, chat: ChatRef, sending: SendingRow) -> tuple[Button, ...]:
    """Let everybody in the chat choose among the answers until the result is told."""
    quiz = sending.quiz
    if quiz is None or sending.report_at is None:
        return ()
    choices = tuple(
        Choice(option, "quiz.answer", {"sending": sending.id}) for option in quiz["options"]
    )
    return offer(work, chat, "", choices, lasts=sending.report_at - work.now)


def note_answer(work: Work, sending_id: int, who: str, digit: int) -> None:
    """Take somebody's answer, silently; the newest counts."""
    sending = work.session.get(SendingRow, sending_id)
    if sending is None or sending.quiz is None or sending.report_at is None:
        return
    given = select(ReceiptRow).where(ReceiptRow.sending_id == sending_id, ReceiptRow.who == who)
    receipt = work.session.scalars(given).first()
    if receipt is None:
        work.session.add(ReceiptRow(sending_id=sending_id, who=who, at=work.now, answer=digit))
    else:
        receipt.answer, receipt.at = digit, work.now


def tell_result(work: Work, sending: SendingRow) -> None:
    """Tell the right answer and how many gave it; where nobody answered nothing is said."""
    quiz = sending.quiz
    if quiz is None:
        return
    _close(work, sending)
    answers = work.session.execute(
        select(ReceiptRow.answer, func.count())
        .where(ReceiptRow.sending_id == sending.id, ReceiptRow.answer.is_not(None))
        .group_by(ReceiptRow.answer)
    )
    given = {digit: count for digit, count in answers if digit is not None}
    if not given:
        return
    right = int(quiz["right"])
    text = phrases.result(
        f"{right} {quiz['options'][right - 1]}",
        sum(given.values()),
        given.get(right, 0),
        str(quiz["why"]),
    )
    chat = ChatRef(sending.channel, sending.chat_id)
    tell_chat(work, chat, text, about=About(notice_id=sending.notice_id))


def put_off_answers(work: Work, sending: SendingRow) -> None:
    """Take answers until the new hour of the result: the question itself came later than meant."""
    if sending.quiz is None or sending.report_at is None:
        return
    for menu in _open_menus(work, sending):
        menu.expires_at = sending.report_at
        work.expect(ChatRef(sending.channel, sending.chat_id), menu.who, menu.expires_at)


def _close(work: Work, sending: SendingRow) -> None:
    """Take no answers any more."""
    for menu in _open_menus(work, sending):
        menu.used_at = work.now


def _open_menus(work: Work, sending: SendingRow) -> list[MenuRow]:
    """Return what the chat may still answer of this question."""
    offered = (
        select(MenuRow, OptionRow)
        .join(OptionRow, OptionRow.menu_id == MenuRow.id)
        .where(
            MenuRow.channel == sending.channel,
            MenuRow.chat_id == sending.chat_id,
            MenuRow.who == "",
            MenuRow.used_at.is_(None),
            OptionRow.action == "quiz.answer",
            OptionRow.digit == 1,
        )
    )
    found = work.session.execute(offered).all()
    return [menu for menu, option in found if option.args.get("sending") == sending.id]
