"""Who is responsible for a place: the five rungs from 邻长 to 街道, with deputies."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.roster.people import LADDER, Person, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: who answers in this role, and for which place he holds it."""

    role: Role
    person: str | None
    place: str | None


class Ladder:
    """Finds the holder of a ladder role, or of 物业, for a place; built once per roster."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people
        holders: dict[tuple[Role, str], list[str]] = defaultdict(list)
        for person in sorted(people.values(), key=lambda person: person.id):
            for role in (*LADDER, Role.PROPERTY):
                for place in person.scopes(role):
                    holders[role, place].append(person.id)
        self._holders = {key: tuple(ids) for key, ids in holders.items()}

    def holders(self, role: Role, place_id: str) -> tuple[str, ...]:
        """Active people who hold the role exactly at this place, by id."""
        return tuple(p for p in self._holders.get((role, place_id), ()) if self._people[p].active)

    def rung(self, role: Role, path: Iterable[str], away: frozenset[str] = NOBODY) -> Rung:
        """The nearest holder along `path` (finest place first) who is there, or his deputy."""
        for place_id in path:
            for person_id in self._standing_in(role, place_id):
                if person_id not in away and self._is_active(person_id):
                    return Rung(role, person_id, place_id)
        return Rung(role, None, None)

    def anybody(self, away: frozenset[str] = NOBODY, never: frozenset[str] = NOBODY) -> Rung | None:
        """The highest active person of the whole ladder, none of `never`; one who is away only if all are."""
        found = [
            (person_id in away, -LADDER.index(role), person_id, place_id)
            for (role, place_id), ids in self._holders.items()
            if role in LADDER
            for person_id in ids
            if self._is_active(person_id) and person_id not in never
        ]
        if not found:
            return None
        _, height, person_id, place_id = min(found)
        return Rung(LADDER[-height], person_id, place_id)

    def _standing_in(self, role: Role, place_id: str) -> Iterator[str]:
        """Holders at one place in the order in which they are asked, each before his deputy."""
        for person_id in self._holders.get((role, place_id), ()):
            yield person_id
            deputy = self._people[person_id].deputy
            if deputy is not None:
                yield deputy

    def _is_active(self, person_id: str) -> bool:
        person = self._people.get(person_id)
        return person is not None and person.active
