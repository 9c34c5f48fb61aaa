"""A request that another system hands in: the very action that the chat calls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bot.web.open311.ledger import agency
from bot.web.open311.refusing import Refused
from bot.web.open311.services import BUILDING, service
from bot.web.open311.writing import answer
from handlers.actions.keys import use_key
from handlers.actions.names import remember_name
from handlers.actions.tickets.filing import report
from handlers.actions.tickets.request import Request
from handlers.intents.plain import plain
from handlers.messages import PULLED, Event, direct, visible
from handlers.phrases import open311 as phrases
from handlers.phrases.moments import when
from handlers.phrases.numbers import ticket_number
from knowledge.community.locating.locating import find_place
from knowledge.community.places.places import PlaceKind
from knowledge.community.refusals import NotAllowed, TooOften
from knowledge.community.tickets.discretion import is_aside
from knowledge.community.tickets.ticket import Lane
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.open311.call import Call
    from handlers.work import Work
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.tickets.categories import Category
    from knowledge.store.rows.tickets import TicketRow

LONGEST = 4000
"""Characters of a description (GeoReport v2)."""
_ACCOUNT = re.compile(r"[\w.@+-]{1,80}")
_ADDRESS = re.compile(r"https?://\S{1,300}")

log = Logbook()


class Rehearsed(Exception):
    """Carries the answer of the test endpoint out of a transaction that is not kept."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__()
        self.told = told


@dataclass(frozen=True, slots=True)
class Filed:
    """What is handed in, read and checked."""

    category: Category
    place: str | None
    words: str
    account: str
    name: str


async def post(call: Call) -> web.Response:
    """Take in one request and answer with its number and the promise."""
    try:
        told = await _take(call)
    except Rehearsed as rehearsed:
        told = rehearsed.told
    return answer(call.parts["form"], "service_requests", [told])


async def _take(call: Call) -> dict[str, Any]:
    reference = uuid4().hex
    system = await _system(call, reference)

    def deed(work: Work) -> dict[str, Any]:
        filed = _read(call, work.hood)
        account = f"{system}/{filed.account or reference}"
        chat = direct(PULLED, account)
        work.event = Event(PULLED, reference, chat, account, work.now, text=filed.words)
        told = _lodge(work, filed, call)
        if call.rehearsal:
            raise Rehearsed(told)
        return told

    told = await call.app.act(f"open311:{reference}", deed)
    no = told["service_request_id"]
    log.info("A request was handed in.", action="open311.posted", system=system, no=no)
    return told


async def _system(call: Call, reference: str) -> str:
    """Whose key it is; its use is counted by itself, also where nothing is handed in after all."""
    key = call.form.get("api_key") or visible(call.query.get("api_key", ""))
    try:
        return await call.app.act(
            f"open311.key:{reference}", lambda work: use_key(work, key, call.rules.per_minute)
        )
    except NotAllowed as refusal:
        raise Refused(403, refusal.say) from None
    except TooOften as refusal:
        raise Refused(429, refusal.say) from None


def _lodge(work: Work, filed: Filed, call: Call) -> dict[str, Any]:
    event = work.event
    if event is None:
        raise RuntimeError
    who = f"{PULLED}:{event.sender}"
    if filed.name:
        remember_name(work, who, filed.name)
    category = filed.category
    asked = Request(
        kind=category.kind,
        category=category.code,
        lane=category.lane,
        matter=category.name,
        place=filed.place,
        missing=() if filed.place else ("place",),
        words=filed.words,
        private=is_aside(category, category.kind, plain(filed.words)),
    )
    ticket = report(work, who, event.chat, asked)
    work.session.flush()
    return _receipt(work, ticket, who, call)


def _receipt(work: Work, ticket: TicketRow, who: str, call: Call) -> dict[str, Any]:
    notice = phrases.taken_in(
        ticket_number(ticket.no),
        agency(work, ticket),
        when(ticket.solve_due, work.now) if ticket.solve_due else "",
        joined=ticket.reporter != who,
        dangerous=ticket.lane == Lane.P0,
    )
    return {
        "service_request_id": ticket_number(ticket.no),
        "service_notice": notice,
        "account_id": call.form.get("account_id") or None,
    }


def _read(call: Call, hood: Neighbourhood) -> Filed:
    code = call.said("service_code")
    if not code:
        raise Refused(400, "要写 service_code")
    category = service(code)
    spot = _spot(call)
    place = _place(call, category, hood, spot)
    photo = call.said("media_url", 400)
    if photo and not _ADDRESS.fullmatch(photo):
        raise Refused(400, "media_url 要写 http 或 https 的地址")
    contact = "，".join(filter(None, (call.said("phone", 30), call.said("email", 100))))
    words = call.said("description", LONGEST) or category.name
    return Filed(
        category=category,
        place=place,
        words=phrases.reached_at(words, contact, photo, "" if place else spot),
        account=_account(call) if place else "",  # two points are two matters
        name=(call.said("last_name", 20) + call.said("first_name", 20))[:40],
    )


def _account(call: Call) -> str:
    """Who it is in the other system, so that the same person's reports belong together."""
    said = next(filter(None, map(call.said, ("account_id", "device_id"))), "")
    return said if _ACCOUNT.fullmatch(said) else ""


def _spot(call: Call) -> str:
    lat, long = call.said("lat", 30), call.said("long", 30)
    if not lat and not long:
        return ""
    try:
        north, east = float(lat), float(long)
    except ValueError:
        raise Refused(400, "lat 和 long 要一起写成数") from None
    if not (-90 <= north <= 90 and -180 <= east <= 180):  # noqa: PLR2004 -- degrees of the earth.
        raise Refused(400, "lat 和 long 超出范围")
    return f"{north:.6f},{east:.6f}"


def _place(call: Call, category: Category, hood: Neighbourhood, spot: str) -> str | None:
    """The place of a request: by id, by words, or none when there is only a point on a map."""
    place_id, address = call.said("address_id"), call.said("address_string")
    building = call.said(f"attribute[{BUILDING}]") or call.said(f"attribute[{BUILDING}][]")
    if not (place_id or address or spot):
        raise Refused(400, "要写地点：address_id、address_string，或 lat 和 long")
    if place_id and not (hood.places.get(place_id) and hood.places[place_id].active):
        raise Refused(400, "没有这个 address_id")
    place = place_id or None
    if named := f"{address}{building}":
        found = find_place(named, hood, place)
        if found.place_id is None and len(found.ambiguous) > 1:
            raise Refused(400, "address_string 有几处都像，请写上小区名")
        place = hood.finer(found.place_id, place)
    if place is None and not spot:
        raise Refused(400, "address_string 里找不到这里的地点，请写小区名和楼栋")
    if category.needs_building and hood.up_to(place, PlaceKind.BUILDING) is None:
        raise Refused(400, f"attribute[{BUILDING}]：{phrases.ATTRIBUTE_BUILDING}")
    return place
