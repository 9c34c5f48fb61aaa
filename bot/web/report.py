"""The month's report for the street and the communities: to read, to print, to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.reports.page import told
from bot.reports.sources import sources
from bot.web.visit import NOTHING_HERE
from handlers.actions.auditing import note
from handlers.actions.tickets.recording import hours
from handlers.reporting.books import Place
from handlers.reporting.monthly import Report, monthly_report
from knowledge.community.access import Act, Relation
from knowledge.community.month import Month
from knowledge.community.refusals import NotFound

if TYPE_CHECKING:
    from bot.web.visit import Visit
    from handlers.work import Work

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def report(visit: Visit) -> web.Response:
    """Show a month."""
    return visit.page("report.html", **told(await _counted(visit)))


async def numbers(visit: Visit) -> web.Response:
    """Show the numbers from which one figure was counted, as links for who may read tickets."""
    found = sources(await _counted(visit)).get(visit.request.match_info["key"])
    if found is None:
        raise NotFound(NOTHING_HERE)
    linked = visit.can(Act.TICKET_READ, frozenset({Relation.SUBTREE}))
    return visit.page("report_numbers.html", month=_month(visit), source=found, linked=linked)


async def workbook(visit: Visit) -> web.Response:
    """Hand out a month as a workbook."""
    from bot.reports.workbook import workbook as written  # openpyxl is heavy

    counted = await _counted(visit)
    name, me = f"linli-report-{counted.month}.xlsx", visit.me.id
    await visit.act(lambda work: note(work, me, "export.report", str(counted.month)))
    return web.Response(
        body=written(counted),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _month(visit: Visit) -> Month:
    month = Month.read(visit.request.match_info["month"])
    if month is None:
        raise NotFound(NOTHING_HERE)
    return month


async def _counted(visit: Visit) -> Report:
    month = _month(visit)

    def count(work: Work) -> Report:
        place = Place(work.hood, work.calendar, hours(work))
        return monthly_report(work.session, month, place)

    return await visit.glance(count)
