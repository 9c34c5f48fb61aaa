"""算了, and the other words for it: 好了，不用来了; 没事了，自己修好了; 师傅来了，灯亮了."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import pending_dialogue
from handlers.actions.menus import Choice, open_menus, options_of
from handlers.actions.tickets.closing import confirm
from handlers.actions.tickets.lists import open_matters
from handlers.actions.tickets.speaking import answer
from handlers.actions.tickets.withdrawing import withdraw
from handlers.actions.tickets.wording import sheet
from handlers.intents.ended import sounds_over
from handlers.intents.plain import plain
from handlers.meant import own_meant
from handlers.phrases import endings
from handlers.requesting import think
from knowledge.community.tickets.ticket import State
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
    if command.no is not None:
        ticket = _numbered(turn, command)
    else:
        ticket = _asked_about(turn) or _told_of(turn, command)
    if ticket is None:
        return False
    if ticket.state == State.HANDLED and command.rest:
        confirm(turn.work, ticket, turn.who)
    else:
        withdraw(turn.work, ticket, turn.who)
    return True


def ask_if_over(turn: Turn) -> bool:
    """Ask the reporter of an open matter, who tells that something is settled, whether it is this.

    In a group only of what was told there; once, while the question can be answered. Where the
    handler said so before, the reporter has confirmed it.
    """
    if not sounds_over(plain(turn.text)) or think(turn).ticket is not None:
        return False
    mine = [row for row in open_matters(turn.work, turn.who) if row.reporter == turn.who]
    told = mine if turn.private else [row for row in mine if _told_here(turn, row)]
    if not told:
        return False
    ticket = told[-1]
    asked = [
        menu for menu in open_menus(turn.work, turn.chat, turn.who) if menu.ticket_id == ticket.id
    ]
    if asked and ticket.state == State.HANDLED:
        confirm(turn.work, ticket, turn.who)
        return True
    if any(one.action == "ticket.over" for menu in asked for one in options_of(turn.work, menu)):
        return False
    deed = "ticket.confirm" if ticket.state == State.HANDLED else "ticket.over"
    choices = (Choice(endings.GOOD, deed, {"no": ticket.no}),)
    answer(turn.work, ticket, turn.who, endings.is_over(sheet(turn.work, ticket)), choices=choices)
    return True


def _numbered(turn: Turn, command: Command) -> TicketRow | None:
    """The open matter of that number; in a group that nobody called us in, a price is no number of theirs."""
    mine = [row for row in open_matters(turn.work, turn.who) if row.no == command.no]
    return own_meant(turn, command) if mine or turn.addressed else None


def _told_here(turn: Turn, ticket: TicketRow) -> bool:
    return (ticket.channel, ticket.chat_id) == (turn.chat.channel, turn.chat.id)


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
        mine = [row for row in mine if _told_here(turn, row)]
    if len(mine) > 1 and turn.addressed:
        return own_meant(turn, command)
    return mine[0] if len(mine) == 1 else None
