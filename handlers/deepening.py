"""A short question after an answer of ours, 那要带什么: what it leaves out is what was just answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.menus import Choice, offer, open_menus, options_of
from handlers.intents.plain import plain
from handlers.intents.questions import leaves_out_what
from handlers.phrases import answers
from handlers.resident import hand_over
from knowledge.faq.answering import is_withheld
from knowledge.store.answers import last_given

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.faq.entry import Entry

LATELY = timedelta(minutes=10)
"""How long after an answer a question can go on about it."""


def go_deeper(turn: Turn) -> bool:
    """Tell all that stands in the entry just given, then ask a human; False for any other question."""
    if not turn.addressed or not leaves_out_what(plain(turn.text)):
        return False
    entry = _just_given(turn)
    if entry is None:
        return False
    whole = f"{entry.question}{turn.text}"
    if not entry.long or _told_all(turn, entry):
        hand_over(turn, whole)
        return True
    human = Choice(answers.TO_A_HUMAN, "faq.none", {"text": whole, "faq": entry.id})
    buttons = offer(turn.work, turn.chat, turn.who, (human,), first_digit=0)
    turn.reply(answers.deeper(entry, turn.work.rules.office), buttons=buttons)
    return True


def _told_all(turn: Turn, entry: Entry) -> bool:
    """Whether the whole entry was just told, and a human offered for the rest."""
    return any(
        option.action == "faq.none" and option.args.get("faq") == entry.id
        for menu in open_menus(turn.work, turn.chat, turn.who)
        for option in options_of(turn.work, menu)
    )


def _just_given(turn: Turn) -> Entry | None:
    """The entry that this person was answered with in this chat a moment ago."""
    now = turn.work.now
    chat = turn.chat
    given = last_given(turn.work.session, chat.channel, chat.id, now - LATELY, turn.who)
    entry = turn.work.faq.entries.get(given.faq_id) if given else None
    return None if entry is None or is_withheld(entry, now.date()) else entry
