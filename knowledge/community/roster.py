"""The roster: places, people and chats as read from the three files of `roster/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.community.people import Person
    from knowledge.community.places import GroupChat, Place


@dataclass(frozen=True, slots=True)
class Roster:
    """A complete roster, in the order of its files."""

    places: tuple[Place, ...] = ()
    people: tuple[Person, ...] = ()
    chats: tuple[GroupChat, ...] = ()
