"""Hypothesis strategies: rosters as streets could really write them."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from knowledge.community.places.places import ChatMode, GroupChat, Management, Place, PlaceKind
from knowledge.community.roster.people import LADDER, Grant, Person, Role
from knowledge.community.roster.roster import Roster

_IDS = st.from_regex(r"[0-9a-z一-龥]{1,6}(-[0-9]{1,3})?", fullmatch=True)
_NAMES = st.from_regex(r"[=+@-]?[一-龥A-Z][一-龥A-Za-z0-9 ]{0,5}[一-龥A-Z0-9]", fullmatch=True)
_WORDS = st.lists(_NAMES, max_size=2, unique=True).map(tuple)
_MODES: st.SearchStrategy[ChatMode] = st.sampled_from(get_args(ChatMode))
_MANAGEMENT: st.SearchStrategy[Management] = st.sampled_from(get_args(Management))
_PHONES = st.one_of(st.just(""), st.integers(0, 999).map(lambda n: f"13800000{n:03d}"))


@st.composite
def place_trees(draw: st.DrawFn) -> tuple[Place, ...]:
    """A tree under one street; levels may be skipped."""
    ids = draw(st.lists(_IDS, min_size=2, max_size=14, unique=True))
    places = [Place(ids[0], None, PlaceKind.STREET, draw(_NAMES))]
    for place_id in ids[1:]:
        parents = [place for place in places if place.kind is not PlaceKind.UNIT]
        parent = draw(st.sampled_from(parents))
        kinds = [kind for kind in PlaceKind if kind.depth > parent.kind.depth]
        kind = draw(st.sampled_from(kinds))
        managed = kind is PlaceKind.ESTATE
        management: Management = draw(_MANAGEMENT) if managed else ""
        places.append(Place(place_id, parent.id, kind, draw(_NAMES), draw(_WORDS), management))
    return tuple(places)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """A roster that has no error in it."""
    places = draw(place_trees())
    where = st.sampled_from([place.id for place in places])
    scopes = st.lists(where, min_size=1, max_size=2, unique=True).map(tuple)
    roles = st.one_of(st.sampled_from(LADDER), st.sampled_from(Role))
    grants = st.lists(st.builds(Grant, roles, scopes), min_size=1, max_size=3, unique=True)
    ids = draw(st.lists(_IDS, min_size=1, max_size=8, unique=True))
    people = tuple(
        Person(
            id=person_id,
            name=draw(_NAMES),
            phone=draw(_PHONES),
            grants=tuple(draw(grants)),
            deputy=draw(st.sampled_from([None, *(other for other in ids if other != person_id)])),
            skills=draw(_WORDS),
            accounts=(("telegram", f"{number:06d}"),) if draw(st.booleans()) else (),
            title=draw(st.one_of(st.just(""), _NAMES)),
            door=draw(st.sampled_from(["", "0502", "A-3"])),
            care=draw(_WORDS),
            duty=draw(st.sampled_from(["", "工作日 8:30–17:30"])),
        )
        for number, person_id in enumerate(ids)
    )
    chats = tuple(
        GroupChat("web", chat_id, draw(_NAMES), draw(where), draw(_MODES))
        for chat_id in draw(st.lists(_IDS, max_size=3, unique=True))
    )
    return Roster(places, people, chats)
