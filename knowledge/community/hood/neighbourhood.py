"""An immutable snapshot of the neighbourhood that every decision reads."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.community.hood.ladder import NOBODY, Ladder, Rung
from knowledge.community.places.parts import parts
from knowledge.community.places.placenames import PlaceNames
from knowledge.community.places.places import PlaceKind, group_of
from knowledge.community.roster.people import IMPLICIT_CHANNELS, LADDER, Role

MEMBERS = {"wecom_app": "wecom", "wecom_bot": "wecom"}
"""A member of the company has one account there: `wecom:` stands for every such channel."""

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.community.places.places import GroupChat, Place
    from knowledge.community.roster.people import Person
    from knowledge.community.roster.roster import Roster


CHAINS = 4096
"""Places whose rungs are kept in mind: a report asks for those of its place eight times."""


class Neighbourhood:
    """Places, people and chats by id, with the questions that the rest of the program asks.

    Unknown ids never raise: they give None, an empty tuple or False.
    """

    def __init__(
        self,
        places: Iterable[Place] = (),
        people: Iterable[Person] = (),
        chats: Iterable[GroupChat] = (),
    ) -> None:
        self.places = MappingProxyType({place.id: place for place in places})
        self.people = MappingProxyType({person.id: person for person in people})
        self.chats = MappingProxyType({(chat.channel, chat.id): chat for chat in chats})
        self._estates = sum(one.kind is PlaceKind.ESTATE for one in self.places.values())
        self._paths = {place_id: self._climb(place_id) for place_id in self.places}
        self._parts = parts(self.places, self._paths)
        self._ladder = Ladder(self.people)
        self._chain = lru_cache(CHAINS)(self._climb_ladder)

    @classmethod
    def from_roster(cls, roster: Roster) -> Neighbourhood:
        """Build the snapshot from a checked roster."""
        return cls(roster.places, roster.people, roster.chats)

    def place(self, place_id: str | None) -> Place | None:
        """The place with this id."""
        return None if place_id is None else self.places.get(place_id)

    def person(self, person_id: str | None) -> Person | None:
        """The person with this id, disabled ones included."""
        return None if person_id is None else self.people.get(person_id)

    def chat(self, channel: str, chat_id: str) -> GroupChat | None:
        """The registered group on that channel; a topic without a row of its own is its group."""
        found = self.chats.get((channel, chat_id))
        return found or self.chats.get((channel, group_of(chat_id)))

    def by_account(self, channel: str, account: str) -> Person | None:
        """The active person behind an account, implicit replay and web accounts included."""
        known, shared = self._accounts, (MEMBERS.get(channel, ""), account)
        person = self.people.get(known.get((channel, account)) or known.get(shared, ""))
        return person if person is not None and person.active else None

    def party(self, channel: str, account: str) -> str:
        """Who speaks with that account: a person's id, or channel:account of somebody unregistered."""
        person = self.by_account(channel, account)
        return person.id if person else f"{channel}:{account}"

    def account(self, person_id: str, channel: str) -> str | None:
        """The account under which a person is reached on a channel, or None."""
        person = self.people.get(person_id)
        if person is None:
            return None
        named = dict(reversed(person.accounts))
        explicit = named.get(channel) or named.get(MEMBERS.get(channel, ""))
        return explicit or (person_id if channel in IMPLICIT_CHANNELS else None)

    def ancestors(self, place_id: str | None) -> tuple[str, ...]:
        """Ids from the place itself up to the street."""
        return () if place_id is None else self._paths.get(place_id, ())

    def within(self, place_id: str | None, ancestor_id: str | None) -> bool:
        """Whether the first place is the second one or lies inside it."""
        return ancestor_id is not None and ancestor_id in self.ancestors(place_id)

    def finer(self, first: str | None, second: str | None) -> str | None:
        """The deeper of two places; the first when equally deep; the known one of the two."""
        known = [place for place in (self.place(first), self.place(second)) if place is not None]
        return max(known, key=lambda place: place.kind.depth).id if known else None

    def common(self, first: str | None, second: str | None) -> str | None:
        """The finest place that holds both."""
        above = self.ancestors(second)
        return next((place for place in self.ancestors(first) if place in above), None)

    def children(self, place_id: str) -> tuple[Place, ...]:
        """The places directly below, in roster order."""
        return self._children.get(place_id, ())

    def inside(self, place_id: str) -> tuple[str, ...]:
        """Ids of the place itself and of all below it."""
        if place_id not in self.places:
            return ()
        below = (self.inside(place.id) for place in self.children(place_id))
        return (place_id, *chain.from_iterable(below))

    def estate(self, place_id: str | None) -> Place | None:
        """The 小区 in which the place lies (itself, if it is one)."""
        return self.up_to(place_id, PlaceKind.ESTATE)

    def up_to(self, place_id: str | None, kind: PlaceKind) -> Place | None:
        """The place of that level above (or at) the given one."""
        for ancestor in self.ancestors(place_id):
            place = self.places[ancestor]
            if place.kind is kind:
                return place
        return None

    def home(self, person: Person) -> str | None:
        """Where a person lives: his finest 范围 as 居民, else as anything he is.

        With several, none inside another, it is the place that holds them all.
        """
        scopes = [s for s in person.scopes(Role.RESIDENT) or person.scopes() if s in self.places]
        finest = [s for s in scopes if not any(s in self._paths[other][1:] for other in scopes)]
        if not finest:
            return None
        shared = set.intersection(*(set(self._paths[scope]) for scope in finest))
        return next((place for place in self._paths[finest[0]] if place in shared), None)

    def label(self, place_id: str | None) -> str:
        """Short name within the estate: `3栋2单元`, `A区3栋`, `桂花园小区`; "" for an unknown place."""
        place, building = self.place(place_id), self.up_to(place_id, PlaceKind.BUILDING)
        if place is None or building is None:
            return place.name if place else ""
        part = self._parts.get(building.id, "")
        whole = place is building or place.name.startswith(building.name)
        return f"{part}{place.name}" if whole else f"{part}{building.name}{place.name}"

    def label_in(self, talk: str | None, place_id: str | None) -> str:
        """The short name where the talk is about `talk`: with the 小区 outside of it, if there are several."""
        label, estate = self.label(place_id), self.estate(place_id)
        if estate is None or label.startswith(estate.name) or self.within(talk, estate.id):
            return label
        return f"{estate.name}{label}" if self._estates > 1 else label

    def label_for(self, person_id: str | None, place_id: str | None) -> str:
        """The short name for somebody on duty: with the 小区 if they answer for more than that one."""
        label, estate = self.label(place_id), self.estate(place_id)
        if estate is None or label.startswith(estate.name) or self._is_all_of(person_id, estate.id):
            return label
        return f"{estate.name}{label}"

    def _is_all_of(self, person_id: str | None, estate_id: str) -> bool:
        """Whether every duty of a person lies in that estate; so it is for who has none."""
        person = self.person(person_id)
        duties = (g for g in person.grants if g.role is not Role.RESIDENT) if person else ()
        return all(
            bool(duty.scope) and all(self.within(place, estate_id) for place in duty.scope)
            for duty in duties
        )

    def chain(self, place_id: str | None, away: frozenset[str] = NOBODY) -> tuple[Rung, ...]:
        """The five rungs above a place, lowest first; a rung nobody holds has person None."""
        return self._chain(place_id, away)

    def manager(self, place_id: str | None, away: frozenset[str] = NOBODY) -> Rung | None:
        """The 物业 of the place (in a 自管 estate: whoever the residents have chosen), or None."""
        rung = self._ladder.rung(Role.PROPERTY, self.ancestors(place_id), away)
        return rung if rung.person else None

    def responsible(
        self, place_id: str | None, away: frozenset[str] = NOBODY, never: frozenset[str] = NOBODY
    ) -> Rung | None:
        """Who owns a matter at a place: the lowest rung with a person, none of `never`.

        With nobody on the place's own chain the highest person of the whole ladder steps in;
        None only when the roster has nobody else on any ladder at all.
        """
        for absent in (away | never, never):
            held = next((rung for rung in self.chain(place_id, absent) if rung.person), None)
            if held is not None:
                return held
        return self._ladder.anybody(away, never)

    def holders(self, role: Role, place_id: str) -> tuple[str, ...]:
        """Active people who hold a ladder role exactly at this place, by id."""
        return self._ladder.holders(role, place_id)

    def members_of(self, place_id: str) -> tuple[Person, ...]:
        """Active people with any 范围 inside the place, in roster order."""
        return self._members.get(place_id, ())

    @cached_property
    def names(self) -> PlaceNames:
        """Index of all place names, for finding them in what people write."""
        return PlaceNames(self.places)

    @cached_property
    def _members(self) -> dict[str, tuple[Person, ...]]:
        inside: dict[str, list[Person]] = {}
        for person in self.people.values():
            scopes = person.scopes() if person.active else ()
            for place in {above for scope in scopes for above in self.ancestors(scope)}:
                inside.setdefault(place, []).append(person)
        return {place: tuple(people) for place, people in inside.items()}

    @cached_property
    def _accounts(self) -> dict[tuple[str, str], str]:
        accounts = {(channel, p): p for p in self.people for channel in IMPLICIT_CHANNELS}
        for person in self.people.values():
            for channel in {channel for channel, _ in person.accounts}:
                if accounts.get((channel, person.id)) == person.id:
                    del accounts[channel, person.id]
        for person in self.people.values():
            accounts.update(dict.fromkeys(person.accounts, person.id))
        return accounts

    @cached_property
    def _children(self) -> dict[str, tuple[Place, ...]]:
        below: dict[str, list[Place]] = {}
        for place in self.places.values():
            if place.parent is not None:
                below.setdefault(place.parent, []).append(place)
        return {parent: tuple(places) for parent, places in below.items()}

    def _climb_ladder(self, place_id: str | None, away: frozenset[str]) -> tuple[Rung, ...]:
        path = self.ancestors(place_id)
        return tuple(self._ladder.rung(role, path, away) for role in LADDER)

    def _climb(self, place_id: str) -> tuple[str, ...]:
        path: list[str] = []
        place = self.places.get(place_id)
        while place is not None and place.id not in path:
            path.append(place.id)
            place = self.place(place.parent)
        return tuple(path)
