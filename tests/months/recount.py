"""A month counted again, by other means: from nothing but the lines that `linli replay` prints.

`python -m tests.months.recount OUT.jsonl REPORT.json` names every figure that differs.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Moves = dict[str, list[dict[str, Any]]]
ENDS = {
    "ended_confirmed": "closed_confirmed",
    "ended_silent": "closed_silent",
    "ended_unable": "closed_unable",
}
AT_WORK = (
    *("new", "accepted", "in_progress", "scheduled"),
    *("waiting_reporter", "whistled", "returned", "parked"),
)
OUT = ("handled", *ENDS.values(), "closed_rejected")


def moves(lines: Iterable[str], end: datetime) -> Moves:
    """The changes of state before `end` of every ticket that was filed, in order."""
    found: Moves = defaultdict(list)
    for line in lines:
        row = json.loads(line)
        if row["type"] == "ticket" and datetime.fromisoformat(row["at"]) < end:
            found[row["no"]].append(row)
    return {no: steps for no, steps in found.items() if any(s["to"] == "new" for s in steps)}


def recount(found: Moves, start: datetime) -> dict[str, list[str]]:
    """The numbers behind the figures that changes of state alone decide."""

    def inside(step: dict[str, Any]) -> bool:
        return datetime.fromisoformat(step["at"]) >= start

    last = {no: steps[-1]["to"] for no, steps in found.items()}
    filed = [no for no, steps in found.items() if inside(_first(steps))]
    gone = {"withdrawn": "closed_withdrawn", "duplicate": "closed_duplicate"}
    gone["rejected"] = "closed_rejected"
    counted = {"filed": filed, "valid": [no for no in filed if last[no] not in gone.values()]}
    counted |= {key: [no for no in filed if last[no] == state] for key, state in gone.items()}
    counted |= {key: [no for no in filed if last[no] == state] for key, state in ENDS.items()}
    counted["ended"] = [no for no in filed if last[no] in ENDS.values()]
    counted["open"] = [no for no, state in last.items() if state in AT_WORK]
    counted["unconfirmed"] = [no for no, state in last.items() if state == "handled"]
    again = [no for no, steps in found.items() for s in steps if inside(s) and _redone(s)]
    counted["redone"] = again
    said = {no: _answer([s for s in steps if inside(s)]) for no, steps in found.items()}
    counted["solved"] = [no for no, answer in said.items() if answer == "好了"]
    counted["heard"] = [no for no, answer in said.items() if answer in ("好了", "没好")]
    counted["silent"] = [no for no, answer in said.items() if answer == "没有说"]
    return counted


def differences(report: dict[str, Any], lines: Iterable[str]) -> list[str]:
    """What the report says otherwise than the recount, and every sum in it that is none."""
    start, end = (datetime.fromisoformat(report[key]) for key in ("start", "end"))
    found = moves(lines, end)
    counted, figures = recount(found, start), report["figures"]
    wrong = [
        f"{key}: {figures[key]['count']} instead of {len(numbers)}"
        for key, numbers in counted.items()
        if key in figures
        and (figures[key]["count"], figures[key]["ids"]) != (len(numbers), sorted(set(numbers)))
    ]
    solved = report["rates"]["solved"]
    if (solved["numerator_ids"], solved["denominator_ids"], solved["unanswered_ids"]) != (
        sorted(counted["solved"]),
        sorted(counted["heard"]),
        sorted(counted["silent"]),
    ):
        wrong.append("solved")
    return wrong + _sums(report) + _hours(report, found, counted["filed"])


def _sums(report: dict[str, Any]) -> list[str]:
    count = {key: figure["count"] for key, figure in report["figures"].items()}
    rates = report["rates"]
    sums = {
        "filed": count["valid"] + count["withdrawn"] + count["duplicate"] + count["rejected"],
        "ended": count["ended_confirmed"] + count["ended_silent"] + count["ended_unable"],
        "voices": count["filed"] + count["joined"],
    }
    wrong = [key for key, total in sums.items() if count[key] != total]
    wrong += [
        key
        for key in ("by_kind", "by_lane", "by_channel", "by_estate", "by_hour", "by_state")
        if sum(row["count"] for row in report["tables"][key]["rows"]) != count["filed"]
    ]
    if count["good"] + count["fair"] + count["bad"] != rates["content"]["denominator"]:
        wrong.append("content")
    if len(report["lists"]["overdue"]["rows"]) != count["overdue"]:
        wrong.append("overdue")
    for key, rate in rates.items():
        share = rate["numerator"] / rate["denominator"] if rate["denominator"] else None
        if rate["rate"] != (None if share is None else round(share, 4)):
            wrong.append(key)
    return wrong


def _hours(report: dict[str, Any], found: Moves, filed: list[str]) -> list[str]:
    hours = Counter(datetime.fromisoformat(_first(found[no])["at"]).hour for no in filed)
    rows = report["tables"]["by_hour"]["rows"]
    return [] if [row["count"] for row in rows] == [hours[h] for h in range(24)] else ["by_hour"]


def _first(steps: list[dict[str, Any]]) -> dict[str, Any]:
    return next(step for step in steps if step["to"] == "new")


def _redone(step: dict[str, Any]) -> bool:
    return step["reason"] == "重办" and step["from"] in OUT


def _answer(steps: list[dict[str, Any]]) -> str:
    """The reporter's last word about the result, or that he was silent, or "" for neither."""
    said, silent = "", False
    for step in steps:
        if step["to"] == "closed_confirmed":
            said = "好了"
        elif _redone(step):
            said, silent = "没好", False
        elif step["to"] == "closed_silent":
            silent = True
    return said or ("没有说" if silent else "")


def main() -> None:
    """Compare a replay's output with a report of it."""
    out, report = (Path(name).read_text("utf-8") for name in sys.argv[1:3])
    wrong = differences(json.loads(report), out.splitlines())
    sys.stdout.write("\n".join(wrong or ["all sums agree"]) + "\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
