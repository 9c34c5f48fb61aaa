"""Requests as other systems read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.web.open311.call import numbers_in
from bot.web.open311.refusing import Refused, not_found
from bot.web.open311.services import service
from bot.web.open311.writing import answer
from handlers.actions.tickets.wording import role_on_chain
from handlers.phrases import open311 as phrases
from handlers.phrases.numbers import ticket_number
from knowledge.community.days.zone import local
from knowledge.community.tickets.publicity import public_categories
from knowledge.community.tickets.ticket import CLOSED, DRAFTS, OPEN, State
from knowledge.store import public
from knowledge.store.histories import history

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aiohttp import web

    from bot.web.open311.call import Call
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

STATUS = {"open": OPEN, "closed": CLOSED}


async def list_requests(call: Call) -> web.Response:
    """List requests: those of the numbers asked for, else by service, time and status."""
    if named := call.words("service_request_id"):
        found = await _numbered(call, named)
    else:
        part = _part(call)
        found = await glance(
            call, lambda work: requests(work, call, public.requests_in(work.session, part))
        )
    return answer(call.parts["form"], "service_requests", found)


async def one_request(call: Call) -> web.Response:
    """Return one request, or 404: a private one looks like a missing one."""
    found = await _numbered(call, (call.parts["no"],))
    if not found:
        raise not_found("编号")
    return answer(call.parts["form"], "service_requests", found)


async def _numbered(call: Call, named: Iterable[str]) -> Any:
    """The public requests among those named, whatever else is asked."""
    part, numbers = public.Slice(public_categories()), numbers_in(named)
    return await glance(
        call,
        lambda work: requests(work, call, public.requests_numbered(work.session, part, numbers)),
    )


async def glance(call: Call, look: Any) -> Any:
    """Read with everything that actions know; nothing is kept."""
    return await call.app.look(lambda session: look(call.app.work(session, "open311")))


def requests(work: Work, call: Call, rows: list[TicketRow]) -> list[dict[str, Any]]:
    """The rows as the standard's service requests."""
    changed = public.last_moments(work.session, rows)
    more = _extended if call.query.get("extensions") == "true" else _nothing_more
    return [_request(work, call, row, changed[row.id]) | more(work, row) for row in rows]


def stamp(moment: datetime) -> str:
    """A moment as the standard wants it: to the second, with the zone."""
    return local(moment).isoformat(timespec="seconds")


def agency(work: Work, row: TicketRow) -> str:
    """The post that answers for a request."""
    estate = work.hood.estate(row.place_id)
    role = role_on_chain(work, row, row.owner_id) or row.rung
    return phrases.post_of(estate.name if estate else "", role)


def _part(call: Call) -> public.Slice:
    states = OPEN | CLOSED
    if asked := call.words("status"):
        if not set(asked) <= STATUS.keys():
            raise Refused(400, "status 只有 open 和 closed")
        states = frozenset[State]().union(*(STATUS[name] for name in asked))
    codes = [service(code).code for code in call.words("service_code")]
    limit, skip = call.page()
    since, until = call.span()
    return public.Slice(codes or public_categories(), since, until, states, limit, skip)


def _request(work: Work, call: Call, row: TicketRow, changed: datetime) -> dict[str, Any]:
    """One request, in our own words: its title may be the resident's.

    Photos are behind the address of its page, for those whom it concerns.
    """
    category = public_categories()[row.category]
    state = State(row.state)
    due = row.solve_due if state in OPEN else None
    return {
        "service_request_id": ticket_number(row.no),
        "status": "closed" if state in CLOSED else "open",
        "status_notes": _notes(work, row),
        "service_name": category.name,
        "service_code": row.category,
        "description": category.name,
        "agency_responsible": agency(work, row),
        "service_notice": "",
        "requested_datetime": stamp(row.filed_at or row.created_at),
        "updated_datetime": stamp(changed),
        "expected_datetime": stamp(due) if due else None,
        "address": _address(work, row.place_id),
        "address_id": row.place_id or "",
        "zipcode": "",
        "lat": call.rules.lat,
        "long": call.rules.long,
        "media_url": f"{call.base}/t/{ticket_number(row.no)}",
    }


def _notes(work: Work, row: TicketRow) -> str:
    """The state in words; of a duplicate also whose, where that one is public."""
    state = State(row.state)
    if state is State.CLOSED_DUPLICATE:
        merged = [deed for deed in history(work.session, row) if deed.moves][-1]
        part, numbers = public.Slice(public_categories()), (merged.facts.get("into", 0),)
        for into in public.requests_numbered(work.session, part, numbers):
            return phrases.duplicate_of(ticket_number(into.no))
    return phrases.status_notes(state)


def _address(work: Work, place_id: str | None) -> str:
    """`桂花园小区 3栋2单元`."""
    estate, label = work.hood.estate(place_id), work.hood.label(place_id)
    return label if estate is None or estate.name == label else f"{estate.name} {label}"


def _nothing_more(_work: Work, _row: TicketRow) -> dict[str, Any]:
    return {}


def _extended(work: Work, row: TicketRow) -> dict[str, Any]:
    """What the standard has no field for: our own state, and the steps since the filing."""
    filed = row.filed_at or row.created_at
    steps = [
        deed
        for deed in history(work.session, row)
        if deed.at >= filed and deed.target not in {deed.origin, *DRAFTS}
    ]
    return {
        "extended_attributes": {"state": row.state, "lane": row.lane, "reports": row.reports},
        "notes": [
            {
                "datetime": stamp(deed.at),
                "type": deed.target.value,
                "description": phrases.status_notes(deed.target),
            }
            for deed in steps
        ],
    }
