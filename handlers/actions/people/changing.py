"""What an administrator changes of one person: each is a small change of the roster."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.actions.auditing import note
from handlers.actions.people.rostering import Cause, hand_over, import_roster
from handlers.actions.telling import tell_person
from handlers.actions.trouble import administrators
from handlers.phrases import rosters as said
from knowledge.community.refusals import NotFound, Unclear
from knowledge.community.roster.people import UNSCOPED, Grant, Person, Role
from knowledge.store.roster import load_neighbourhood, load_roster

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.roster.roster import Roster

TRUSTED = frozenset({Role.ADMIN, Role.EDITOR, Role.AUDITOR})
"""Roles whose giving is told to the other administrators."""


def add(work: Work, who: str, person_id: str, name: str, held: tuple[str, tuple[str, ...]]) -> None:
    """Take somebody new into the roster with one role over some places.

    Raises:
        Unclear: no such role or place.
    """
    grant = Grant(_role(held[0]), _scope(work, *held))
    _save(work, who, Person(person_id, name, grants=(grant,)))
    note(work, who, "person.add", person_id, _spelled(grant))


def give_role(work: Work, who: str, person_id: str, role: str, places: tuple[str, ...]) -> None:
    """Give a person a role over some places.

    Raises:
        Unclear: one's own roles, no such role or place, or the person has it already.
    """
    person = _other(work, who, person_id)
    grant = Grant(_role(role), _scope(work, role, places))
    if grant in person.grants:
        raise Unclear(said.HAS_IT.format(role=role))
    _save(work, who, replace(person, grants=(*person.grants, grant)))
    note(work, who, "person.give", person_id, _spelled(grant))
    if grant.role in TRUSTED:
        _tell_the_others(work, who, person, role)


def take_role(work: Work, who: str, person_id: str, role: str, places: tuple[str, ...]) -> None:
    """Take a role away; sessions of that person end.

    Raises:
        Unclear: one's own roles, the last administrator, the person does not have it, or would have none left.
    """
    person = _other(work, who, person_id)
    grant = Grant(_role(role), places)
    if grant not in person.grants:
        raise Unclear(said.NO_SUCH_ROLE)
    if len(person.grants) == 1:
        raise Unclear(said.ONLY_ROLE)
    left = list(person.grants)
    left.remove(grant)
    changed = replace(person, grants=tuple(left))
    _keep_an_admin(work, person, changed)
    _save(work, who, changed)
    note(work, who, "person.take", person_id, _spelled(grant))


def disable(work: Work, who: str, person_id: str) -> None:
    """Take a person out of the roster: no tasks, no sign-in; the records stay.

    Raises:
        Unclear: the person is disabled already.
    """
    known = work.hood.person(person_id)
    if known is not None and not known.active:
        raise Unclear(said.IS_DISABLED)
    person = _other(work, who, person_id)
    _keep_an_admin(work, person, None)
    roster = load_roster(work.session)
    people = tuple(one for one in roster.people if one.id != person_id)
    _import(work, who, replace(roster, people=people))
    note(work, who, "person.disable", person_id)


def enable(work: Work, who: str, person_id: str) -> None:
    """Take a disabled person into the roster again, with the roles held then.

    Raises:
        Unclear: the person is not disabled.
    """
    person = load_neighbourhood(work.session).person(person_id)
    if person is None:
        raise NotFound(said.NO_SUCH_ROLE)
    if person.active:
        raise Unclear(said.IS_ACTIVE)
    _save(work, who, replace(person, active=True))
    note(work, who, "person.enable", person_id)


def set_deputy(work: Work, who: str, person_id: str, deputy: str) -> None:
    """Name who stands in during leave; "" for nobody."""
    person = _person(work, person_id)
    other = work.hood.person(deputy)
    if deputy and (other is None or not other.active or deputy == person_id):
        raise Unclear(said.NO_SUCH_DEPUTY)
    _save(work, who, replace(person, deputy=deputy or None))
    note(work, who, "person.deputy", person_id, deputy)


def unlink(work: Work, who: str, person_id: str, channel: str, account: str) -> None:
    """Forget an account: what comes from it is a stranger's from now on."""
    person = _person(work, person_id)
    kept = tuple(one for one in person.accounts if one != (channel, account))
    if len(kept) == len(person.accounts):
        raise Unclear(said.NO_SUCH_ACCOUNT)
    _save(work, who, replace(person, accounts=kept))
    note(work, who, "person.unlink", person_id, channel)


def _save(work: Work, who: str, person: Person) -> None:
    roster = load_roster(work.session)
    people = {one.id: one for one in roster.people} | {person.id: person}
    _import(work, who, replace(roster, people=tuple(people.values())))


def _import(work: Work, who: str, roster: Roster) -> None:
    import_roster(work.session, roster, Cause(work.now, who, "person"))
    hand_over(work)


def _person(work: Work, person_id: str) -> Person:
    found = {one.id: one for one in load_roster(work.session).people}.get(person_id)
    if found is None:
        raise NotFound(said.NO_SUCH_ROLE)
    return found


def _other(work: Work, who: str, person_id: str) -> Person:
    if who == person_id:
        raise Unclear(said.OWN_ROLES)
    return _person(work, person_id)


def _role(role: str) -> Role:
    if role not in set(Role):
        raise Unclear(said.NO_SUCH_ROLE)
    return Role(role)


def _scope(work: Work, role: str, places: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [one for one in places if (found := work.hood.place(one)) is None or not found.active]
    if unknown:
        raise Unclear(said.NO_SUCH_PLACE.format(places="、".join(unknown)))
    if not places and _role(role) not in UNSCOPED:
        raise Unclear(said.NEEDS_SCOPE.format(role=role))
    return places


def _keep_an_admin(work: Work, person: Person, changed: Person | None) -> None:
    loses = person.has(Role.ADMIN) and not (changed and changed.has(Role.ADMIN))
    if loses and not set(administrators(work)) - {person.id}:
        raise Unclear(said.LAST_ADMIN)


def _tell_the_others(work: Work, who: str, person: Person, role: str) -> None:
    giver = work.hood.person(who)
    words = said.TRUSTED.format(
        name=person.called, id=person.id, role=role, who=giver.called if giver else "命令行"
    )
    for one in set(administrators(work)) - {who, person.id}:
        tell_person(work, one, words)


def _spelled(grant: Grant) -> str:
    return f"{grant.role}（{'；'.join(grant.scope) or '不限范围'}）"
