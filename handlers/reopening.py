"""没好, said when nobody asks any more: what was done turns out not to be good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import Choice, offer
from handlers.actions.tickets.closing import lately_done, reopen
from handlers.actions.tickets.following import followed_done, still_there
from handlers.actions.tickets.lists import open_matters
from handlers.actions.tickets.working import supplement
from handlers.choosing import says_bad
from handlers.phrases import endings

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow

LISTED = 3
"""Most matters among which one is chosen: the newest."""


def open_again(turn: Turn) -> bool:
    """Open the reporter's done matter again, or ask which; said of one in hand, pass it on."""
    words = says_bad(turn.text)
    if words is None:
        return False
    done = [row for row in lately_done(turn.work, turn.who) if _meant_here(turn, row)]
    if not done:
        return turn.addressed and (_pass_on(turn) or _says_still(turn, words))
    if len(done) == 1:
        reopen(turn.work, done[0], turn.who, words)
    else:
        _ask_which(turn, done[-LISTED:])
    return True


def _pass_on(turn: Turn) -> bool:
    """Tell whoever has the reporter's only open matter; False when it is not plain which."""
    mine = [row for row in open_matters(turn.work, turn.who) if row.reporter == turn.who]
    if len(mine) != 1:
        return False
    supplement(turn.work, mine[0], turn.who, turn.text)
    return True


def _says_still(turn: Turn, words: str) -> bool:
    """Count a neighbour who joined the only matter that was done lately."""
    joined = followed_done(turn.work, turn.who)
    if not joined:
        return False
    still_there(turn.work, joined[-1], turn.who, words)
    return True


def _meant_here(turn: Turn, ticket: TicketRow) -> bool:
    """In private everything can be meant; in a group only what was reported there."""
    return turn.private or (ticket.channel, ticket.chat_id) == (turn.chat.channel, turn.chat.id)


def _ask_which(turn: Turn, done: list[TicketRow]) -> None:
    labels = [endings.short_title(ticket.matter, ticket.no) for ticket in done]
    choices = tuple(
        Choice(label, "ticket.reopen", {"no": ticket.no})
        for label, ticket in zip(labels, done, strict=True)
    )
    buttons = offer(turn.work, turn.chat, turn.who, choices)
    turn.reply(endings.which_is_bad(labels), buttons=buttons)
