"""What was doubted and is true: who was told to call for help says so, and the earlier words count."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply, end_dialogue, pending_dialogue
from handlers.actions.telling import tell_chat
from handlers.considering import insisted_on
from handlers.explaining import seen_of
from handlers.intents.insisting import insists, quotes_hint, takes_back, without_hint
from handlers.intents.plain import plain
from handlers.requesting import scene_of, take_up
from knowledge.community.locating import find_place
from knowledge.community.ticket import URGENT

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import DialogueRow

TOPIC = "doubted"
BELIEVED = timedelta(minutes=15)
"""How long after the hint a cry is about what was told before it."""


def hint(turn: Turn, reply: str) -> None:
    """Say what to do if it is true and how to call us; what is said next may be that call."""
    key = tell_chat(turn.work, turn.chat, reply)
    pending = pending_dialogue(turn.work, turn.chat, turn.who)
    if pending is not None and _is_of_danger(turn, pending):
        return  # where that is must still be told
    earlier = pending.data["words"] if pending is not None and pending.topic == TOPIC else ()
    data = {"words": [*earlier, turn.text], "hint": key}
    await_reply(turn.work, turn.chat, turn.who, TOPIC, data=data, lasts=BELIEVED)


def believe(turn: Turn) -> bool:
    """Log what we have doubted, as if told together with the cry; False where the words are none."""
    dialogue = _doubted(turn)
    if dialogue is None or not turn.text:
        return False
    cry, quoted = _said(turn, dialogue)
    words = turn.work.hood.names.unnamed(plain(cry))
    if not insists(words, to_us=turn.addressed or quoted):
        if takes_back(words):
            end_dialogue(turn.work, turn.chat, turn.who)
        return False
    return _log(turn, cry, dialogue.data["words"])


def _log(turn: Turn, cry: str, doubted: list[str]) -> bool:
    there = find_place(cry, turn.work.hood, turn.group.scope if turn.group else None).place_id
    parts = [part for part in ([cry, *doubted] if there else [*doubted, cry]) if part]
    told = replace(turn, event=replace(turn.event, text="，".join(parts)), addressed=True)
    thought = insisted_on((cry, *doubted), told.text, scene_of(told))
    if thought is None or thought.ticket is None:
        return False
    end_dialogue(turn.work, turn.chat, turn.who)
    take_up(told, thought, thought.ticket)
    return True


def _is_of_danger(turn: Turn, dialogue: DialogueRow) -> bool:
    asked = seen_of(turn, dialogue)
    return asked is not None and asked.lane in URGENT


def _doubted(turn: Turn) -> DialogueRow | None:
    found = pending_dialogue(turn.work, turn.chat, turn.who)
    return found if found is not None and found.topic == TOPIC else None


def _said(turn: Turn, dialogue: DialogueRow) -> tuple[str, bool]:
    """The words without a quotation of our hint, and whether they quote it."""
    quote = turn.event.quote or ""
    if quotes_hint(turn.text):
        return without_hint(turn.text), True
    return turn.text, quote == dialogue.data["hint"] or quotes_hint(quote)
