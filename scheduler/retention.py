"""The heart that lets go of what is not needed any more, every night."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from knowledge.community.days.zone import local
from knowledge.store.stamps import mark, set_mark
from knowledge.store.sweeping import sweep

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from handlers.work import Work

NIGHT = time(3, 30)
SWEPT = "swept"


class Retention:
    """Sweeps once a night at 03:30, or as soon as it can after that."""

    name = "retention"

    def __init__(self, raw: timedelta, tidy: Callable[[], object]) -> None:
        """Keep raw events for `raw`; `tidy` removes what lies about without a row."""
        self._raw = raw
        self._tidy = tidy

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return the first 03:30 after the last sweep."""
        last = mark(session, SWEPT)
        if last is None:
            return now
        swept = local(datetime.fromisoformat(last))
        tonight = datetime.combine(swept.date(), NIGHT, swept.tzinfo)
        return tonight if tonight > swept else tonight + timedelta(days=1)

    def run_due(self, work: Work) -> int:
        """Sweep a portion; the next beat takes the next one."""
        if sweep(work.session, work.now, self._raw):
            self._tidy()
            set_mark(work.session, SWEPT, work.now.isoformat())
        return 1
