"""What stands around every page: headers, the check of forms, and plain words for errors."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from bot.web.faults import note_fault
from bot.web.forms import read_form
from bot.web.preferences import in_traditional, reads_traditional
from bot.web.templating import render_trouble
from knowledge.community.refusals import NotAllowed, NotFound, Outdated, Refusal, TooOften
from knowledge.store.troubles import is_away

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.web.visit import Visit

    Next = Callable[[web.Request], Awaitable[web.StreamResponse]]

CSP = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Server": "linli",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STATUS: dict[type[Refusal], int] = {NotFound: 404, NotAllowed: 404, Outdated: 410, TooOften: 429}
"""Status of a refusal's page; every other refusal is a 409: the state does not allow it."""

FOREIGN_FORM = "这一页放得太久了，或不是从本站打开的。请返回上一页，刷新后再试一次。"
TOO_BIG = "东西太大了：照片请不要超过 10 MB，可以截个屏再发。"
WORDS = {
    400: "这次发来的内容看不懂。请返回上一页再试一次。",
    403: FOREIGN_FORM,
    404: "这里没有您要看的内容。请回到首页再找找。",
    405: "这个地址不能这样用。请返回上一页再试一次。",
    408: "没有发完就断了，多半是网络不好。请返回上一页再发一次。",
    413: TOO_BIG,
}
FAULT = "对不起，页面出了点问题，已经记下来了。请过一会儿再试；急事请直接打社区电话。"
LATER = "对不起，现在还打不开：正在等数据库。请过一会儿再试；急事请直接打社区电话。"


@web.middleware
async def guard(request: web.Request, handler: Next) -> web.StreamResponse:
    """Answer with safe headers whatever happens, and turn every trouble into plain words."""
    try:
        response = await handler(request)
    except Refusal as refusal:
        status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 409)
        response = _trouble(request, status, refusal.say)
    except web.HTTPException as trouble:
        response = await _turned_away(request, trouble)
    except ConnectionError:
        raise  # the browser has gone away
    except Exception as fault:  # noqa: BLE001 -- an edge: the visitor gets an apology.
        response = _failed(request, fault)
    if isinstance(response, web.Response) and response.content_type == "text/html":
        response.headers["Vary"] = "Accept-Language"
        if response.text and reads_traditional(request):
            response.text = in_traditional(response.text)
    if not response.prepared:
        response.headers.update(HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
    return response


async def check_form(visit: Visit) -> None:
    """Let a form through only when it comes from our own page.

    Raises:
        aiohttp.web.HTTPForbidden: foreign origin, or the form's secret is missing or wrong.
        aiohttp.web.HTTPBadRequest: what came cannot be read as a form.
    """
    origin = visit.request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != visit.request.host:
        raise web.HTTPForbidden
    form = await read_form(visit.request)
    said = str(form.get("csrf", ""))
    if not hmac.compare_digest(said.encode(), visit.csrf.encode()):
        raise web.HTTPForbidden


async def _turned_away(request: web.Request, trouble: web.HTTPException) -> web.StreamResponse:
    """Say what is wrong; who reloads what a form has answered is led to the page above the form."""
    if isinstance(trouble, web.HTTPMethodNotAllowed) and (above := await _page_above(request)):
        return web.Response(status=303, headers={"Location": above})
    return _trouble(request, trouble.status, WORDS.get(trouble.status, WORDS[400]))


async def _page_above(request: web.Request) -> str:
    """Return the nearest page above the address that a browser looks at, "" where there is none."""
    looks = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    path = request.rel_url.raw_path if looks else ""
    while path := path.rpartition("/")[0]:
        above = await request.app.router.resolve(request.clone(rel_url=path))
        if above.http_exception is None:
            return path
    return ""


def _failed(request: web.Request, fault: Exception) -> web.StreamResponse:
    note_fault("A page failed.", fault, action="page.failed", route=_route(request))
    return _trouble(request, *((503, LATER) if is_away(fault) else (500, FAULT)))


def _trouble(request: web.Request, status: int, say: str) -> web.StreamResponse:
    return render_trouble(request, status, say)


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else ""
