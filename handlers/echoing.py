"""One household more without water or power, in words that name neither: counted, not filed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.joining import join
from handlers.intents.echo import echoes_outage
from handlers.intents.plain import plain
from knowledge.community.locating import find_place
from knowledge.community.outages import ECHOED, is_outage
from knowledge.store.tickets import told_here

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow


def count_in(turn: Turn) -> bool:
    """Count who says 我家也停了 among those who wait for the outage that this group tells of.

    False where it tells of none, where they speak of another estate, or in a group that wants us mute.
    """
    if turn.private or _is_mute(turn) or not echoes_outage(plain(turn.text)):
        return False
    since = turn.work.now - ECHOED
    told = told_here(turn.work.session, turn.chat.channel, turn.chat.id, since)
    ticket = next((row for row in told if is_outage(row.matter)), None)
    if ticket is None or turn.who == ticket.reporter or not _is_near(turn, ticket):
        return False
    named = find_place(turn.text, turn.work.hood, ticket.place_id).place_id
    join(turn.work, ticket, turn.who, turn.chat, words=turn.text, at=named)
    return True


def _is_mute(turn: Turn) -> bool:
    """Whether nobody called us in a group that hears us unasked of dangers only."""
    return not turn.addressed and turn.group is not None and turn.group.mode == "静音"


def _is_near(turn: Turn, ticket: TicketRow) -> bool:
    """Whether the place that is named, if one is, lies in the estate of the outage."""
    hood = turn.work.hood
    named = find_place(turn.text, hood, ticket.place_id).place_id
    if named is None or ticket.place_id is None:
        return True
    return hood.estate(named) == hood.estate(ticket.place_id)
