"""One thing that happened to a ticket, as its history keeps it for ever."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from knowledge.community.tickets.ticket import State, Step


@dataclass(frozen=True, slots=True)
class Deed:
    """One event of one ticket: what changed, who did it, when, and the seal over it.

    `facts` holds ids and words of the program only (lane, owner, rung, clock …), never what a
    person wrote; of that only the salted `digest` stands here. `origin` None = the beginning.
    """

    no: int
    seq: int
    at: datetime
    step: Step
    origin: State | None
    target: State
    actor: str
    role: str = ""
    channel: str = ""
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""
    prev: str = ""
    hash: str = ""

    @property
    def moves(self) -> bool:
        """Whether the state changed."""
        return self.origin is not self.target
