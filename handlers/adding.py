"""What somebody adds to the emergency that they have just told: 就是三楼302, 里面还有老人."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.adding import add
from handlers.explaining import ALARM, seen_of, ticket_of
from handlers.intents.detail import tells_detail
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.read import read_intent
from handlers.intents.thought import Action
from handlers.requesting import think
from knowledge.community.locating import find_place
from knowledge.community.ticket import UNFINISHED

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import DialogueRow


def take_more(turn: Turn, dialogue: DialogueRow) -> bool:
    """Pass on which floor and door it is; in private also what else we would not understand."""
    seen = seen_of(turn, dialogue)
    if seen is None or seen.state not in UNFINISHED or seen.reporter != turn.who or not turn.text:
        return False
    reading = read_intent(turn.work.hood.names.unnamed(turn.text))
    other = reading.category is not None and reading.category.code != seen.category
    if other or reading.intent in ALARM or asks_something(plain(turn.text)):
        return False
    if find_place(turn.text, turn.work.hood, seen.place_id).place_id is not None:
        return False  # it is told where, not only on which floor
    if not (tells_detail(turn.text) or (turn.private and think(turn).action is Action.HANDOVER)):
        return False
    ticket = ticket_of(turn, dialogue)
    if ticket is not None:
        add(turn.work, ticket, turn.who, turn.text)
    return ticket is not None
