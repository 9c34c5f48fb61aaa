"""The heart that looks ahead: thirty days before an answer runs out somebody is to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.faq.expiry import to_warn_of, warn

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.faq.shelf import View


class ExpiryHeart:
    """Warns the administrators once for each entry and last day."""

    name = "expiry"

    def __init__(self, faq: Callable[[], View]) -> None:
        self._faq = faq

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return when the next entry is to be warned of."""
        coming = to_warn_of(session, self._faq().entries.values(), now)
        return coming[0][0] if coming else None

    def run_due(self, work: Work) -> int:
        """Warn of all that end within thirty days."""
        coming = to_warn_of(work.session, work.faq.entries.values(), work.now)
        return warn(work, [entry for moment, entry in coming if moment <= work.now])
