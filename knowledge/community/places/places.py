"""Places from the street down to the staircase, and the chat groups that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

TOPIC_MARK = "#"
"""Between the id of a group and the id of a topic in it: `-1001#77` (forum groups)."""

Management = Literal["物管", "自管", "协管", ""]
ChatMode = Literal["仅@", "积极", "静音"]


class PlaceKind(StrEnum):
    """Level of a place, from the widest to the finest; the value is the word in `places.csv`."""

    STREET = "街道"
    COMMUNITY = "社区"
    ESTATE = "小区"
    GRID = "网格"
    BUILDING = "楼栋"
    UNIT = "单元"

    @property
    def depth(self) -> int:
        """0 for the street … 5 for the unit."""
        return _DEPTH[self]


def group_of(chat_id: str) -> str:
    """Return the id of the group that a topic belongs to; any other id as it is."""
    return chat_id.partition(TOPIC_MARK)[0]


_DEPTH = {kind: depth for depth, kind in enumerate(PlaceKind)}


@dataclass(frozen=True, slots=True)
class Place:
    """One node of the place tree; `management` is set on estates only."""

    id: str
    parent: str | None
    kind: PlaceKind
    name: str
    aliases: tuple[str, ...] = ()
    management: Management = ""
    active: bool = True
    """False for a place that has left the roster: still named and on the map, no longer found."""


@dataclass(frozen=True, slots=True)
class GroupChat:
    """A residents' group on a channel; `scope` is the id of the place it serves, or ""."""

    channel: str
    id: str
    name: str
    scope: str = ""
    mode: ChatMode = "仅@"

    @property
    def key(self) -> str:
        """The chat as one word, `channel:id`."""
        return f"{self.channel}:{self.id}"
