"""The web server: every address from one table, every request as one visit."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from aiohttp import web

from bot.channels.web import WebChannel
from bot.doctor.silence import Reasons
from bot.web import addresses
from bot.web.ahead import Ahead
from bot.web.assets import Assets
from bot.web.backups import Backups
from bot.web.identity import COOKIE, Identities
from bot.web.keys import ASKING, BACKUPS, IDENTITIES, PLAY, REASONS, REPORTS, TALLY
from bot.web.open311.endpoints import open_ledger
from bot.web.photos import MAX_BODY
from bot.web.play import Play
from bot.web.reach import REACH, Reach, at_the_machine
from bot.web.security import check_form, guard
from bot.web.templating import set_up_templates
from bot.web.visit import NOTHING_HERE, Visit
from handlers.reporting.kept import Reports
from knowledge.community.hood.access import Relation
from knowledge.community.refusals import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.config import Settings
    from bot.doctor.finding import Finding
    from bot.web.application import Application
    from bot.web.identity import Identity
    from bot.web.keys import Ask
    from bot.web.routes import Route
    from knowledge.store.tally import Tally

MAX_FORM = 1024 * 1024
"""Bytes of a form without photos."""


async def ask_nobody(_settings: Settings) -> list[Finding]:
    """Say nothing of platforms: there is nothing beside the built-in chat."""
    return []


def build_web(
    app: Application, reach: Reach | None = None, ask: Ask = ask_nobody
) -> web.Application:
    """Return the aiohttp application with all pages of `app`; `reach` may be filled in later.

    `ask` asks the platforms whether they answer.
    """
    server = web.Application(middlewares=[guard], client_max_size=MAX_BODY)
    server[REACH] = reach or Reach()
    server[IDENTITIES], assets = Identities(app), Assets()
    server[ASKING], server[REASONS] = ask, Reasons()
    set_up_templates(server, assets)

    server[TALLY], server[REPORTS] = _tally_when_asked(), Reports()
    server[PLAY], server[BACKUPS] = Play(app), Backups(app)
    _open_and_close(server, Ahead(app, server, addresses.files()))
    server.router.add_get("/static/{mark}/{name:.+}", assets.serve)
    for route in addresses.ROUTES:
        _add_plain(server, app, route)
    for route in filter(attrgetter("personal"), addresses.ROUTES):
        _add_demo(server, app, route)
    if app.channels.keys() - {WebChannel.name}:  # the built-in chat calls at no door
        from bot.web.doors import open_doors

        open_doors(server, app)
    open_ledger(server, app)
    return server


def _tally_when_asked() -> Callable[[], Tally]:
    @lru_cache
    def tally() -> Tally:
        from knowledge.store.tally import Tally

        return Tally()

    return tally


def _open_and_close(server: web.Application, ahead: Ahead) -> None:
    """Begin with the server what works beside its pages, and end it with it."""

    async def prepare(_server: web.Application) -> None:
        await server[IDENTITIES].prepare()
        ahead.start()

    async def end(_server: web.Application) -> None:
        await ahead.stop()
        await server[PLAY].stop()
        await server[BACKUPS].stop()

    server.on_startup.append(prepare)
    server.on_shutdown.append(end)


def _add_plain(server: web.Application, app: Application, route: Route) -> None:
    identities = server[IDENTITIES]

    async def at_plain_address(request: web.Request) -> web.StreamResponse:
        identity = await identities.by_cookie(request.cookies.get(COOKIE))
        return await _visit(app, request, route, identity)

    server.router.add_route(route.method, route.path, at_plain_address)


def _add_demo(server: web.Application, app: Application, route: Route) -> None:
    identities = server[IDENTITIES]

    async def at_demo_address(request: web.Request) -> web.StreamResponse:
        identity = identities.by_pass(request.match_info["token"])
        if identity is None or not at_the_machine(request):
            raise NotFound(NOTHING_HERE)
        return await _visit(app, request, route, identity)

    server.router.add_route(route.method, "/as/{token}" + route.path, at_demo_address)


async def _visit(
    app: Application, request: web.Request, route: Route, identity: Identity
) -> web.StreamResponse:
    if not route.photos:
        request = request.clone(client_max_size=MAX_FORM)
    visit = Visit(app, request, identity.person, identity.base, identity.csrf)
    if route.personal and identity.person is None:
        return visit.page("sign_in_needed.html", status=401)
    if route.personal:
        # Coarse: no relation at all would allow it. The handler checks the object itself.
        visit.must(route.act, frozenset(Relation))
    if route.method == "POST":
        await check_form(visit)
    return await route.handler(visit)
