"""What differs between two rosters, written down so that it can be put back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.community.roster.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Part = dict[str, Any]
"""{places | people | chats: {id: fields, or None for not there}}: JSON-ready."""


def difference(old: Roster, new: Roster) -> tuple[Part, Part]:
    """Return how everything that differs stood before and how it stands after."""
    before: Part = {}
    after: Part = {}
    standing, coming = _tables(old), _tables(new)
    for kind, was in standing.items():
        becomes = coming[kind]
        differs = [key for key in was | becomes if was.get(key) != becomes.get(key)]
        if differs:
            before[kind] = {key: _fields(was.get(key)) for key in differs}
            after[kind] = {key: _fields(becomes.get(key)) for key in differs}
    return before, after


def put_back(roster: Roster, part: Part) -> Roster:
    """Return the roster with what the part names standing as it says there."""
    tables = _tables(roster)
    for kind, rows in part.items():
        for key, fields in rows.items():
            if fields is None:
                tables[kind].pop(key, None)
            else:
                tables[kind][key] = _MADE[kind](fields)
    return Roster(*(tuple(tables[kind].values()) for kind in _MADE))


def _tables(roster: Roster) -> dict[str, dict[str, Any]]:
    return {
        "places": {place.id: place for place in roster.places},
        "people": {person.id: person for person in roster.people},
        "chats": {chat.key: chat for chat in roster.chats},
    }


def _fields(one: Place | Person | GroupChat | None) -> dict[str, Any] | None:
    return None if one is None else asdict(one)


def _place(fields: Mapping[str, Any]) -> Place:
    kind, aliases = PlaceKind(fields["kind"]), tuple(fields["aliases"])
    return Place(**{**fields, "kind": kind, "aliases": aliases})


def _person(fields: Mapping[str, Any]) -> Person:
    grants = tuple(Grant(Role(one["role"]), tuple(one["scope"])) for one in fields["grants"])
    accounts = tuple((channel, account) for channel, account in fields["accounts"])
    lists = {name: tuple(fields[name]) for name in ("skills", "care")}
    return Person(**{**fields, **lists, "grants": grants, "accounts": accounts})


def _chat(fields: Mapping[str, Any]) -> GroupChat:
    return GroupChat(**fields)


_MADE: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "places": _place,
    "people": _person,
    "chats": _chat,
}
"""Each table of a roster, in the order of its files, with what makes one of its rows again."""
