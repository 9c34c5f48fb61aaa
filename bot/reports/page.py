"""The report as one HTML file that needs nothing else: to keep, to send, to print on A4."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.reports.sources import sources
from handlers.phrases import report as words
from handlers.phrases.numbers import ticket_number

if TYPE_CHECKING:
    from handlers.reporting.figures import Listed
    from handlers.reporting.monthly import Report

SHOWN, MANY = 50, 10
"""Rows of a list, and numbers in a cell, that a page shows."""
WEB = Path(__file__).parent.parent / "web"


def page(report: Report, home: str = "") -> str:
    """Return the page; numbers link to the tickets at `home` (the public address), if there is one."""
    environment = Environment(
        loader=FileSystemLoader([WEB / "templates", WEB / "static"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("report_file.html")
    return template.render(home=home, **told(report))


def told(report: Report) -> dict[str, Any]:
    """Return what both the page and the file say with; the file lists everything."""
    said = {"report": report, "words": words, "sources": sources(report), "runs": runs}
    return said | {"lists": report.lists}


def told_briefly(report: Report) -> dict[str, Any]:
    """Return the same for a page: of a long list its beginning, the rest behind its number."""
    return told(report) | {"lists": tuple(map(_brief, report.lists))}


def _brief(one: Listed) -> Listed:
    return replace(one, rows=tuple(tuple(map(_shortened, row)) for row in one.rows[:SHOWN]))


def _shortened(cell: str) -> str:
    first, *more = cell.split("、")
    return (
        cell
        if len(more) < MANY
        else "、".join((first, *more[: MANY - 1])) + f" 等 {len(more) + 1} 件"
    )


def runs(refs: tuple[str, ...]) -> list[str]:
    """Return numbers in order with neighbours joined: `0001–0004`, `0007`."""
    found: list[list[str]] = []
    for ref in refs:
        if found and ref.isdecimal() and ref == ticket_number(int(found[-1][-1]) + 1):
            found[-1] = [found[-1][0], ref]
        else:
            found.append([ref])
    return ["–".join(dict.fromkeys(run)) for run in found]
