"""A neighbour comes by an invite: a resident at once, known once a leader of the building says so."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.menus import LONG, Choice, offer
from handlers.actions.people.invites import revoke_invite
from handlers.actions.people.nicknames import chosen_name
from handlers.actions.people.signing import open_session, secret_hash
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, tell_chat, tell_person
from handlers.actions.trouble import administrators
from handlers.phrases import admissions as phrases
from knowledge.community.hood.access import Act, Relation, may
from knowledge.community.hood.territory import oversees
from knowledge.community.places.places import PlaceKind
from knowledge.community.refusals import NotFound, Outdated, TooOften, Unclear
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.files.expression import Expression
from knowledge.store.admissions import admitted_since, strangers_of, use_up
from knowledge.store.erasing import subject_of
from knowledge.store.roster import load_neighbourhood
from knowledge.store.rows.admissions import AdmissionRow, InviteRow
from knowledge.store.rows.roster import GrantRow, PersonRow
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import Place

CROWD = timedelta(minutes=10)
MOST_AT_ONCE = 30
"""People whom one invite lets in within `CROWD`: a hall full of them, but no flood."""
AGAIN = timedelta(minutes=10)
"""For so long the same form sent again (a double tap, a lost answer) is the same person."""
MOST_STRANGERS = 3
"""So many people whom nobody knows, and the invite ends by itself."""

_PHONE = Expression(r"1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8}")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says of themselves; `once` is the one-time word of the form."""

    place: str
    name: str
    phone: str
    once: str


def homes(hood: Neighbourhood, place_id: str | None) -> tuple[Place, ...]:
    """Return what can be picked next, the wanted level first: 小区, then 楼栋, then 单元."""
    for kind in (PlaceKind.ESTATE, PlaceKind.BUILDING, PlaceKind.UNIT):
        here = hood.place(place_id)
        if here is not None and here.kind.depth >= kind.depth:
            continue
        found = tuple(
            one
            for one in hood.places.values()
            if one.active
            and one.kind is kind
            and (place_id is None or hood.within(one.id, place_id))
        )
        if found:
            return found
    return ()


def admit(work: Work, invite: InviteRow, newcomer: Newcomer) -> str:
    """Let a neighbour in and return the secret of their session.

    Raises:
        Outdated: the invite has just been used up, ended or grown old; or the form was used.
        TooOften: too many came by it in the last minutes.
        NotFound: the place is none of the invite's.
        Unclear: a name or phone that will not do.
    """
    before = _came_before(work, newcomer.once)
    if before is not None:
        return open_session(work, before)
    _check_place(work, invite, newcomer.place)
    name, phone = chosen_name(work, newcomer.name, newcomer.place), _phone(newcomer.phone)
    if admitted_since(work.session, invite.id, work.now - CROWD) >= MOST_AT_ONCE:
        raise TooOften(phrases.CROWDED)
    if not use_up(work.session, invite.id, work.now):
        raise Outdated(phrases.SPENT)
    person = _enter(work, replace(newcomer, name=name, phone=phone), invite)
    _ask_leader(work, person, newcomer.place)
    return open_session(work, person)


def about_guest(person_id: str, lane: str | None = None) -> About:
    """What a message that names a guest is about, so that the name can be erased again.

    A new neighbour is no reason to wake a leader: the card waits as lane P3 does.
    """
    return About(lane=lane, subject=subject_of(person_id))


def vouch(work: Work, who: str, person_id: str, *, known: bool) -> str:
    """Say whether a new neighbour is known; who is not has to leave. Returns what to answer.

    Raises:
        NotFound: nobody of that id came by an invite, or it is not theirs to say.
    """
    row = work.session.get(AdmissionRow, person_id)
    hood = load_neighbourhood(work.session)
    newcomer, judge = hood.person(person_id), hood.person(who)
    if row is None or newcomer is None or judge is None or judge is newcomer:
        raise NotFound(phrases.NOT_THERE)
    place = hood.home(newcomer)
    relations = {Relation.SUBTREE} if oversees(judge, place, hood) else set()
    if not may(judge, Act.NEIGHBOUR_VOUCH, frozenset(relations)):
        raise NotFound(phrases.NOT_THERE)
    row.known, row.vouched_by, row.vouched_at = known, who, work.now
    person = work.session.get_one(PersonRow, person_id)
    if person.active != known:
        person.active = known
        person.role_version += 1  # whoever has to leave leaves every browser
    touch(work.session, "roster")
    if known:
        return phrases.KNOWN.format(name=newcomer.called, place=hood.label(place))
    work.session.flush()
    _end_if_misused(work, row.invite_id)
    return phrases.STRANGER.format(name=newcomer.called)


def _came_before(work: Work, once: str) -> PersonRow | None:
    """The person whom the very same form has made a moment ago; raises Outdated for an old one."""
    row = work.session.scalar(select(AdmissionRow).where(AdmissionRow.once == secret_hash(once)))
    if row is None:
        return None
    person = work.session.get_one(PersonRow, row.person_id)
    if not person.active or row.admitted_at <= work.now - AGAIN:
        raise Outdated(phrases.FORM_SPENT)
    return person


def _check_place(work: Work, invite: InviteRow, place_id: str) -> None:
    place = work.hood.place(place_id)
    inside = invite.place_id is None or work.hood.within(place_id, invite.place_id)
    if place is None or not place.active or not inside or work.hood.estate(place_id) is None:
        raise NotFound(phrases.NO_SUCH_PLACE)


def _phone(said: str) -> str:
    phone = re.sub(r"[\s()]|^\+?86(?=1\d{10}$)", "", unicodedata.normalize("NFKC", said))
    if phone and not _PHONE.fullmatch(phone):
        raise Unclear(phrases.PHONE_WRONG)
    return phone


def _enter(work: Work, newcomer: Newcomer, invite: InviteRow) -> PersonRow:
    person = PersonRow(
        id=f"n-{work.chance.getrandbits(64):016x}",
        name=newcomer.name,
        phone=newcomer.phone,
        skills=[],
        care=[],
    )
    work.session.add(person)
    work.session.flush()
    home = [newcomer.place]
    work.session.add(GrantRow(person_id=person.id, role=Role.RESIDENT.value, scope=home))
    work.session.add(
        AdmissionRow(
            person_id=person.id,
            invite_id=invite.id,
            once=secret_hash(newcomer.once),
            admitted_at=work.now,
        )
    )
    touch(work.session, "roster")
    work.session.flush()
    return person


def _ask_leader(work: Work, row: PersonRow, place: str) -> None:
    """Ask whoever answers for the place whether they know the newcomer."""
    leader = work.hood.responsible(place, work.away)
    chat = private_chat(work, leader.person) if leader and leader.person else None
    if leader is None or leader.person is None or chat is None:
        return
    given = {"person": row.id}
    choices = (
        Choice("认识", "neighbour.known", given),
        Choice("不认识", "neighbour.stranger", given),
    )
    buttons = offer(work, chat, leader.person, choices, lasts=LONG)
    person = Person(row.id, row.name, grants=(Grant(Role.RESIDENT, (place,)),))
    text = phrases.card(person.called, work.hood.label(place))
    tell_chat(work, chat, text, buttons=buttons, about=about_guest(row.id, lane="P3"))


def _end_if_misused(work: Work, invite_id: int) -> None:
    count = strangers_of(work.session, invite_id)
    invite = work.session.get_one(InviteRow, invite_id)
    if count < MOST_STRANGERS or invite.revoked_at is not None:
        return
    revoke_invite(work, invite_id, why=phrases.TOO_MANY_STRANGERS)
    place = work.hood.label(invite.place_id) or "全街道"
    for person_id in administrators(work):
        tell_person(work, person_id, phrases.ENDED.format(place=place, count=count))
