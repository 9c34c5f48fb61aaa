"""What the operator reads of a call that failed."""

from __future__ import annotations

from knowledge.files.logbook import Logbook
from knowledge.store.troubles import is_away

log = Logbook()


def note_fault(event: str, fault: Exception, **told: str) -> None:
    """Log it with its traceback; that the database is away is said once, by the database."""
    if not is_away(fault):
        log.error(event, exc_info=fault, **told)
