"""Changing an answer: the file, its history and those who were given the old one, as one deed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.actions.faq.corrections import settle
from knowledge.faq.drafts import add_draft
from knowledge.faq.editing import (
    CannotEdit,
    append_block,
    find_entry,
    replace_block,
    restated,
)
from knowledge.faq.entry import DRAFT, STATE, SUSPENDED
from knowledge.faq.sheet import is_draft
from knowledge.faq.trial import refuse_errors
from knowledge.files.blocks import parse_blocks
from knowledge.store.changes import append, begin_history, history, newest
from knowledge.store.rows.faq import ChangeRow, ProposalRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.work import Work
    from knowledge.faq.editing import Draft, Found

BY_HAND = "file"
GONE = "这一条已经不在了，没有保存。请回到列表看看。"
CHANGED = "这一条刚被别人改过，没有保存。请重新打开，再改一次。"
STANDS = "这个问题已经有了，没有保存。请到原来那一条里改。"
NOTHING_WAITS = "没有等着发布的修改，可能已经有人处理了。"
OWN = "自己改的要由另一位编辑来发布。"
OVERTAKEN = "这一条在这期间又被改过，不能发布了。请放弃这份修改，再改一次。"


@dataclass(frozen=True, slots=True)
class Change:
    """What one entry shall say: its whole `text`, made from `version` ("" = a new entry).

    `telling`: those who were given the old answer lately are told, in `words` if there are any.
    """

    faq_id: str
    text: str
    version: str
    how: str = "page"
    telling: bool = False
    words: str = ""


def change(work: Work, who: str, wanted: Change) -> bool:
    """Let an entry say something else; False where that waits for a second editor.

    Raises:
        CannotEdit: it was changed since `version`, or the new text would be an error.
    """
    found = _standing(work, wanted)
    old = found.block if found else None
    refuse_errors(work.rules.faq_folder, wanted.text, old, work.rules.allow_links)
    if work.rules.two_person and not _is_harmless(wanted):
        _propose(work, who, wanted)
        return False
    _apply(work, who, wanted, found)
    return True


def publish(work: Work, who: str, faq_id: str) -> None:
    """Let stand what another editor has proposed; raises CannotEdit for one's own."""
    row = work.session.get(ProposalRow, faq_id)
    if row is None:
        raise CannotEdit(NOTHING_WAITS)
    if row.who == who:
        raise CannotEdit(OWN)
    wanted = Change(faq_id, row.text, row.base, row.how, row.telling, row.words)
    try:
        found = _standing(work, wanted)
    except CannotEdit:
        raise CannotEdit(OVERTAKEN) from None
    old = found.block if found else None
    refuse_errors(work.rules.faq_folder, row.text, old, work.rules.allow_links)
    work.session.delete(row)
    _apply(work, row.who, wanted, found, second=who)


def drop_proposal(work: Work, faq_id: str) -> None:
    """Forget what was proposed; raises CannotEdit where nothing was."""
    row = work.session.get(ProposalRow, faq_id)
    if row is None:
        raise CannotEdit(NOTHING_WAITS)
    work.session.delete(row)


def roll_back(work: Work, who: str, faq_id: str, number: int, *, telling: bool) -> bool:
    """Let an entry say again what it said from change `number` on; False where that waits."""
    told = {row.number: row.text for row in history(work.session, faq_id)}
    text = told.get(number)
    if not text:
        raise CannotEdit(GONE)
    found = find_entry(work.rules.faq_folder, faq_id)
    version = found.version if found else ""
    return change(work, who, Change(faq_id, text, version, "rollback", telling=telling))


def suspend(work: Work, who: str, faq_id: str) -> None:
    """Keep an answer back until somebody has checked it; again = no effect."""
    found = find_entry(work.rules.faq_folder, faq_id)
    if found is None:
        raise CannotEdit(GONE)
    text = restated(found.block, SUSPENDED)
    if text != found.block.text:
        change(work, who, Change(faq_id, text, found.version, "suspend"))


def resume(work: Work, who: str, faq_id: str) -> bool:
    """Let a suspended entry answer again; False where that waits for a second editor."""
    found = find_entry(work.rules.faq_folder, faq_id)
    if found is None:
        raise CannotEdit(GONE)
    return change(work, who, Change(faq_id, restated(found.block, ""), found.version, "resume"))


def keep_as_draft(work: Work, who: str, draft: Draft) -> str:
    """Put a draft before the editors and return its 编号; raises CannotEdit where it stands."""
    faq_id = add_draft(work.rules.faq_folder, draft)
    found = find_entry(work.rules.faq_folder, faq_id)
    note(work, who, "draft", {faq_id: found.block.text if found else ""})
    return faq_id


def drop_draft(work: Work, who: str, faq_id: str, version: str) -> None:
    """Take a draft out of its file; raises CannotEdit where it is none (any more)."""
    found = find_entry(work.rules.faq_folder, faq_id)
    state = found.block.first(STATE) if found else None
    if found is None or state is None or state.value != DRAFT:
        raise CannotEdit(GONE)
    note(work, who, "dropped", {faq_id: ""})
    work.session.flush()
    replace_block(found, "", version)


def note_files(work: Work) -> int:
    """Write down what was changed in the files by hand since the last look; return how much."""
    before, texts = newest(work.session), work.faq.texts
    if not before:
        return begin_history(work.session, texts, work.now)
    known = {faq_id: row.text for faq_id, row in before.items()}
    changed = {faq_id: text for faq_id, text in texts.items() if known.get(faq_id, "") != text} | {
        faq_id: "" for faq_id, text in known.items() if text and faq_id not in texts
    }
    note(work, "", BY_HAND, changed)
    return len(changed)


def note(work: Work, who: str, how: str, texts: Mapping[str, str]) -> None:
    """Write down what entries say from now on ("" = gone), and tell whom that corrects."""
    for faq_id, text in texts.items():
        _note(work, who, Change(faq_id, text, "", how))


def _is_harmless(wanted: Change) -> bool:
    """Whether it needs no second editor: it keeps an answer back, or still answers nobody."""
    return wanted.how == "suspend" or any(map(is_draft, parse_blocks(wanted.text, "")))


def _standing(work: Work, wanted: Change) -> Found | None:
    """Return the entry in its file; None for a new one. Raises CannotEdit where it has changed."""
    found = find_entry(work.rules.faq_folder, wanted.faq_id)
    if (found.version if found else "") != wanted.version:
        raise CannotEdit((CHANGED if wanted.version else STANDS) if found else GONE)
    return found


def _propose(work: Work, who: str, wanted: Change) -> None:
    row = ProposalRow(
        faq_id=wanted.faq_id,
        at=work.now,
        who=who,
        how=wanted.how,
        base=wanted.version,
        text=wanted.text,
        telling=wanted.telling,
        words=wanted.words,
    )
    work.session.merge(row)


def _apply(work: Work, who: str, wanted: Change, found: Found | None, second: str = "") -> None:
    """Write the history, then the file: what cannot be written is not in the history either."""
    _note(work, who, wanted, second)
    work.session.flush()
    if found is None:
        append_block(work.rules.faq_folder, wanted.faq_id, wanted.text)
    else:
        replace_block(found, wanted.text, wanted.version)


def _note(work: Work, who: str, wanted: Change, second: str = "") -> None:
    told = history(work.session, wanted.faq_id)
    row = ChangeRow(
        faq_id=wanted.faq_id,
        number=told[0].number + 1 if told else 1,
        at=work.now,
        who=who,
        second=second,
        how=wanted.how,
        text=wanted.text.rstrip(),
    )
    if append(work.session, row) and told:
        settle(work, told, row, telling=wanted.telling, words=wanted.words)
