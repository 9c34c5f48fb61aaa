"""The report as one JSON document: every figure with its formula and the ids behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.phrases.report import LISTS as LIST_WORDS
from handlers.phrases.report import NO_RANKING, TITLE
from handlers.reporting.figures import refs_of

if TYPE_CHECKING:
    from handlers.reporting.figures import Figure, Listed, Rate, Table
    from handlers.reporting.monthly import Report


def document(report: Report) -> dict[str, Any]:
    """Return what `linli report --json` prints; counts are numbers, ids are text."""
    return {
        "title": TITLE,
        "month": str(report.month),
        "start": report.month.start.isoformat(),
        "end": report.month.end.isoformat(),
        "as_of": report.as_of.isoformat(),
        "complete": not report.running,
        "rates": {one.key: _rate(one) for one in report.rates},
        "figures": {one.key: _figure(one) for one in report.figures},
        "tables": {one.key: _table(one) for one in report.tables},
        "lists": {one.key: _list(one) for one in report.lists},
        "note": NO_RANKING,
    }


def _figure(one: Figure) -> dict[str, Any]:
    name, unit, formula = one.said
    return {
        "name": name,
        "count": one.count,
        "unit": unit,
        "formula": formula,
        "ids": list(one.refs),
    }


def _rate(one: Rate) -> dict[str, Any]:
    return {
        "name": one.said.name,
        "rate": one.value,
        "numerator": one.above,
        "denominator": one.below,
        "unanswered": len(one.apart),
        "small": one.small,
        "formula": one.said.formula,
        "numerator_ids": list(refs_of(one.good)),
        "denominator_ids": list(refs_of(one.every)),
        "unanswered_ids": list(refs_of(one.apart)),
    }


def _table(one: Table) -> dict[str, Any]:
    rows = [
        {
            "name": row.name,
            "count": row.count,
            "share": row.share,
            "ids": list(refs_of(row.numbers)),
        }
        | ({} if row.before is None else {"month_before": row.before})
        for row in one.rows
    ]
    return {"name": one.said.name, "formula": one.said.formula, "rows": rows}


def _list(one: Listed) -> dict[str, Any]:
    rows = [dict(zip(one.heads, row, strict=True)) for row in one.rows]
    return {"name": LIST_WORDS[one.key].name, "rows": rows}
