"""What somebody adds to the emergency that they have just told: 就是三楼302, 里面还有老人."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import PHOTO_WAITS, pending_dialogue
from handlers.actions.tickets.adding import add, show
from handlers.actions.tickets.lists import open_matters
from handlers.explaining import ALARM, seen_of, ticket_of
from handlers.intents.awaiting import asks_after
from handlers.intents.detail import is_mere_detail, tells_detail
from handlers.intents.ended import sounds_over
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.read import read_intent
from handlers.intents.remarks import is_remark
from handlers.requesting import think
from handlers.thinking.thought import Action
from knowledge.community.locating.locating import find_place
from knowledge.community.tickets.ticket import UNFINISHED, Lane
from knowledge.store.histories import history

if TYPE_CHECKING:
    from handlers.intents.intent import Reading
    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import DialogueRow
    from knowledge.store.rows.tickets import TicketRow


ABOUT_DANGER = frozenset({"place", "nearer", "mistaken"})
"""What we ask, or wait for, when an emergency was told."""
ABOUT_LOGGED = ABOUT_DANGER | {"answer"}
"""Topics to which a bare photo belongs, where their matter is logged: a draft's photos wait."""


def take_more(turn: Turn, dialogue: DialogueRow) -> bool:
    """Pass on which floor and door it is; in private also what else we would not understand."""
    seen = seen_of(turn, dialogue)
    if seen is None or seen.state not in UNFINISHED or seen.reporter != turn.who or not turn.text:
        return False
    said = plain(turn.text)
    if _tells_of_else(turn, seen) or asks_something(said):
        return False
    if asks_after(said) or sounds_over(said):
        return False
    if not (tells_detail(turn.text) or (turn.private and _is_unknown(turn, said))):
        return False
    ticket = ticket_of(turn, dialogue)
    if ticket is not None:
        add(turn.work, ticket, turn.who, turn.text)
    return ticket is not None


def _is_unknown(turn: Turn, said: str) -> bool:
    """Whether the words are nothing else: 儿子回来了 is no small talk while he is looked for."""
    return think(turn).action is Action.HANDOVER or is_remark(said)


def take_pictures(turn: Turn, dialogue: DialogueRow | None) -> bool:
    """Give bare photos to the matter that was logged here just now, or that we ask about."""
    ticket = _shown(turn, dialogue)
    if ticket is None or ticket.state not in UNFINISHED or ticket.reporter != turn.who:
        return False
    show(turn.work, ticket, turn.who, turn.event.images)
    return True


def _shown(turn: Turn, dialogue: DialogueRow | None) -> TicketRow | None:
    if dialogue is not None:
        return ticket_of(turn, dialogue) if dialogue.topic in ABOUT_LOGGED else None
    here = (turn.chat.channel, turn.chat.id)
    mine = open_matters(turn.work, turn.who)
    told = (row for row in reversed(mine) if (row.channel, row.chat_id) == here)
    return next((row for row in told if _spoke_of(turn, row)), None)


def _spoke_of(turn: Turn, ticket: TicketRow) -> bool:
    """Whether this person has filed it, or said more of it, just before the photo."""
    since = turn.work.now - PHOTO_WAITS
    deeds = reversed(history(turn.work.session, ticket))
    return any(deed.actor == turn.who and deed.at >= since for deed in deeds)


def _tells_of_else(turn: Turn, seen: TicketRow) -> bool:
    """Whether the words tell of another matter, or where it is and not only on which floor."""
    if find_place(turn.text, turn.work.hood, seen.place_id).place_id is not None:
        return True
    reading = _reading(turn)
    other = reading.category is not None and reading.category.code != seen.category
    return (other or reading.intent in ALARM) and not is_mere_detail(turn.text, reading)


def _reading(turn: Turn) -> Reading:
    return read_intent(turn.work.hood.names.unnamed(turn.text))


def tells_more(turn: Turn) -> bool:
    """Whether who has just told of a danger tells where in it: 我在5楼阳台上 is no second danger."""
    if not is_mere_detail(turn.text, _reading(turn)):
        return False
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    if dialogue is None or dialogue.topic not in ABOUT_DANGER:
        return False
    seen = seen_of(turn, dialogue)
    return seen is not None and seen.lane == Lane.P0 and seen.state in UNFINISHED
