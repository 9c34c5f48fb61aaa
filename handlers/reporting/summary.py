"""The report in a few lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.report import SECTIONS, SMALL, TITLE, percent

if TYPE_CHECKING:
    from handlers.reporting.figures import Rate
    from handlers.reporting.monthly import Report


def summary(report: Report) -> str:
    """Return the figures and rates of a month, one a line."""
    lines = [f"{TITLE}  {report.month}"]
    if report.caution:
        lines.append(report.caution)
    lines += [rate_line(one) for one in report.rates]
    for key, figures in report.sections.items():
        lines += ["", SECTIONS[key]]
        lines += [f"  {one.said.name}  {one.count} {one.said.unit}" for one in figures]
    return "\n".join(lines)


def rate_line(one: Rate) -> str:
    """`满意率 93.3%（28/30，未回复 12）`."""
    sample = f"{one.above}/{one.below}" + (f"，未回复 {len(one.apart)}" if one.apart else "")
    warning = f"  {SMALL}" if one.small and one.below else ""
    return f"{one.said.name}  {percent(one.value)}（{sample}）{warning}"
