"""算了, and the other words for it: 好了，不用来了; 没事了，自己修好了."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import pending_dialogue
from handlers.actions.tickets.closing import confirm, withdraw
from handlers.actions.tickets.lists import open_matters
from handlers.meant import own_meant
from knowledge.community.ticket import State
from knowledge.store.lists import drafts_of
from knowledge.store.tickets import by_id

if TYPE_CHECKING:
    from handlers.intents.commands import Command
    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow


def call_off(turn: Turn, command: Command) -> bool:
    """Take back the matter that is meant; what was done already is confirmed instead.

    False where nobody spoke to us of a matter: in a group, and for words that are small talk too.
    """
    ticket = _asked_about(turn) or _told_of(turn, command)
    if ticket is None:
        return False
    if ticket.state == State.HANDLED and command.rest:
        confirm(turn.work, ticket, turn.who)
    else:
        withdraw(turn.work, ticket, turn.who)
    return True


def _asked_about(turn: Turn) -> TicketRow | None:
    """What we are talking of: the ticket of our last question, else the newest draft."""
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    if dialogue is not None and dialogue.ticket_id:
        return by_id(turn.work.session, dialogue.ticket_id)
    drafts = drafts_of(turn.work.session, turn.who)
    return drafts[-1] if drafts else None


def _told_of(turn: Turn, command: Command) -> TicketRow | None:
    """The open matter: of a group that nobody called us in, only one that was told there."""
    if not command.rest:
        return own_meant(turn, command) if turn.addressed else None
    mine = [row for row in open_matters(turn.work, turn.who) if row.reporter == turn.who]
    if not turn.addressed:
        here = (turn.chat.channel, turn.chat.id)
        mine = [row for row in mine if (row.channel, row.chat_id) == here]
    if len(mine) > 1 and turn.addressed:
        return own_meant(turn, command)
    return mine[0] if len(mine) == 1 else None
