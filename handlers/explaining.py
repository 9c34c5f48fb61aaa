"""What leaders say when they are asked back about a ticket: to whom, why not, what was done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.dialogues import end_dialogue, pending_dialogue, take_photos
from handlers.actions.menus import open_menus
from handlers.actions.tickets import claiming, working
from handlers.intents.intent import Intent
from handlers.intents.read import read_intent
from knowledge.store.lists import tasks_of
from knowledge.store.tickets import by_id, glance

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import DialogueRow
    from knowledge.store.rows.tickets import TicketRow

NAME_WAITS = timedelta(minutes=10)
"""How long a name is the answer to 转给谁; typed later it hands nothing over."""
ALARM = frozenset({Intent.EMERGENCY, Intent.FRAUD, Intent.COMMAND})
"""What is no answer even to a question that any words can answer."""


def ticket_of(turn: Turn, dialogue: DialogueRow) -> TicketRow | None:
    """Return the ticket about which we have asked."""
    return _foreseen(turn, dialogue) or _asked(turn, dialogue, by_id)


def seen_of(turn: Turn, dialogue: DialogueRow) -> TicketRow | None:
    """Return the same ticket to look at only: nobody waits for it."""
    return _foreseen(turn, dialogue) or _asked(turn, dialogue, glance)


def _foreseen(turn: Turn, dialogue: DialogueRow) -> TicketRow | None:
    """Return the ticket where it was fetched with those of the whole batch."""
    found: TicketRow | None = turn.work.known.get(("ticket", dialogue.ticket_id))
    return found


def _asked(
    turn: Turn, dialogue: DialogueRow, find: Callable[[Session, int], TicketRow | None]
) -> TicketRow | None:
    return find(turn.work.session, dialogue.ticket_id) if dialogue.ticket_id else None


def photos_of(turn: Turn) -> tuple[str, ...]:
    """Return the photos sent with these words and shortly before them."""
    return take_photos(turn.work, turn.chat, turn.who) + turn.event.images


def _transfer(turn: Turn, dialogue: DialogueRow) -> bool:
    ticket = ticket_of(turn, dialogue)
    if ticket is None or not turn.text or read_intent(turn.text).intent in ALARM:
        return False
    claiming.transfer(turn.work, ticket, turn.who, turn.text)
    end_dialogue(turn.work, turn.chat, turn.who)
    return True


def _reason(turn: Turn, dialogue: DialogueRow) -> bool:
    """Why the ticket is handed back, in the leader's own words."""
    ticket = ticket_of(turn, dialogue)
    if ticket is None or not turn.text or read_intent(turn.text).intent in ALARM:
        return False
    claiming.refuse(turn.work, ticket, turn.who, turn.text)
    end_dialogue(turn.work, turn.chat, turn.who)
    return True


def _done(turn: Turn, dialogue: DialogueRow) -> bool:
    """What was done: words or photos sent after 办结; a digit alone tells nothing."""
    ticket = ticket_of(turn, dialogue)
    if ticket is None or turn.text.isdecimal() or read_intent(turn.text).intent in ALARM:
        return False
    working.add_words(turn.work, ticket, turn.who, turn.text, photos_of(turn))
    if turn.text:
        _heard(turn, ticket)
    return True


def _heard(turn: Turn, ticket: TicketRow) -> None:
    """Wait for no more words about what was done, nor offer 不说了."""
    end_dialogue(turn.work, turn.chat, turn.who)
    for menu in open_menus(turn.work, turn.chat, turn.who):
        if menu.ticket_id == ticket.id:
            menu.used_at = turn.work.now


def tells_what_was_done(turn: Turn, no: int | None, words: str) -> bool:
    """Take `完127 换了灯` for the answer where a bare 完127 has just been asked back about."""
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    if dialogue is None or dialogue.topic != "done" or not words:
        return False
    ticket = ticket_of(turn, dialogue)
    others = no is None and tasks_of(turn.work.session, turn.who)
    if ticket is None or others or no not in (None, ticket.no):
        return False
    working.add_words(turn.work, ticket, turn.who, words, photos_of(turn))
    _heard(turn, ticket)
    return True


EXPLANATIONS: dict[str, Callable[[Turn, DialogueRow], bool]] = {
    "transfer": _transfer,
    "reason": _reason,
    "done": _done,
}
"""Topics on which a leader is asked back → how the answer is understood."""


def stop_asking_back(turn: Turn, no: int) -> None:
    """Doing something with a ticket also answers what was asked back about it."""
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    if dialogue is None or dialogue.topic not in EXPLANATIONS:
        return
    ticket = ticket_of(turn, dialogue)
    if ticket is not None and ticket.no == no:
        end_dialogue(turn.work, turn.chat, turn.who)
