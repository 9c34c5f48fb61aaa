"""One fact, one place: notices that rest on FAQ entries (依据) follow them.

What such a notice does not say itself (text, source, dates) it takes from its first entry, and it
ends with whichever of them ends first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from knowledge.files.checks import Findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.notice_folder import NoticeSheet
    from knowledge.files.problem import Problem


class Fact(Protocol):
    """What a notice needs of an entry."""

    @property
    def question(self) -> str:
        """Its heading."""
        ...

    @property
    def short(self) -> str:
        """Its answer, at most 120 characters."""
        ...

    @property
    def source(self) -> str:
        """Where it comes from."""
        ...

    @property
    def checked(self) -> date | None:
        """When it was checked last."""
        ...

    @property
    def valid_until(self) -> date | None:
        """Its last day; None = 长期."""
        ...

    @property
    def suspended(self) -> bool:
        """Whether it is kept back until somebody has checked it."""
        ...


def resting(notices: Iterable[Notice], facts: Mapping[str, Fact]) -> tuple[Notice, ...]:
    """Return the notices with what they take from their entries."""
    return tuple(_rested(one, facts) if one.grounds else one for one in notices)


def check_grounds(sheet: NoticeSheet, facts: Mapping[str, Fact]) -> tuple[Problem, ...]:
    """Return a finding for every 依据 that names no entry."""
    problems: list[Problem] = []
    for notice in sheet.notices:
        found = Findings(sheet.blocks[notice.id])
        line = next((one.line for one in found.block.all("依据")), notice.line)
        for missing in (one for one in notice.grounds if one not in facts):
            what = f"问答里没有“{missing}”这一条，这条通知不会发"
            found.add(line, "依据", "error", what, "写问答的编号，如“依据：elderly-transit”")
        problems += found.problems
    return tuple(problems)


def _rested(notice: Notice, facts: Mapping[str, Fact]) -> Notice:
    missing = next((one for one in notice.grounds if one not in facts), None)
    if missing is not None:
        return replace(notice, stopped=f"依据的问答“{missing}”没有了")
    used = [facts[one] for one in notice.grounds]
    held_back = next((one for one in used if one.suspended), None)
    return replace(
        notice,
        short=notice.short or used[0].short,
        source=notice.source or used[0].source,
        valid_until=_first((notice.valid_until, *(one.valid_until for one in used))),
        checked=_first((notice.checked, *(one.checked for one in used))),
        stopped=f"依据的《{held_back.question}》停用了，正在核实" if held_back else "",
    )


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
