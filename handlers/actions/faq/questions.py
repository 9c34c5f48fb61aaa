"""Questions without a reliable answer: handed to a named person, and the answer taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from handlers.actions.faq.entries import keep_as_draft
from handlers.actions.menus import LONG, Choice, offer
from handlers.actions.names import call_name
from handlers.actions.reaching import private_chat
from handlers.actions.relaying import relayable
from handlers.actions.telling import About, tell_chat, tell_person
from handlers.messages import ChatKind, ChatRef
from handlers.phrases import questions as phrases
from handlers.phrases.numbers import question_number
from knowledge.community.hood.access import Act, Relation, may
from knowledge.community.privacy import mask
from knowledge.community.refusals import NotFound, Unclear
from knowledge.community.roster.people import Role
from knowledge.faq.drafts import fitted
from knowledge.faq.editing import CannotEdit
from knowledge.store.rows.questions import QuestionRow
from knowledge.store.sheaf import APART, settle

if TYPE_CHECKING:
    from handlers.work import Work

PROMISE = timedelta(days=14)
"""How long the assigned person's next words can be the answer."""
WAITING = (
    select(QuestionRow)
    .where(
        QuestionRow.assignee_id == bindparam("who"),
        QuestionRow.state == "open",
        QuestionRow.asked_at > bindparam("since"),
    )
    .order_by(QuestionRow.id)
)
"""Asked with every private word of somebody registered: built once."""
LONGEST = 1000
"""Characters of a question that are kept."""
ENQUIRY = About(lane="P3")


def ask_human(
    work: Work, chat: ChatRef, who: str, text: str, near: tuple[str, ...] = ()
) -> QuestionRow:
    """Hand a question to the person who answers for the place, and tell them privately."""
    assignee = answerer(work, chat, who)
    row = QuestionRow(
        who=who,
        channel=chat.channel,
        chat_id=chat.id,
        text=text[:LONGEST],
        near=list(near),
        assignee_id=assignee,
        asked_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    if assignee is not None:
        _push(work, row, assignee)
    return row


def answerer(work: Work, chat: ChatRef, who: str) -> str | None:
    """Return who answers what this party asks here: the 社区 person, else whoever is responsible."""
    group = work.hood.chat(chat.channel, chat.id)
    person = work.hood.person(who)
    place = (group.scope if group else "") or (work.hood.home(person) if person else None)
    rungs = work.hood.chain(place or None, work.away)
    named = next((rung.person for rung in rungs if rung.role is Role.COMMUNITY), None)
    if named is not None:
        return named
    anybody = work.hood.responsible(place or None, work.away)
    return anybody.person if anybody else None


def _push(work: Work, row: QuestionRow, assignee: str) -> None:
    chat = private_chat(work, assignee)
    if chat is None:
        return
    text = phrases.task(question_number(row.id), call_name(work, row.who), row.text)
    tell_chat(work, chat, text, about=ENQUIRY)


def answer_question(work: Work, who: str, question_id: int, text: str) -> QuestionRow:
    """Carry the person's answer back to the asker; raises NotFound for somebody else's question."""
    row = _theirs(work, who, question_id)
    if not text.strip():
        raise Unclear(phrases.EMPTY_ANSWER)
    relayable(text)
    row.state, row.answer, row.answered_at = "answered", text.strip()[:LONGEST], work.now
    chat = ChatRef(row.channel, row.chat_id)
    mention = f"@{call_name(work, row.who)} " if chat.kind is ChatKind.GROUP else ""
    day = phrases.day_word((work.now.date() - row.asked_at.date()).days)
    said = phrases.answer(mention, call_name(work, who), day, question_number(row.id), row.answer)
    tell_chat(work, chat, said, about=ENQUIRY)
    _offer_draft(work, who, row)
    return row


def _theirs(work: Work, who: str, question_id: int) -> QuestionRow:
    row = work.session.get(QuestionRow, question_id)
    relation = {Relation.CHAIN} if row and row.assignee_id == who else set()
    if (
        row is None
        or row.state != "open"
        or not may(work.hood.person(who), Act.QUESTION_ANSWER, frozenset(relation))
    ):
        raise NotFound(phrases.NO_SUCH_QUESTION)
    return row


def _offer_draft(work: Work, who: str, row: QuestionRow) -> None:
    chat = work.chat or private_chat(work, who)
    if chat is None:
        return
    choices = (
        Choice("存为草稿", "question.draft", {"question": row.id}),
        Choice("不存", "question.leave", {"question": row.id}),
    )
    buttons = offer(work, chat, who, choices, lasts=LONG)
    tell_chat(work, chat, phrases.KEEP_IT, buttons=buttons)


def keep_draft(work: Work, who: str, question_id: int, *, keep: bool) -> None:
    """Make a draft entry of an answered question, or leave it."""
    row = work.session.get(QuestionRow, question_id)
    if row is None or row.assignee_id != who:
        raise NotFound(phrases.NO_SUCH_QUESTION)
    tell_person(work, who, _as_draft(work, who, row) if keep else phrases.LEFT)


def _as_draft(work: Work, who: str, row: QuestionRow) -> str:
    """Put question and answer before the editors; return what to say."""
    source = phrases.SOURCE.format(name=call_name(work, who), day=work.now.date().isoformat())
    draft = fitted(" ".join(mask(row.text).split()), mask(row.answer), source)
    try:
        row.entry_id = keep_as_draft(work, who, draft)
    except CannotEdit as reason:
        raise Unclear(str(reason)) from reason
    row.drafted, row.settled_by, row.settled_at = True, who, work.now
    return phrases.KEPT


def open_questions(work: Work, who: str) -> list[QuestionRow]:
    """Return what still waits for this person's words, oldest first."""
    settle(work.session, QuestionRow)
    asked = {"who": who, "since": work.now - PROMISE}
    return list(work.session.scalars(WAITING, asked, execution_options=APART))


def asked_lately(work: Work, who: str) -> int:
    """Return how many questions of a party were handed over within the last hour."""
    since = work.now - timedelta(hours=1)
    asked = select(func.count()).where(QuestionRow.who == who, QuestionRow.asked_at > since)
    return work.session.scalar(asked) or 0
