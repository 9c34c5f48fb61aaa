"""Draws the parts of docs/tickets.md that come from the code's own tables.

`python -m tests.drawing` writes them into the file; a test holds the file and the tables equal.
"""

from __future__ import annotations

from pathlib import Path

from knowledge.community.tickets.promise import Limit, Term, Unit, all_promises, term
from knowledge.community.tickets.ticket import NEXT, STATE_WORDS, WORKING, State

PAGE = Path(__file__).parent.parent / "docs/tickets.md"
GROUP = sorted(WORKING)


def machine() -> str:
    """Return the state machine as a diagram: what every working state may become is one arrow."""
    shared = frozenset.intersection(*(NEXT[state] for state in GROUP)) - WORKING
    lines = ["```mermaid", "stateDiagram-v2", "  [*] --> draft", "  [*] --> new"]
    lines += [f"  {state.value} : {STATE_WORDS[state]}" for state in State]
    lines += ["  state 在办 {", *(f"    {state.value}" for state in GROUP), "  }"]
    lines += [f"  在办 --> {state.value}" for state in sorted(shared)]
    for state in State:
        targets = NEXT[state] - shared if state in WORKING else NEXT[state]
        lines += [f"  {state.value} --> {target.value}" for target in sorted(targets)]
    return "\n".join([*lines, "```"])


def steps() -> str:
    """Return every state with all that it may become."""
    rows = [
        f"| `{state.value}` {STATE_WORDS[state]} | "
        + "、".join(f"`{target.value}`" for target in sorted(NEXT[state]))
        + " |"
        for state in State
    ]
    return "\n".join(["| 状态 | 下一步可以是 |", "|---|---|", *rows])


def promises() -> str:
    """Return what each lane and kind promises, with the source of every number."""
    rows = [
        f"| {one.title} | {_said(one.claim)} | {_said(one.visit)} | {_said(one.solve)} | {one.bound} |"
        for one in all_promises()
    ]
    head = ["| 哪一类 | 接单 | 到场或给方案 | 办结 | 官方的外限 |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows])


def limits() -> str:
    """Return every other length, with its source."""
    rows = [f"| {limit.value} | {_length(term(limit))} | {term(limit).source} |" for limit in Limit]
    return "\n".join(["| 什么时候 | 多久 | 来源 |", "|---|---|---|", *rows])


PARTS = {"machine": machine, "steps": steps, "promises": promises, "limits": limits}


def drawn(page: str) -> str:
    """Return the page with every part drawn anew."""
    for name, part in PARTS.items():
        before, _, rest = page.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        assert end, name
        page = f"{before}<!-- {name} -->\n{part()}\n{end}{after}"
    return page


def _said(length: Term | None) -> str:
    return f"{_length(length)}（{length.source}）" if length else "–"


def _length(length: Term) -> str:
    if length.unit is Unit.WORKING_DAYS:
        return f"{length.count} 个工作日" if length.count else "当天"
    whole = length.unit in (Unit.MINUTES, Unit.SERVICE_MINUTES) and length.count % 60 == 0
    count, unit = (length.count // 60, "小时") if whole else (length.count, "分钟")
    if length.unit is Unit.DAYS:
        return f"{length.count} 天"
    return f"{count} {unit}" + ("（服务时间）" if length.unit is Unit.SERVICE_MINUTES else "")


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), "utf-8")
