"""Where a matter lies: the place the words name, else home, else the group's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.locating import find_place, speaks_of_home
from knowledge.community.places import PlaceKind

if TYPE_CHECKING:
    from knowledge.community.neighbourhood import Neighbourhood
    from knowledge.community.people import Person

_MERE = re.compile(r"[的在是我们住家那这里边儿个处啊呀哦呢吧,，。.!！~、\s]|\d+楼|\d{3,4}室?")
"""What may stand beside a place that is only named."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a matter; `doubtful` when the words fit several places or an unknown one."""

    place: str | None
    doubtful: bool = False


def spot_of(text: str, hood: Neighbourhood, scope: str | None, sender: Person | None) -> Spot:
    """Apply the default rules of CONTRACT §5; `scope` is the group's place or None."""
    home = hood.home(sender) if sender else None
    found = find_place(text, hood, scope or home)
    if found.place_id is not None:
        return Spot(found.place_id, doubtful=bool(found.ambiguous))
    doubtful = bool(found.ambiguous or found.rest)
    if speaks_of_home(text):
        return Spot(hood.finer(home, scope), doubtful)
    return Spot(scope, doubtful)


def is_mere_place(text: str, hood: Neighbourhood) -> bool:
    """Whether the words name a place and nothing else: 电机厂宿舍3栋1单元."""
    found = find_place(text, hood)
    start, end = found.text_span
    return end > start and not _MERE.sub("", text[:start] + text[end:])


def is_coarse(place: str | None, hood: Neighbourhood) -> bool:
    """Whether the place is wider than one building."""
    known = hood.place(place)
    return known is None or known.kind.depth < PlaceKind.BUILDING.depth
