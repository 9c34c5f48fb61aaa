"""A message edited or taken back: what was drafted of its words goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import end_dialogue, pending_dialogue
from handlers.actions.tickets import filing
from handlers.actions.tickets.withdrawing import drop, withdraw
from handlers.intents.commands import Word, read_command
from handlers.messages import EventKind
from handlers.requesting import reread
from knowledge.community.tickets.ticket import URGENT
from knowledge.store.inbox import handled_at
from knowledge.store.lists import drafts_of

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow

MENDED = "改了原话"


def forget_old_words(turn: Turn) -> bool:
    """Drop the draft that was made of a message before its edit; the new words are yet to be heard.

    Where these name no place, and one was told meanwhile, the draft stands and is about the new words.
    """
    draft = _drafted(turn)
    if draft is None:
        return False
    command = read_command(turn.text)
    if command is not None and command.word is Word.WITHDRAW:
        withdraw(turn.work, draft, turn.who)
        return True
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    asks = dialogue is not None and dialogue.ticket_id == draft.id and dialogue.topic == "place"
    if not asks and _takes_new_words(turn, draft):
        return True
    if dialogue is not None and dialogue.ticket_id == draft.id:
        end_dialogue(turn.work, turn.chat, turn.who)
    drop(turn.work, draft, MENDED)
    return False


def take_back(turn: Turn) -> bool:
    """What was drafted of a message that its author has taken back is withdrawn; what is filed stays."""
    if turn.event.kind is not EventKind.RECALL:
        return False
    draft = _drafted(turn)
    if draft is not None:
        withdraw(turn.work, draft, turn.who)
    return True


def _takes_new_words(turn: Turn, draft: TicketRow) -> bool:
    """Let the draft be about the new words, if they name no place and it has one."""
    told = reread(turn, turn.text)
    if told is None or told.lane in URGENT or "place" not in told.missing or draft.place_id is None:
        return False
    missing = ("matter",) if "matter" in told.missing else ()
    filing.edit(
        turn.work,
        draft,
        turn.who,
        matter=told.matter,
        missing=missing,
        words=turn.text,
        subject=told,
    )
    return True


def _drafted(turn: Turn) -> TicketRow | None:
    """What was made of the same message when it was heard before; None where that is not plain."""
    session, event = turn.work.session, turn.event
    drafts = drafts_of(session, turn.who) if event.message else []
    then = handled_at(session, event.channel, event.chat.id, event.message) if drafts else None
    if then is None:
        return None
    came, done = then
    made = [one for one in drafts if came <= one.created_at <= done]
    return made[0] if len(made) == 1 else None
