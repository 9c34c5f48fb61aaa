"""What was doubted and is true: who was told to call for help says so, and the earlier words count."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply, end_dialogue, pending_dialogue
from handlers.actions.telling import tell_chat
from handlers.intents.insisting import insists, quotes_hint, takes_back, without_hint
from handlers.intents.plain import plain
from handlers.requesting import scene_of, take_up
from handlers.thinking.considering import insisted_on
from knowledge.community.locating.locating import find_place

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import DialogueRow

TOPIC = "doubted"
WORDS, HINT, UNTIL = "doubted", "hint", "until"
"""In the data of any dialogue: what was doubted, the key of the hint, the moment up to which it counts."""
BELIEVED = timedelta(minutes=15)
"""How long after the hint a cry is about what was told before it."""
YES_OR_NO = "confirm"
"""The topic of a draft that was asked about: a bare yes is the answer to it."""
MOST = 5
"""So many of the newest words that were doubted are kept."""


def hint(turn: Turn, reply: str) -> None:
    """Say what to do if it is true and how to call us; what is said next may be that call.

    Whatever else we wait for, we go on to wait for.
    """
    key = tell_chat(turn.work, turn.chat, reply)
    until = turn.work.now + BELIEVED
    pending = pending_dialogue(turn.work, turn.chat, turn.who)
    words = [*_words(turn, pending), turn.text][-MOST:]
    kept = {WORDS: words, HINT: key, UNTIL: until.isoformat()}
    if pending is None or pending.topic == TOPIC:
        await_reply(turn.work, turn.chat, turn.who, TOPIC, data=kept, lasts=BELIEVED)
    else:
        pending.data = pending.data | kept


def believe(turn: Turn) -> bool:
    """Log what we have doubted, as if told together with the cry; False where the words are none."""
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    doubted = _words(turn, dialogue)
    if dialogue is None or not doubted or not turn.text:
        return False
    cry, quoted = _said(turn, dialogue)
    said = turn.work.hood.names.unnamed(plain(cry))
    called = turn.addressed or quoted
    answers = quoted or (called and dialogue.topic != YES_OR_NO)
    told = (said, cry)  # plain words leave out 我没开玩笑: beside a matter it says nothing
    if any(insists(words, to_us=called, answers=answers) for words in told):
        return _log(turn, dialogue, cry, doubted)
    if takes_back(said):
        _forget(turn, dialogue)
    return False


def _forget(turn: Turn, dialogue: DialogueRow) -> None:
    if dialogue.topic == TOPIC:
        end_dialogue(turn.work, turn.chat, turn.who)
    else:
        dialogue.data = {name: dialogue.data[name] for name in dialogue.data if name != WORDS}


def _log(turn: Turn, dialogue: DialogueRow, cry: str, doubted: list[str]) -> bool:
    there = find_place(cry, turn.work.hood, turn.group.scope if turn.group else None).place_id
    parts = [part for part in ([cry, *doubted] if there else [*doubted, cry]) if part]
    told = replace(turn, event=replace(turn.event, text="，".join(parts)), addressed=True)
    thought = insisted_on((cry, *doubted), told.text, scene_of(told))
    if thought is None or thought.ticket is None:
        return False
    _forget(turn, dialogue)
    take_up(told, thought, thought.ticket)
    return True


def _words(turn: Turn, dialogue: DialogueRow | None) -> list[str]:
    """What was doubted lately, oldest first."""
    if dialogue is None or WORDS not in dialogue.data:
        return []
    until = datetime.fromisoformat(dialogue.data[UNTIL])
    return list(dialogue.data[WORDS]) if turn.work.now < until else []


def _said(turn: Turn, dialogue: DialogueRow) -> tuple[str, bool]:
    """The words without a quotation of our hint, and whether they quote it."""
    quote = turn.event.quote or ""
    if quotes_hint(turn.text):
        return without_hint(turn.text), True
    return turn.text, quote == dialogue.data[HINT] or quotes_hint(quote)
