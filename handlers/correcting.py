"""Where an open matter really is, said when nothing is asked any more: 你讲错哒，在三楼."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.tickets import locating
from handlers.actions.tickets.adding import add
from handlers.actions.tickets.lists import open_matters
from handlers.drafting import names_none, talked_of
from handlers.intents.correcting import corrects, spot_told, tells_of_others, without_wrong
from handlers.intents.detail import tells_detail
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.read import read_intent
from handlers.phrases import drafts
from knowledge.community.locating.housewords import house_words
from knowledge.community.locating.locating import find_place
from knowledge.community.tickets.ticket import UNFINISHED
from knowledge.store.answers import last_given
from knowledge.store.histories import history

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow

STILL = timedelta(days=1)
"""How long after somebody's last words of a matter a correction is about that matter."""


def correct_place(turn: Turn) -> bool:
    """Take a corrected place for that of the matter told last, unless an answer was given since."""
    if not (turn.private and corrects(turn.text)) or asks_something(plain(turn.text)):
        return False
    corrected = without_wrong(turn.text)
    if tells_of_others(corrected):
        return False
    ticket = None if read_intent(corrected).matter else _told_last(turn)
    if ticket is None:
        return False
    hood = turn.work.hood
    found = find_place(corrected, hood, ticket.place_id or talked_of(turn, ticket))
    if names_none(found, hood):
        turn.reply(drafts.no_such_place(found.rest, house_words(hood, ticket.place_id)))
    elif found.place_id not in (None, ticket.place_id):
        locating.locate(turn.work, ticket, turn.who, str(found.place_id), words=turn.text)
    elif spot_told(corrected) or tells_detail(corrected):
        add(turn.work, ticket, turn.who, turn.text)
    else:
        return False
    return True


def _told_last(turn: Turn) -> TicketRow | None:
    """The speaker's own open matter of which they spoke last; None where an answer came after it."""
    spoken = [
        (at, row)
        for row in open_matters(turn.work, turn.who)
        if row.reporter == turn.who and row.state in UNFINISHED
        for at in (_spoke_at(turn, row),)
        if at >= turn.work.now - STILL
    ]
    if not spoken:
        return None
    at, ticket = max(spoken, key=lambda one: one[0])
    chat = turn.chat
    answered = last_given(turn.work.session, chat.channel, chat.id, at, turn.who)
    return ticket if answered is None else None


def _spoke_at(turn: Turn, ticket: TicketRow) -> datetime:
    deeds = history(turn.work.session, ticket)
    return max((deed.at for deed in deeds if deed.actor == turn.who), default=ticket.created_at)
