"""One request of one person, with what every page needs to answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import uuid4

import aiohttp_jinja2
from aiohttp import web

from bot.web import membership
from bot.web.keys import IDENTITIES
from bot.web.membership import CHANNEL
from bot.web.preferences import preferences
from bot.web.reach import at_the_machine
from bot.web.tabs import tabs_of
from knowledge.community.hood.access import Act, may
from knowledge.community.refusals import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.channels.web import WebChannel
    from bot.pokes import Pokes
    from bot.web.application import Application
    from bot.web.identity import Identities
    from handlers.work import Work
    from knowledge.community.hood.access import Relation
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.people import Person

T = TypeVar("T")

NOTHING_HERE = "这里没有您要看的内容。请回到首页再找找。"
HTMX = "HX-Request"
DIGITS = 8
"""No list is that long."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks (None = nobody signed in), where their addresses begin, and the form's secret."""

    app: Application
    request: web.Request
    person: Person | None
    base: str
    csrf: str

    @property
    def me(self) -> Person:
        """The signed-in person; only for routes that need one."""
        if self.person is None:
            raise NotFound(NOTHING_HERE)
        return self.person

    @property
    def hood(self) -> Neighbourhood:
        """The neighbourhood as it stands now."""
        return self.app.town.hood

    @property
    def now(self) -> datetime:
        """The present moment of the application's clock."""
        return self.app.clock.now()

    @property
    def pokes(self) -> Pokes:
        """The open pages of the web channel."""
        return cast("WebChannel", self.app.channels[CHANNEL]).pokes

    @property
    def identities(self) -> Identities:
        """Who recognises people."""
        return self.request.app[IDENTITIES]

    @property
    def plays(self) -> bool:
        """Whether this visitor may play the demo: be anybody, and push its clock."""
        return self.app.demo and at_the_machine(self.request)

    @property
    def begin(self) -> int:
        """How far into a long list the address asks for (`from`); 0 = its beginning."""
        said = self.request.query.get("from", "")
        return int(said) if said.isascii() and said.isdecimal() and len(said) < DIGITS else 0

    @property
    def partial(self) -> bool:
        """Whether a script asks for a piece of a page."""
        return HTMX in self.request.headers

    def can(self, act: Act, relations: frozenset[Relation] = frozenset()) -> bool:
        """Tell whether this visitor may do it."""
        return may(self.person, act, relations)

    def must(self, act: Act, relations: frozenset[Relation] = frozenset()) -> None:
        """Raise NotFound unless allowed: somebody else's thing looks like a missing one."""
        if not self.can(act, relations):
            raise NotFound(NOTHING_HERE)

    def chat_id(self) -> str:
        """Return the address's chat after checking that the visitor belongs to it."""
        chat_id = self.request.match_info["chat"]
        if not membership.is_member(self.me, chat_id, self.hood):
            raise NotFound(NOTHING_HERE)
        return chat_id

    async def glance(self, look: Callable[[Work], T]) -> T:
        """Read with everything that actions know; nothing is kept."""
        return await self.app.look(lambda session: look(self.app.work(session, "page")))

    async def act(self, deed: Callable[[Work], T]) -> T:
        """Do one deed as one unit of work named after this request."""
        return await self.app.act(f"page:{uuid4().hex}", deed)

    def page(self, template: str, status: int = 200, **values: Any) -> web.Response:
        """Render a template with what every page shows."""
        context = {
            "base": self.base,
            "csrf": self.csrf,
            "me": self.person,
            "path": self.request.path.removeprefix(self.base),
            "tabs": tabs_of(self.person),
            "acts": frozenset(act.value for act in Act if self.can(act)),
            "bot_name": self.app.rules.bot_name,
            "demo": self.app.demo,
            "plays": self.plays,
            "page_url": self.app.rules.page_url,
            "now": self.now,
            **preferences(self.request),
            **values,
        }
        return aiohttp_jinja2.render_template(template, self.request, context, status=status)

    def back(self, path: str) -> web.Response:
        """Send the browser to a page of this visitor (after a form: 303)."""
        return web.Response(status=303, headers={"Location": self.base + path})
