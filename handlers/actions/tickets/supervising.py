"""The 督办 list in a chat: what no rung has brought to its end, and the calls that are to be made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handlers.actions.menus import LONG, Choice, offer
from handlers.actions.tickets.accused import accused
from handlers.actions.tickets.calling import send_card
from handlers.actions.tickets.lists import matter_text
from handlers.actions.tickets.speaking import answer
from handlers.actions.tickets.standing import demand, watches
from handlers.phrases import supervision as phrases
from handlers.phrases.numbers import ticket_number
from knowledge.community.hood.access import Act
from knowledge.community.tickets.course import Clock, follow
from knowledge.community.tickets.ticket import PRESSING, STATE_WORDS, WAITING_FOR_CLAIM, State
from knowledge.store.callbacks import callbacks_of, open_callback
from knowledge.store.histories import history
from knowledge.store.lists import ever_supervised
from knowledge.store.tickets import by_ids

if TYPE_CHECKING:
    from handlers.messages import Button, ChatRef
    from handlers.work import Work
    from knowledge.community.tickets.deed import Deed
    from knowledge.store.rows.tickets import TicketRow

SHOWN = 3
LOOK, RECALL = "ticket.look", "ticket.recall"


class Overview(NamedTuple):
    """What the supervisor reads, how many matters there are, and the buttons of those shown."""

    text: str
    total: int
    buttons: tuple[Button, ...]


def overview(work: Work, who: str, chat: ChatRef) -> Overview:
    """The list of a supervisor with a numbered choice: a digit shows how it stands, or the call."""
    listed, calls = supervised(work, who), _calls(work, who)
    rows = [(LOOK, ticket) for ticket in listed] + [(RECALL, ticket) for ticket in calls]
    if not rows:
        return Overview(phrases.NOTHING, 0, ())
    shown = rows[:SHOWN]
    lines = [line_of(work, who, ticket, call=deed == RECALL) for deed, ticket in shown]
    choices = tuple(
        Choice(phrases.look(ticket.no), deed, {"no": ticket.no}) for deed, ticket in shown
    )
    text = phrases.overview(lines, len(listed), len(calls))
    return Overview(text, len(rows), offer(work, chat, who, choices, lasts=LONG))


def supervised(work: Work, who: str) -> list[TicketRow]:
    """What stands on the 督办 list of somebody who keeps it, the oldest first; nothing parked."""
    person = work.hood.person(who)
    if person is None:
        return []
    found = ever_supervised(work.session)
    waiting = (row for row in found if row.state in PRESSING)
    near = (row for row in waiting if watches(work, row, person))
    return [
        row
        for row in near
        if who not in accused(work, row) and is_listed(row, history(work.session, row))
    ]


def look(work: Work, ticket: TicketRow, who: str) -> None:
    """Show how one of them stands."""
    demand(work, ticket, who, Act.TICKET_READ)
    answer(work, ticket, who, matter_text(work, ticket))


def recall(work: Work, ticket: TicketRow, who: str) -> None:
    """Show the card of a call that is to be made once more."""
    demand(work, ticket, who, Act.TICKET_CALL)
    row = open_callback(work.session, ticket)
    if row is not None and row.caller_id == who:
        send_card(work, ticket, who, row.why)


def is_listed(ticket: TicketRow, deeds: list[Deed]) -> bool:
    """Whether what it was listed for is still so: nobody has taken it, or it is not solved."""
    topped = follow(deeds).topped
    return bool(topped - {Clock.CLAIM}) or (
        Clock.CLAIM in topped and ticket.state in WAITING_FOR_CLAIM
    )


def _calls(work: Work, who: str) -> list[TicketRow]:
    """Those whose reporter the person still has to call."""
    rows = callbacks_of(work.session, who)
    found = by_ids(work.session, [row.ticket_id for row in rows])
    return list(found.values())


def line_of(work: Work, who: str, ticket: TicketRow, *, call: bool = False) -> str:
    """Return one matter of the list as its reader sees it."""
    place = work.hood.label_for(who, ticket.place_id)
    state = phrases.TO_CALL if call else STATE_WORDS[State(ticket.state)]
    return phrases.line(ticket_number(ticket.no), ticket.matter, place, state)
