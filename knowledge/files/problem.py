"""One finding in a file that a person edits, said so that he can mend it himself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A finding: where (file, 1-based line, 栏目), how bad, what is wrong and how to mend it."""

    file: str
    line: int
    field: str
    level: Literal["error", "warning"]
    message: str
    fix: str

    def __str__(self) -> str:
        """Return the line that `linli check` prints."""
        return f"{self.file}:{self.line} {self.field} — {self.message} — {self.fix}"

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
