"""How a numbered choice is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def menu_line(labels: Sequence[str]) -> str:
    """The numbered choice in one line: `回复 1 接单　2 转给别人`."""
    return "回复 " + "　".join(f"{digit} {label}" for digit, label in enumerate(labels, 1))
