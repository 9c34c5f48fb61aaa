"""Outages of public utilities: one matter for a whole estate, whoever has it too."""

from __future__ import annotations

from datetime import timedelta

OUTAGES = frozenset({"water-outage", "power-outage", "gas-outage"})
"""Their categories."""
UTILITIES = ("停电", "停水", "停气")
"""Matters of the whole estate: the same one wherever in it they are reported."""
ECHOED = timedelta(hours=2)
"""How long after its report 我家也停了 can only mean that outage."""


def is_outage(matter: str) -> bool:
    """Whether a ticket's matter is that the estate goes without."""
    return any(word in matter for word in UTILITIES)
