"""What has become of requests since, for systems that mirror them (FixMyStreet's extension)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.web.open311.ledger import glance, stamp
from bot.web.open311.writing import answer
from handlers.phrases import open311 as phrases
from handlers.phrases.numbers import ticket_number
from knowledge.community.tickets.publicity import public_categories
from knowledge.community.tickets.ticket import CLOSED, State
from knowledge.store import public

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.open311.call import Call
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketEventRow, TicketRow

STATUS = {
    State.NEW: "OPEN",
    State.ACCEPTED: "INVESTIGATING",
    State.IN_PROGRESS: "IN_PROGRESS",
    State.SCHEDULED: "ACTION_SCHEDULED",
    State.WAITING_REPORTER: "OPEN",
    State.WHISTLED: "INTERNAL_REFERRAL",
    State.RETURNED: "FOR_TRIAGE",
    State.PARKED: "PLANNED",
    State.HANDLED: "FIXED",
    State.CLOSED_CONFIRMED: "FIXED",
    State.CLOSED_SILENT: "CLOSED",
    State.CLOSED_DUPLICATE: "DUPLICATE",
    State.CLOSED_REJECTED: "NOT_COUNCILS_RESPONSIBILITY",
    State.CLOSED_UNABLE: "NO_FURTHER_ACTION",
    State.CLOSED_WITHDRAWN: "CANCELLED",
}
"""FixMyStreet's word for each of our states."""
_ENDED = CLOSED - {State.CLOSED_DUPLICATE} | {State.HANDLED}
"""Whence a request is opened again; one split off only goes on as before."""


async def list_updates(call: Call) -> web.Response:
    """List every step to another state in the time asked for, oldest first."""
    since, until = call.span()
    limit, skip = call.page()
    part = public.Slice(public_categories(), since, until, limit=limit, skip=skip)

    def look(work: Work) -> list[dict[str, Any]]:
        return [_update(event, row) for event, row in public.moves_in(work.session, part)]

    return answer(call.parts["form"], "service_request_updates", await glance(call, look))


def _update(event: TicketEventRow, row: TicketRow) -> dict[str, Any]:
    state = State(event.to_state)
    again = state is State.ACCEPTED and event.from_state in _ENDED
    number = ticket_number(row.no)
    return {
        "update_id": f"{number}-{event.seq}",
        "service_request_id": number,
        "status": "REOPEN" if again else STATUS[state],
        "external_status_code": state.value,
        "description": phrases.status_notes(state),
        "updated_datetime": stamp(event.at),
    }
