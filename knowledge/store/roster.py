"""The roster in the database: written as a whole, read as one snapshot."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, select

from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.store.rows.admissions import AdmissionRow
from knowledge.store.rows.roster import AccountRow, ChatRow, GrantRow, PersonRow, PlaceRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from knowledge.community.places.places import ChatMode, Management
    from knowledge.community.roster.roster import Roster


def save_roster(session: Session, roster: Roster) -> None:
    """Make the database say what a checked roster says.

    People, places and chats that are no longer in it are disabled, never deleted; leave and
    sign-ins stay, but a change of somebody's roles ends his sessions. Who came by an invite stays,
    and so does an account that its owner linked, unless the roster gives it to somebody.
    """
    _save_places(session, roster.places)
    _save_people(session, roster.people)
    _save_chats(session, roster.chats)
    session.flush()


def load_roster(session: Session) -> Roster:
    """The roster in use, as the office keeps it: active people, places and chats only.

    Who came by an invite, and accounts that people linked themselves, are no part of it.
    """
    from knowledge.community.roster.roster import Roster

    places = tuple(place for place in _load_places(session) if place.active)
    guests = _admitted(session)
    known = _load_people(session, linked=False)
    people = tuple(person for person in known if person.active and person.id not in guests)
    return Roster(places, people, _load_chats(session))


def load_neighbourhood(session: Session) -> Neighbourhood:
    """The snapshot that decisions read.

    Disabled people and places are in it: a deputy still stands in, an old request keeps its label.
    """
    return Neighbourhood(_load_places(session), _load_people(session), _load_chats(session))


def _save_places(session: Session, places: Iterable[Place]) -> None:
    rows = {row.id: row for row in session.scalars(select(PlaceRow))}
    for row in rows.values():
        row.active = False
    for place in sorted(places, key=lambda place: place.kind.depth):
        row = rows.get(place.id) or PlaceRow(id=place.id)
        row.parent_id, row.kind, row.name = place.parent, place.kind.value, place.name
        row.aliases, row.management, row.active = list(place.aliases), place.management, True
        session.add(row)
    session.flush()


def _save_people(session: Session, people: Iterable[Person]) -> None:
    rows = {row.id: row for row in session.scalars(select(PersonRow))}
    known = {person.id: person for person in _load_people(session)}
    current = {person.id: person for person in people}
    _drop_accounts(session, {one for person in current.values() for one in person.accounts})
    for person_id in rows.keys() - current.keys() - _admitted(session):
        left = rows[person_id]
        left.role_version += left.active  # who comes back has to sign in again
        left.active = False
    for person in current.values():
        row = rows.get(person.id) or PersonRow(id=person.id, role_version=1)
        _fill_person(row, person)
        session.add(row)
        old = known.get(person.id)
        row.role_version += old is not None and old.grants != person.grants
    session.flush()
    _save_grants(session, known, current)
    session.add_all(
        AccountRow(channel=channel, account=account, person_id=person.id)
        for person in current.values()
        for channel, account in person.accounts
    )


def _drop_accounts(session: Session, named: set[tuple[str, str]]) -> None:
    """Drop what the roster said before, and what was linked but the roster now names."""
    for row in session.scalars(select(AccountRow)):
        if row.linked_at is None or (row.channel, row.account) in named:
            session.delete(row)
    session.flush()


def _admitted(session: Session) -> set[str]:
    """The ids of those who came by an invite."""
    return set(session.scalars(select(AdmissionRow.person_id)))


def _fill_person(row: PersonRow, person: Person) -> None:
    row.name, row.title, row.phone = person.name, person.title, person.phone
    row.door, row.duty, row.deputy_id = person.door, person.duty, person.deputy
    row.skills, row.care, row.active = list(person.skills), list(person.care), True


def _save_grants(session: Session, known: dict[str, Person], current: dict[str, Person]) -> None:
    """Replace the grants of those whose roles have changed."""
    old = {who: person.grants for who, person in known.items()}
    changed = [person for who, person in current.items() if old.get(who, ()) != person.grants]
    for person in changed:
        if person.id in known:
            session.execute(delete(GrantRow).where(GrantRow.person_id == person.id))
    session.add_all(
        GrantRow(person_id=person.id, role=grant.role.value, scope=list(grant.scope))
        for person in changed
        for grant in person.grants
    )


def _save_chats(session: Session, chats: Iterable[GroupChat]) -> None:
    rows = {(row.channel, row.chat_id): row for row in session.scalars(select(ChatRow))}
    for row in rows.values():
        row.active = False
    for chat in chats:
        row = rows.get((chat.channel, chat.id)) or ChatRow(channel=chat.channel, chat_id=chat.id)
        row.name, row.scope, row.mode, row.active = chat.name, chat.scope, chat.mode, True
        session.add(row)


def _load_places(session: Session) -> tuple[Place, ...]:
    rows = session.scalars(select(PlaceRow).order_by(PlaceRow.id))
    places = (
        Place(
            row.id,
            row.parent_id,
            PlaceKind(row.kind),
            row.name,
            tuple(row.aliases),
            cast("Management", row.management),
            row.active,
        )
        for row in rows
    )
    return tuple(sorted(places, key=lambda place: place.kind.depth))


def _load_people(session: Session, *, linked: bool = True) -> tuple[Person, ...]:
    grants: dict[str, list[Grant]] = defaultdict(list)
    for grant in session.scalars(select(GrantRow).order_by(GrantRow.id)):
        grants[grant.person_id].append(Grant(Role(grant.role), tuple(grant.scope)))
    accounts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in session.scalars(select(AccountRow).order_by(AccountRow.channel, AccountRow.account)):
        if linked or row.linked_at is None:
            accounts[row.person_id].append((row.channel, row.account))
    rows = session.scalars(select(PersonRow).order_by(PersonRow.id))
    return tuple(_person(row, grants[row.id], accounts[row.id]) for row in rows)


def _person(row: PersonRow, grants: list[Grant], accounts: list[tuple[str, str]]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        phone=row.phone,
        grants=tuple(grants),
        deputy=row.deputy_id,
        skills=tuple(row.skills),
        accounts=tuple(accounts),
        title=row.title,
        door=row.door,
        care=tuple(row.care),
        duty=row.duty,
        active=row.active,
    )


def _load_chats(session: Session) -> tuple[GroupChat, ...]:
    rows = session.scalars(
        select(ChatRow).where(ChatRow.active).order_by(ChatRow.channel, ChatRow.chat_id)
    )
    return tuple(
        GroupChat(row.channel, row.chat_id, row.name, row.scope, cast("ChatMode", row.mode))
        for row in rows
    )
