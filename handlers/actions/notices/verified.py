"""A genuine proof code was asked about: counted by day, without who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from knowledge.store.once import insert_once
from knowledge.store.rows.notices import VerifiedRow

if TYPE_CHECKING:
    from handlers.work import Work

_TABLE = VerifiedRow.metadata.tables[VerifiedRow.__tablename__]


def count_verified(work: Work, code: str) -> None:
    """Count one look at the original under a code that is genuine."""
    day = work.now.date()
    first = insert_once(work.session, _TABLE, "code", "day")
    work.session.execute(first, {"code": code, "day": day, "times": 0})
    row = VerifiedRow
    work.session.execute(
        update(row).where(row.code == code, row.day == day).values(times=row.times + 1)
    )
