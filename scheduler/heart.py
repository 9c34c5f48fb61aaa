"""Hearts: things that happen by themselves, each at its own moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work


class Heart(Protocol):
    """One kind of thing that happens by itself; its dates live in rows."""

    name: str

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return the moment at which `run_due` has something to do; None = never as it stands."""
        ...

    def run_due(self, work: Work) -> int:
        """Do what is due at `work.now`, each thing once, and return how many were done."""
        ...
