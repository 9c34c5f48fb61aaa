"""What somebody adds to the emergency that they have just told: 就是三楼302, 里面还有老人."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import pending_dialogue
from handlers.actions.tickets.adding import add
from handlers.explaining import ALARM, seen_of, ticket_of
from handlers.intents.detail import is_mere_detail, tells_detail
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.read import read_intent
from handlers.intents.thought import Action
from handlers.requesting import think
from knowledge.community.locating import find_place
from knowledge.community.ticket import UNFINISHED, Lane

if TYPE_CHECKING:
    from handlers.intents.reading import Reading
    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import DialogueRow
    from knowledge.store.rows.tickets import TicketRow


ABOUT_DANGER = frozenset({"place", "nearer", "mistaken"})
"""What we ask, or wait for, when an emergency was told."""


def take_more(turn: Turn, dialogue: DialogueRow) -> bool:
    """Pass on which floor and door it is; in private also what else we would not understand."""
    seen = seen_of(turn, dialogue)
    if seen is None or seen.state not in UNFINISHED or seen.reporter != turn.who or not turn.text:
        return False
    if _tells_of_else(turn, seen) or asks_something(plain(turn.text)):
        return False
    if not (tells_detail(turn.text) or (turn.private and think(turn).action is Action.HANDOVER)):
        return False
    ticket = ticket_of(turn, dialogue)
    if ticket is not None:
        add(turn.work, ticket, turn.who, turn.text)
    return ticket is not None


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
