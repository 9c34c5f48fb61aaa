"""Warning the administrators, once, of notices whose facts have to be checked again soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.telling import About, tell_person
from handlers.actions.trouble import administrators
from handlers.phrases.notices import ending
from knowledge.store.once import insert_once
from knowledge.store.rows.marks import MarkRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.notices.notice import Notice

_PREFIX = "ending."


def warn_of_ending(work: Work, notices: Sequence[Notice]) -> int:
    """Tell the administrators of those nobody was told of; return how many these are."""
    table = MarkRow.metadata.tables["mark"]
    statement = insert_once(work.session, table, "name").returning(table.c.name)
    rows = [{"name": mark_of(one), "value": work.now.isoformat()} for one in notices]
    fresh = set(work.session.scalars(statement, rows)) if rows else set()
    found = [(one.last_day, one) for one in notices if one.last_day and mark_of(one) in fresh]
    found.sort(key=lambda pair: (pair[0], pair[1].file, pair[1].line))
    if found:
        text = ending([one.title for _, one in found], _day_after(found[0][0]))
        for person_id in administrators(work):
            tell_person(work, person_id, text, about=About(lane="P3"))
    return len(found)


def warned_of(session: Session) -> set[str]:
    """Return the marks of all endings that the administrators were told of."""
    return set(session.scalars(select(MarkRow.name).where(MarkRow.name.startswith(_PREFIX))))


def mark_of(notice: Notice) -> str:
    """Return what stands for the end of a notice: a new date is a new end."""
    return f"{_PREFIX}{notice.id}.{notice.last_day}"


def _day_after(day: date) -> date:
    return day.fromordinal(day.toordinal() + 1)
