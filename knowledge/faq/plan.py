"""What an import would do: the table as read, and what becomes of each entry."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.files.blocks import Block
    from knowledge.files.problem import Problem
    from knowledge.files.sheets import Sheet


class Kind(StrEnum):
    """What becomes of an entry."""

    ADDED = "新增"
    CHANGED = "修改"
    GONE = "删除"
    WRONG = "有错"
    CLASH = "两边都改过"
    KEPT = "只有文件改过"
    SAME = "没有变"


WRITTEN = frozenset({Kind.ADDED, Kind.CHANGED, Kind.GONE})


@dataclass(frozen=True, slots=True)
class Table:
    """A read table: its sheets, what is wrong around them, and each row's mark when exported."""

    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()
    exported: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether an entry that is not in it was taken out on purpose."""
        unclear = (one for sheet in self.sheets for one in sheet.problems if one.field == "编号")
        return not any(unclear) and all(
            sheet.whole and "编号" in sheet.letters for sheet in self.sheets
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the preview: what becomes of it, and what its file will say ("" = nothing)."""

    kind: Kind
    id: str
    question: str
    where: str
    """The row in the table; "" where there is none."""
    text: str
    block: Block | None
    """The entry as it stands in its file."""
    differences: tuple[tuple[str, str, str], ...] = ()
    """(column, before, after) of each cell that says something else."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, what is wrong in the table, and how many entries there are."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    rows: int
    before: int

    def of(self, *kinds: Kind) -> tuple[Change, ...]:
        """Return the changes of these kinds."""
        return tuple(one for one in self.changes if one.kind in kinds)

    @property
    def edits(self) -> tuple[Change, ...]:
        """What will be written."""
        return self.of(*WRITTEN)

    @property
    def after(self) -> int:
        """How many entries there are then."""
        return self.before + len(self.of(Kind.ADDED)) - len(self.of(Kind.GONE))

    @property
    def mark(self) -> str:
        """A mark of all that will be written: the same preview means the same deed."""
        told = (
            f"{one.id}\0{one.block.text if one.block else ''}\0{one.text}" for one in self.edits
        )
        return hashlib.sha256("\0".join(told).encode()).hexdigest()[:16]
