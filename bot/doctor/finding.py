"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, and what to do; no secret and no resident's word."""

    name: str
    ok: bool
    message: str
    fix: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as `doctor --json` prints it (CONTRACT §2)."""
        return asdict(self)


def well(name: str, message: str, fix: str = "") -> Finding:
    """Return that it is well."""
    return Finding(name, ok=True, message=message, fix=fix)


def ill(name: str, message: str, fix: str) -> Finding:
    """Return what is wrong and the mend."""
    return Finding(name, ok=False, message=message, fix=fix)
