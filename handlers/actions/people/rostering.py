"""Taking a roster into the database: all of it, or nothing; every change can be put back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from handlers.actions.tickets.handing import hand_over_departed
from handlers.phrases.rosters import GONE_CHANGE, counted
from knowledge.community.refusals import NotFound
from knowledge.community.roster.roster import read_roster
from knowledge.community.roster.rosterchanges import changes
from knowledge.community.roster.rosterdelta import difference, put_back
from knowledge.store.audit import Noted, append
from knowledge.store.roster import load_neighbourhood, load_roster, save_roster
from knowledge.store.rows.audit import RosterChangeRow
from knowledge.store.rows.web import SessionRow, SignInRow
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.roster.people import Person
    from knowledge.community.roster.roster import Roster
    from knowledge.community.roster.rosterchanges import Changes
    from knowledge.files.problem import Problem


@dataclass(frozen=True, slots=True)
class Cause:
    """When and by whom the roster is changed, and how: import, back, person or command."""

    at: datetime
    who: str = ""
    how: str = "command"


def import_folder(work: Work, folder: Path) -> tuple[Problem, ...]:
    """Import the three CSV files; with any error nothing changes and the findings are returned."""
    roster, problems = read_roster(folder)
    if roster is not None:
        import_roster(work.session, roster, Cause(work.now))
        hand_over(work)
    return problems


def hand_over(work: Work) -> None:
    """After a change of the roster: what belonged to those who left it goes to who stands in."""
    now = replace(work, hood=load_neighbourhood(work.session))
    hand_over_departed(now)
    work.told = now.told


def import_roster(session: Session, roster: Roster, cause: Cause) -> Changes:
    """Make a checked roster the one in use, and return what that changes.

    Whoever loses or gets a role is signed out everywhere, unused addresses included.
    """
    old = load_roster(session)
    found = changes(old, roster)
    if not found:
        return found
    save_roster(session, roster)
    touch(session, "roster")
    if old.places or old.people:
        _sign_out(session, old, roster)
        was, becomes = difference(old, roster)
        session.add(
            RosterChangeRow(at=cause.at, who=cause.who, how=cause.how, before=was, after=becomes)
        )
        if cause.how != "person":
            deed = f"roster.{cause.how}"
            append(session, Noted(cause.at, cause.who, "roster", deed, "", counted(found)))
    return found


def before(session: Session, change_id: int) -> Roster:
    """Return the roster as it stood before that change.

    Raises:
        NotFound: the change is not kept (any more).
    """
    since = select(RosterChangeRow).where(RosterChangeRow.id >= change_id)
    rows = session.scalars(since.order_by(RosterChangeRow.id.desc())).all()
    if not rows or rows[-1].id != change_id:
        raise NotFound(GONE_CHANGE)
    roster = load_roster(session)
    for row in rows:
        roster = put_back(roster, row.before)
    return roster


def _sign_out(session: Session, old: Roster, new: Roster) -> None:
    held = {person.id: person for person in new.people}
    changed = [one.id for one in old.people if not _same_rights(one, held.get(one.id))]
    for table in (SessionRow, SignInRow):
        session.execute(delete(table).where(table.person_id.in_(changed)))


def _same_rights(old: Person, new: Person | None) -> bool:
    return new is not None and old.grants == new.grants
