"""One finding in a file that a person edits, said so that he can mend it himself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
"""An error leaves its entry out; a warning is only said."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A finding: where (file, 1-based line, 栏目), how bad, what is wrong and how to mend it.

    In a workbook `file` is `book.xlsx《sheet》` and `cell` says where, as `E7`.
    """

    file: str
    line: int
    field: str
    level: Level
    message: str
    fix: str
    cell: str = ""

    def __str__(self) -> str:
        """Return the line that `linli check` prints."""
        return f"{self.place} — {self.message} — {self.fix}"

    @property
    def place(self) -> str:
        """Where it is: `faq/a.md:7 有效期`, or `问答.xlsx《问答》E7 格（有效期）`."""
        if self.cell:
            return f"{self.file}{self.cell} 格（{self.field}）"
        return f"{self.file}:{self.line} {self.field}"

    def as_json(self) -> dict[str, str | int]:
        """Return the object that `linli check --json` prints."""
        return {
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "level": self.level,
            "message": self.message,
            "fix": self.fix,
        }
