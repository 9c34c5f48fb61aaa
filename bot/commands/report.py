"""`linli report`: the month in figures, as text, JSON, a page to print or a workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal.records import records

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation
    from handlers.reporting.monthly import Report

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(options_metavar="[选项]")
@click.argument("month", metavar="YYYY-MM")
@click.option("--html", type=FILE, metavar="F", help="写成一页网页，可以打印成 A4")
@click.option("--xlsx", type=FILE, metavar="F", help="写成 Excel 表")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 文档")
@click.pass_obj
def report(
    invocation: Invocation, month: str, *, html: Path | None, xlsx: Path | None, as_json: bool
) -> None:
    """月报：受理、办理、三率、清单；每个数都带编号。同样的数据，结果一字不差。"""
    counted = _count(invocation, month)
    if html is not None:
        from bot.reports.page import page

        home = (invocation.settings().web.public_url or "").rstrip("/")
        html.write_text(page(counted, home), encoding="utf-8")
    if xlsx is not None:
        from bot.reports.workbook import workbook

        xlsx.write_bytes(workbook(counted))
    if as_json:
        from bot.reports.document import document

        click.echo(json.dumps(document(counted), ensure_ascii=False, indent=1))
    elif html is None and xlsx is None:
        from handlers.reporting.summary import summary

        click.echo(summary(counted))


def _count(invocation: Invocation, written: str) -> Report:
    from handlers.reporting.books import Place
    from handlers.reporting.monthly import monthly_report
    from knowledge.community.days.calendar import WorkCalendar
    from knowledge.community.days.hours import Hours
    from knowledge.community.days.month import Month
    from knowledge.store.roster import load_neighbourhood

    month = Month.read(written)
    if month is None:
        raise click.UsageError(f"看不懂月份 {written}。写成 2026-11 这样。")
    hours = Hours(*invocation.settings().hours.service)
    with records(invocation, reading=True) as session:
        hood = load_neighbourhood(session)
        return monthly_report(session, month, Place(hood, WorkCalendar(), hours))
