"""The report as one HTML file that needs nothing else: to keep, to send, to print on A4."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.reports.sources import sources
from handlers.phrases import report as words
from handlers.phrases.numbers import ticket_number

if TYPE_CHECKING:
    from handlers.reporting.monthly import Report

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
    """Return what both the page and the file say with."""
    return {"report": report, "words": words, "sources": sources(report), "runs": runs}


def runs(refs: tuple[str, ...]) -> list[str]:
    """Return numbers in order with neighbours joined: `0001–0004`, `0007`."""
    found: list[list[str]] = []
    for ref in refs:
        if found and ref.isdecimal() and ref == ticket_number(int(found[-1][-1]) + 1):
            found[-1] = [found[-1][0], ref]
        else:
            found.append([ref])
    return ["–".join(dict.fromkeys(run)) for run in found]
