"""Which volunteers can do what somebody asks for (技能 of the roster)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from knowledge.community.roster.people import Role
from knowledge.community.words.wording import read_list
from knowledge.files.blocks import split_list

if TYPE_CHECKING:
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.people import Person

NOBODY: frozenset[str] = frozenset()


def skilled(
    hood: Neighbourhood, category: str, place_id: str | None, away: frozenset[str] = NOBODY
) -> tuple[str, ...]:
    """Volunteers of the place who are good at a service, those with the smallest 范围 first."""
    path, words = hood.ancestors(place_id), _words(category)
    near = [
        (min(map(path.index, reach)), person.id)
        for person in hood.people.values()
        if person.active and person.id not in away and _can(person, words)
        if (reach := set(person.scopes(Role.VOLUNTEER)) & set(path))
    ]
    return tuple(person_id for _, person_id in sorted(near))


def _can(person: Person, words: tuple[str, ...]) -> bool:
    return any(word in skill for word in words for skill in person.skills)


@cache
def _words(category: str) -> tuple[str, ...]:
    for block in read_list("skills"):
        code, words = block.first("编号"), block.first("技能")
        if code and words and code.value == category:
            return tuple(split_list(words.value))
    return ()
