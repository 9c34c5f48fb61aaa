"""The month's report for the street and the communities: to read, to print, to take along."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from bot.reports.page import told_briefly
from bot.reports.sources import sources
from bot.web.keys import REPORTS
from bot.web.visit import NOTHING_HERE
from handlers.actions.auditing import note
from handlers.actions.tickets.recording import hours
from handlers.reporting.books import Place
from handlers.reporting.scope import scope_of
from knowledge.community.days.month import Month
from knowledge.community.hood.access import Act, Relation
from knowledge.community.hood.territory import reach
from knowledge.community.refusals import NotFound

if TYPE_CHECKING:
    from bot.web.visit import Visit
    from handlers.reporting.monthly import Report
    from handlers.reporting.scope import Scope
    from handlers.work import Work

PAGE = 500
"""Numbers listed at once."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def report(visit: Visit) -> web.Response:
    """Show a month."""
    return visit.page("report.html", **told_briefly(await _counted(visit)))


async def numbers(visit: Visit) -> web.Response:
    """Show the numbers from which one figure was counted, as links for who may read tickets."""
    found = sources(await _counted(visit)).get(visit.request.match_info["key"])
    if found is None:
        raise NotFound(NOTHING_HERE)
    begin, total = visit.begin, found.total
    return visit.page(
        "report_numbers.html",
        month=_month(visit),
        title=found.title,
        total=total,
        begin=begin,
        refs=found.some(begin, PAGE),
        more=begin + PAGE if begin + PAGE < total else 0,
        linked=visit.can(Act.TICKET_READ, frozenset({Relation.SUBTREE})),
    )


async def workbook(visit: Visit) -> web.Response:
    """Hand out a month as a workbook."""
    from bot.reports.workbook import workbook as written  # openpyxl is heavy

    counted = await _counted(visit)
    name, me = f"linli-report-{counted.month}.xlsx", visit.me.id
    await visit.act(lambda work: note(work, me, "export.report", str(counted.month)))
    return web.Response(
        body=await asyncio.to_thread(written, counted),  # seconds, of a hundred thousand
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _month(visit: Visit) -> Month:
    month = Month.read(visit.request.match_info["month"])
    if month is None:
        raise NotFound(NOTHING_HERE)
    return month


async def _counted(visit: Visit) -> Report:
    """The report of the month over the viewer's range; a month that was made is not made again."""
    month, scope = _month(visit), _range(visit)
    reports = visit.request.app[REPORTS]

    def count(work: Work) -> Report:
        place = Place(work.hood, work.calendar, hours(work), scope)
        return reports.monthly(work.session, month, place)

    return await visit.glance(count)


def _range(visit: Visit) -> Scope | None:
    """What the viewer's roles reach over, as on the board; None = everything there is."""
    found = reach(visit.me, Act.REPORT_READ, visit.hood)
    roots = {one.id for one in visit.hood.places.values() if one.parent is None}
    return None if found is None or roots <= set(found) else scope_of(visit.me, visit.hood)
