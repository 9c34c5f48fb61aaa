"""Everything below `/open311`: one table, and an answer in the standard's form to every call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.faults import note_fault
from bot.web.forms import read_form
from bot.web.later import Later
from bot.web.open311.call import Call
from bot.web.open311.refusing import Refused, not_found
from handlers.messages import visible
from knowledge.community.hood.access import Act
from knowledge.community.refusals import Refusal
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.web.application import Application

ledger = Later("bot.web.open311.ledger")
posting = Later("bot.web.open311.posting")
services = Later("bot.web.open311.services")
updates = Later("bot.web.open311.updates")

BASE = "/open311"
MAX_BODY = 1024 * 1024
"""Bytes of what another system hands in; photos come as addresses."""
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_FORM = r"\.(?P<form>xml|json)"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A method and a path below the version, with the act that a call counts as."""

    method: str
    path: str
    act: Act
    handler: Callable[[Call], Awaitable[web.Response]]

    @property
    def pattern(self) -> str:
        """The path as an expression that names its parts."""
        return re.sub(r"\{(\w+):([^}]+)\}", r"(?P<\1>\2)", self.path) + _FORM


ENDPOINTS = (
    Endpoint("GET", "discovery", Act.PUBLIC, services.discover),
    Endpoint("GET", "services", Act.PUBLIC, services.list_services),
    Endpoint("GET", "services/{code:[^/]+?}", Act.PUBLIC, services.define),
    Endpoint("GET", "requests", Act.PUBLIC, ledger.list_requests),
    Endpoint("POST", "requests", Act.CHANNEL_CALL, posting.post),
    Endpoint("GET", "requests/{no:[0-9]+?}", Act.PUBLIC, ledger.one_request),
    Endpoint("GET", "servicerequestupdates", Act.PUBLIC, updates.list_updates),
)
_BELOW = Expression(rf"{BASE}/(?:(?P<test>test/)?v2/)?(?P<rest>.*)", re.DOTALL)


def open_ledger(server: web.Application, app: Application) -> None:
    """Serve the ledger, unless the settings close it."""
    if not app.settings.open311.enabled:
        return

    async def take(request: web.Request) -> web.StreamResponse:
        return await _take(app, request)

    server.router.add_route("*", BASE + r"{rest:(/[\s\S]*)?}", take)


async def _take(app: Application, request: web.Request) -> web.Response:
    """Answer whatever is asked: a mistake is told in the standard's form, and never a 5xx."""
    try:
        return await _answer(app, request.clone(client_max_size=MAX_BODY))
    except Refused as refused:
        trouble = refused
    except Refusal as refusal:
        trouble = Refused(400, refusal.say)
    except ConnectionError:
        raise  # the caller has gone away
    except Exception as fault:  # noqa: BLE001 -- an edge: the caller keeps it and comes again.
        note_fault("An Open311 call failed.", fault, action="open311.failed")
        trouble = Refused(503, "现在不行，请过一会儿再来")
    return _refused(request, trouble)


async def _answer(app: Application, request: web.Request) -> web.Response:
    below = _BELOW.fullmatch(request.path)
    if below is None:
        raise not_found("地址")
    endpoint, found = _match(request.method, below["rest"])
    jurisdiction = app.settings.open311.jurisdiction
    call = Call(
        app,
        found.groupdict(),
        request.query,
        await _form(request) if endpoint.method == "POST" else {},
        str(request.url.origin()) if not app.rules.page_url else app.rules.page_url,
        rehearsal=below["test"] is not None,
    )
    asked = call.form.get("jurisdiction_id") or call.query.get("jurisdiction_id", "")
    if jurisdiction and asked and asked != jurisdiction:
        raise not_found("辖区")
    return await endpoint.handler(call)


def _match(method: str, rest: str) -> tuple[Endpoint, re.Match[str]]:
    """The endpoint for a path; raises Refused: 404 for no such path, 405 for another method."""
    fitting = [(one, found) for one in ENDPOINTS if (found := re.fullmatch(one.pattern, rest))]
    if not fitting:
        raise not_found("地址")
    wanted = "GET" if method == "HEAD" else method
    for endpoint, found in fitting:
        if endpoint.method == wanted:
            return endpoint, found
    raise Refused(405, "这个地址不能这样用")


async def _form(request: web.Request) -> dict[str, str]:
    if request.content_type not in FORMS:
        raise Refused(400, "请用表单提交：application/x-www-form-urlencoded")
    try:
        form = await read_form(request)
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, f"最多 {MAX_BODY} 字节") from None
    except web.HTTPBadRequest:
        raise Refused(400, "这次发来的表单看不懂") from None
    return {name: visible(value) for name, value in form.items() if isinstance(value, str)}


def _refused(request: web.Request, trouble: Refused) -> web.Response:
    """The error in the form of the address, else in the form that the caller likes."""
    from bot.web.open311.writing import FORMATS, answer

    ending = request.path.rpartition(".")[2]
    likes = "json" if "json" in request.headers.get("Accept", "") else "xml"
    errors = [{"code": str(trouble.status), "description": trouble.why}]
    return answer(ending if ending in FORMATS else likes, "errors", errors, trouble.status)
