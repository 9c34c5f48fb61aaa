"""How long the server works on each main page, for the role that opens it, over 100,000 tickets."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import aiohttp
from aiohttp import web

from bot.benches.furniture import TICKETS, furnish
from bot.benches.machine import percentile
from bot.benches.months import made
from bot.benches.stage import Silent, running_app
from bot.web.keys import IDENTITIES
from bot.web.server import build_web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


TURNS = 40
WARM = 3
"""Looks before the measured ones: templates are compiled and the board's rows folded once."""


class Page(NamedTuple):
    """One page as one person of the demo roster opens it."""

    name: str
    who: str
    path: str


PAGES = (
    Page("chat_list", "li", "/chat"),
    Page("chat", "li", "/chat/g-gh3"),
    Page("mine", "li", "/mine"),
    Page("desk", "zhang", "/desk"),
    Page("building", "zhang", "/desk/building"),
    Page("ticket", "xie", "/t/99000"),
    Page("faq", "chen", "/admin"),
    Page("faq_entry", "chen", "/admin/faq/elderly-transit"),
    Page("unanswered", "chen", "/admin/unanswered"),
    Page("roster", "chen", "/admin/roster"),
    Page("roster_history", "chen", "/admin/roster/history"),
    Page("people", "chen", "/admin/people"),
    Page("person", "chen", "/admin/people/zhang"),
    Page("channels", "chen", "/admin/channels"),
    Page("silence", "chen", "/admin/silence?last=50"),
    Page("quarantine", "chen", "/admin/quarantine"),
    Page("audit", "chen", "/admin/audit"),
    Page("audit_of_one", "chen", "/admin/audit?who=谢主任&kind=export"),
    Page("audit_of_a_day", "chen", "/admin/audit?kind=ticket&day=2026-03-01"),
    Page("settings", "chen", "/admin/settings"),
    Page("backups", "chen", "/admin/backups"),
    Page("notices", "chen", "/notices"),
    Page("notice", "chen", "/notices/fire-bedtime"),
    Page("board_street", "xie", "/board"),
    Page("board_week", "xie", "/board?days=7"),
    Page("board_estate", "wang", "/board?place=gh"),
    Page("board_rows", "xie", "/board/rows/filed"),
    Page("report", "xie", "/board/report/2026-10"),
    Page("report_running", "xie", "/board/report/2026-11"),
    Page("report_numbers", "xie", "/board/report/2026-10/numbers/filed"),
    Page("report_estate", "wang", "/board/report/2026-10"),
)


def measure() -> dict[str, Any]:
    """Return p50 and p95 in milliseconds by page, its size, and how long the processor worked.

    On a busy machine the processor's time is the truer figure. `first_ms` is the very first look,
    in which a page makes what it keeps; `report_made_ms` is the making of a report alone.
    """
    return asyncio.run(_measure()) | {"report_made_ms": made()}


async def _measure() -> dict[str, Any]:
    async with running_app(Silent()) as app:
        app.demo = True  # the addresses of a demo name the person, without signing in
        await app.database.write(lambda session: furnish(session, app))
        await app.settle()  # a year at once: it is swept and anchored before anybody looks
        watch = _Watch()
        server = build_web(app)
        server.middlewares.insert(0, watch.timed)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            address = f"http://127.0.0.1:{runner.addresses[0][1]}/as/"
            passes = runner.app[IDENTITIES].pass_of
            async with aiohttp.ClientSession() as client:
                pages = {
                    page.name: await watch.look(client, address + passes(page.who), page)
                    for page in PAGES
                }
        finally:
            await runner.cleanup()
    return {"tickets": TICKETS, "pages": pages}


class _Watch:
    """Measures what the server does from the parsed request to the finished page."""

    def __init__(self) -> None:
        self._spent: list[float] = []
        self._worked: list[float] = []

    @property
    def timed(self) -> Any:
        """The outermost middleware."""

        @web.middleware
        async def timed(
            request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
        ) -> web.StreamResponse:
            begun, worked = time.perf_counter(), time.process_time()
            try:
                return await handler(request)
            finally:
                self._spent.append((time.perf_counter() - begun) * 1000)
                self._worked.append((time.process_time() - worked) * 1000)

        return timed

    async def look(self, client: aiohttp.ClientSession, home: str, page: Page) -> dict[str, Any]:
        """Open one page again and again."""
        self._spent, self._worked = [], []
        size = 0
        for _ in range(TURNS + WARM):
            async with client.get(home + page.path) as answer:
                if answer.status != web.HTTPOk.status_code:
                    raise RuntimeError(page.path, answer.status)
                size = len(await answer.read())
        spent, worked = self._spent[WARM:], self._worked[WARM:]
        figures = {
            "first_ms": self._spent[0],
            "p50_ms": percentile(spent, 0.5),
            "p95_ms": percentile(spent, 0.95),
            "cpu_p50_ms": percentile(worked, 0.5),
            "cpu_p95_ms": percentile(worked, 0.95),
        }
        return {name: round(value, 1) for name, value in figures.items()} | {"kb": size // 1024}
