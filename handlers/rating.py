"""How it was, said where we ask whether it is good: 一般般 ends it, 不满意 is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import open_menus, options_of
from handlers.actions.tickets.closing import FAIR, UNHAPPY, confirm, doubt, reopen
from handlers.choosing import says_bad
from handlers.intents import verdict
from handlers.intents.commands import without_call
from knowledge.community.tickets.ticket import State
from knowledge.store.lists import reported_by
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow

ASKS = "ticket.confirm"
RATES = frozenset({"ticket.rate", "ticket.reopen"})
"""Choices with a word of their own for it."""


def judge(turn: Turn) -> bool:
    """Take how it was for the answer to 好了没有; False where that is not asked."""
    said = without_call(turn.text)
    fair, bad = verdict.SO_SO.fullmatch(said), verdict.UNHAPPY.fullmatch(said)
    but = bad or verdict.GOOD_BUT.fullmatch(said)
    ticket = _asked_about(turn) if fair or but else None
    if ticket is None:
        return False
    words = (but["why"] or "") if but else ""
    if fair:
        confirm(turn.work, ticket, turn.who, FAIR)
    elif says_bad(words) is not None:
        reopen(turn.work, ticket, turn.who, words)
    elif bad:
        doubt(turn.work, ticket, turn.who, words)
    else:
        confirm(turn.work, ticket, turn.who, UNHAPPY, words)
    return True


def _asked_about(turn: Turn) -> TicketRow | None:
    """Return what the speaker was asked about last; in private also elsewhere, if it is the only one."""
    for menu in open_menus(turn.work, turn.chat, turn.who):
        options = options_of(turn.work, menu)
        asking = [option for option in options if option.action == ASKS]
        if asking:
            plain = "rating" not in asking[0].args
            return by_no(turn.work.session, asking[0].args["no"]) if plain else None
        if any(option.action in RATES for option in options):
            return None
    waiting = reported_by(turn.work.session, turn.who, {State.HANDLED}) if turn.private else []
    mine = [row for row in waiting if row.reporter == turn.who]
    return mine[0] if len(mine) == 1 else None
