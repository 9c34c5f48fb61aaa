"""How a sentence begins with the name of the person it is said to."""

from __future__ import annotations


def named(name: str) -> str:
    """How a reply begins: `李娭毑，`, or nothing for somebody without a name."""
    return f"{name}，" if name else ""


def called_out(name: str) -> str:
    """How a push into a group begins: `@李娭毑 `."""
    return f"@{name} " if name else ""
