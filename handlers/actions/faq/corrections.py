"""Telling those who were given a wrong answer what is right: once, in the daytime, masked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from handlers.actions.names import call_name
from handlers.actions.overtaken import take_back_about
from handlers.actions.telling import About, tell_chat
from handlers.messages import ChatKind, ChatRef
from handlers.phrases import corrections as phrases
from handlers.phrases.names import called_out
from knowledge.faq.entry import DRAFT, STATE, entry_of
from knowledge.faq.rewording import new_sentences
from knowledge.files.blocks import parse_blocks
from knowledge.store.answers import still_to_tell
from knowledge.store.changes import open_objections, untell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.work import Work
    from knowledge.faq.entry import Entry
    from knowledge.store.rows.faq import ChangeRow, ObjectionRow

QUIETLY = About(lane="P3")
"""Waits for the end of quiet hours."""


@dataclass(slots=True)
class Readers:
    """Whom a correction concerns in one chat, by party, and who had pointed it out there."""

    parties: list[str] = field(default_factory=list)
    objectors: list[str] = field(default_factory=list)


def settle(
    work: Work, told: Sequence[ChangeRow], row: ChangeRow, *, telling: bool, words: str
) -> None:
    """Draw the consequences of a change; `told` is the history before it, the newest first.

    A correction that the night still holds back is overtaken: it is told anew, or not at all.
    """
    overtaken = take_back_about(work, _subject(row.faq_id))
    if overtaken is not None:
        untell(work.session, row.faq_id, overtaken)
        telling, told = True, [one for one in told if one.at < overtaken] or told
    after = _answer(row.text)
    before = next((one for change in told if (one := _answer(change.text)) is not None), None)
    if after is None or before is None:
        return
    objections = open_objections(work.session, row.faq_id)
    if (before.short, before.long) != (after.short, after.long):
        if telling or objections:
            correct(work, before, after, words)
            close(work, objections, "corrected", row.who)
    elif _answer(told[0].text) is None:
        uphold(work, objections, after.question, row.who)


def correct(work: Work, before: Entry, after: Entry, words: str = "") -> int:
    """Tell everybody who was given `before` lately and was not told yet; return how many chats."""
    what = words.strip() or new_sentences(before.short, after.short) or after.short
    chats = _readers(work, after.id)
    for chat, readers in chats.items():
        named = [who for who in readers.parties if who not in readers.objectors]
        names = [name for name in (call_name(work, who) for who in named) if name]
        if chat.kind is ChatKind.DIRECT:
            names, named = [], []
        thanked = next(filter(None, (call_name(work, one) for one in readers.objectors)), "")
        text = phrases.corrected(after.question, what, names, len(named) - len(names), thanked)
        about = replace(QUIETLY, subject=_subject(after.id))
        tell_chat(work, chat, text, about=about)
    return len(chats)


def uphold(work: Work, objections: Iterable[ObjectionRow], title: str, who: str) -> None:
    """Tell those who objected that the answer was right."""
    keeper = call_name(work, who) if who else ""
    for row in objections:
        tell_chat(
            work, _chat(row), phrases.upheld(_mention(work, row), keeper, title), about=QUIETLY
        )
    close(work, objections, "upheld", who)


def tell_stopped(work: Work, objections: Iterable[ObjectionRow], title: str) -> None:
    """Tell those who objected that the answer is kept back meanwhile."""
    for row in objections:
        tell_chat(work, _chat(row), phrases.stopped(_mention(work, row), title), about=QUIETLY)


def close(work: Work, objections: Iterable[ObjectionRow], state: str, who: str) -> None:
    """Note how objections ended."""
    for row in objections:
        row.state, row.settled_at, row.settled_by = state, work.now, who


def _readers(work: Work, faq_id: str) -> dict[ChatRef, Readers]:
    """Return who is told in which chat: everybody once, where they asked last."""
    last: dict[str, ChatRef] = {}
    for row in still_to_tell(work.session, faq_id, work.now):
        row.corrected_at = work.now
        if row.who and row.channel and row.chat_id:
            last[row.who] = ChatRef(row.channel, row.chat_id)
    chats: dict[ChatRef, Readers] = {}
    for who, chat in last.items():
        chats.setdefault(chat, Readers()).parties.append(who)
    for objection in open_objections(work.session, faq_id):
        where = _chat(objection)
        chats.setdefault(where, Readers()).objectors.append(objection.who)
        elsewhere = last.get(objection.who)
        if elsewhere is not None and elsewhere != where:
            chats[elsewhere].parties.remove(objection.who)
    return {chat: one for chat, one in chats.items() if one.parties or one.objectors}


def _subject(faq_id: str) -> str:
    return f":correction:{faq_id}"


def _chat(row: ObjectionRow) -> ChatRef:
    return ChatRef(row.channel, row.chat_id)


def _mention(work: Work, row: ObjectionRow) -> str:
    is_group = _chat(row).kind is ChatKind.GROUP
    return called_out(call_name(work, row.who)) if is_group else ""


def _answer(text: str) -> Entry | None:
    """Return the entry that a text is, None where it answers nobody: gone, draft or suspended."""
    blocks = parse_blocks(text, "")
    if not blocks:
        return None
    state = blocks[0].first(STATE)
    entry = entry_of(blocks[0])
    return None if entry.suspended or (state and state.value == DRAFT) else entry
