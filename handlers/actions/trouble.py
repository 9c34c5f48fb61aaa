"""Telling the administrators that something needs their eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.telling import About, tell_person
from handlers.phrases.notices import unfinished
from handlers.phrases.timetables import undecided
from handlers.phrases.trouble import FILES_HAVE_ERRORS, QUARANTINED, UNKNOWN_YEAR
from knowledge.community.roster.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from handlers.work import Work
    from knowledge.community.notices.timetable import Sitting


def administrators(work: Work) -> Iterable[str]:
    """Return the ids of the active administrators."""
    return (
        person.id
        for person in work.hood.people.values()
        if person.active and person.has(Role.ADMIN)
    )


def report_quarantine(work: Work, inbox_id: int) -> None:
    """Tell the administrators that a message could not be handled."""
    for person_id in administrators(work):
        tell_person(work, person_id, QUARANTINED.format(number=inbox_id))


def report_files(work: Work, lines: tuple[str, ...]) -> None:
    """Tell the administrators, once, which entries of their files are left out."""
    for person_id in administrators(work):
        tell_person(work, person_id, FILES_HAVE_ERRORS.format(count=len(lines), first=lines[0]))


def ask_about_holiday(work: Work, sitting: Sitting) -> None:
    """Ask the administrators whether something takes place on a holiday, rather than guess."""
    day, today = sitting.at.date(), work.now.date()
    text = undecided(sitting.activity.title, day, today, sitting.why)
    for person_id in administrators(work):
        tell_person(work, person_id, text, about=About(lane="P3"))


def report_unknown_year(work: Work, year: int) -> None:
    """Tell the administrators that the calendar of a year is a guess."""
    for person_id in administrators(work):
        tell_person(work, person_id, UNKNOWN_YEAR.format(year=year))


def report_unfinished(work: Work, title: str, chats: int, again: datetime | None) -> None:
    """Tell the administrators what becomes of the rest of a round that ran out of its day."""
    for person_id in administrators(work):
        tell_person(work, person_id, unfinished(title, chats, again), about=About(lane="P3"))
