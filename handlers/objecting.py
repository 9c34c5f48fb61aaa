"""“你说的不对”: which of our answers is meant, and who sees to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.faq import objections
from handlers.intents.objections import read_objection
from knowledge.community.refusals import Unclear
from knowledge.faq.editing import CannotEdit
from knowledge.store.answers import last_given

if TYPE_CHECKING:
    from handlers.intents.objections import Objection
    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import OptionRow
    from knowledge.store.rows.questions import AnswerRow

LATELY = timedelta(minutes=30)
"""How long "不对" alone is about our answer, and words to nobody about the asker's own."""
STILL = timedelta(days=1)
"""How long an answer can be objected to outright."""


def take_objection(turn: Turn) -> bool:
    """Thank somebody who says that an answer is wrong, and have it checked."""
    said = read_objection(turn.text) if turn.text else None
    given = _meant(turn, said) if said else None
    entry = turn.work.faq.entries.get(given.faq_id) if given else None
    if said is None or entry is None:
        return False
    reply = objections.object_to(turn.work, turn.chat, turn.who, entry, said.words)
    turn.reply(reply)
    return True


def _meant(turn: Turn, said: Objection) -> AnswerRow | None:
    """Return the answer that is objected to: their own of just now, else the last one here.

    The last one that somebody else was given only where they call us.
    """
    session, chat, now = turn.work.session, turn.chat, turn.work.now
    own = last_given(session, chat.channel, chat.id, now - LATELY, turn.who)
    if own is not None or not turn.addressed:
        return own
    since = now - (STILL if said.outright else LATELY)
    return last_given(session, chat.channel, chat.id, since)


def judge(turn: Turn, option: OptionRow, words: str) -> None:
    """Do what the responsible person chose: 去修改, 没问题 or 先停用."""
    del words
    deed = {
        "objection.edit": objections.go_and_edit,
        "objection.fine": objections.is_right,
        "objection.stop": objections.stop,
    }[option.action]
    try:
        turn.reply(deed(turn.work, turn.who, option.args["objection"]))
    except CannotEdit as reason:
        raise Unclear(str(reason)) from reason
