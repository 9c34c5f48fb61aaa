"""What a ticket's events say to a report, whenever they happened: many tickets have the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from knowledge.community.tickets.account import (
    ANSWERED,
    APART,
    ASKED,
    CALLED,
    OUT,
    REDONE,
    RESIDENT,
    RETURNED,
    SAID_ON_PHONE,
)
from knowledge.community.tickets.ticket import PAUSED, SPLIT_OFF, State, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KNOWN = 4096
"""Histories remembered at once: 100,000 tickets go some dozens of ways, or some thousands."""
_DATED = frozenset({State.PARKED, State.WHISTLED})
"""States of which a report says since when."""
_BESIDE = frozenset(
    {
        *(Step.NUDGED, Step.REMINDED, Step.ALARMED),
        *(Step.NOTED, Step.EDITED, Step.JOINED, Step.RATED),
    }
)
"""Events that neither move a ticket nor are counted by themselves."""
_COUNTED: dict[str, str] = {
    Step.TRANSFERRED: "transfers",
    Step.ESCALATED: "climbs",
    Step.SUPERVISED: "supervised",
    Step.URGED: "urged",
}
_REASONED = {RETURNED: "returns", REDONE: "redone"}

Places = tuple[int, ...]
"""Where the moments of some events stand among those of all."""


class Trace(NamedTuple):
    """One event as a report reads it; `place` = where it stands among those told."""

    seq: int
    step: str
    origin: str | None
    target: str
    reason: str
    role: str
    rating: int | None
    place: int

    @property
    def moved(self) -> bool:
        """Whether it brought the ticket into another state."""
        return self.origin != self.target

    @property
    def again(self) -> bool:
        """Whether it opened the ticket again."""
        return self.reason == REDONE and self.moved and self.origin in OUT

    @property
    def word(self) -> bool | None:
        """Whether the reporter said 好了, by a click or on the phone; None = nothing."""
        if self.step == CALLED and not self.moved:
            return SAID_ON_PHONE.get(self.reason)
        if self.target == State.CLOSED_CONFIRMED and self.moved:
            return True
        return False if self.again and self.role == RESIDENT else None

    @property
    def counted(self) -> str | None:
        """The sum of an account that it adds to."""
        if self.step in _BESIDE:
            return None
        return _COUNTED.get(self.step) or _REASONED.get(self.reason)


@dataclass(frozen=True, slots=True)
class Fate:
    """An account without its moments: of these it says where among all of the ticket's they stand.

    `filed`, `contacted` and `done` are the first of theirs; the rest is as in `Account`.
    """

    state: State
    filed: Places
    contacted: Places
    done: Places
    since: int | None
    pauses: tuple[tuple[int, int], ...]
    answered: bool | None
    silent: bool
    rating: int | None
    apart: bool
    sums: dict[str, int]


@lru_cache(maxsize=KNOWN)
def fate_of(told: str, within: tuple[bool, ...] = ()) -> Fate | None:
    """Read events, each a JSON array of `Trace` without its place; None = it was never filed.

    `within` says which of them lie inside the span in which is counted, () = all.
    """
    traces = sorted(Trace._make((*one, place)) for place, one in enumerate(json.loads(f"[{told}]")))
    moves = [one for one in traces if one.moved]
    filed = _places(moves, lambda one: one.target == State.NEW)
    if not filed:
        return None
    inside = [one for one in traces if not within or within[one.place]]
    words = [one.word for one in inside if one.word is not None]
    last = moves[-1]
    ratings = [one for one in inside if one.step == Step.RATED and one.rating is not None]
    counted = [one.counted for one in inside]
    return Fate(
        state=State(last.target),
        filed=filed,
        contacted=_places(moves, lambda one: one.origin in ASKED and one.target in ANSWERED),
        done=_places(moves, lambda one: one.target in OUT),
        since=last.place if last.target in _DATED else None,
        pauses=tuple(_pauses(moves)),
        answered=words[-1] if words else None,
        silent=not words and _is_silent(inside),
        rating=ratings[-1].rating if ratings else None,
        apart=any(one.step in APART or one.reason == SPLIT_OFF for one in inside),
        sums={name: counted.count(name) for name in {*counted} if name},
    )


def _places(moves: Iterable[Trace], fits: Callable[[Trace], bool]) -> Places:
    return tuple(one.place for one in moves if fits(one))


def _pauses(moves: Iterable[Trace]) -> Iterable[tuple[int, int]]:
    """The waits for the reporter that are over."""
    around = [one for one in moves if one.origin in PAUSED or one.target in PAUSED]
    return ((one.place, over.place) for one, over in pairwise(around) if one.target in PAUSED)


def _is_silent(inside: Iterable[Trace]) -> bool:
    """Whether it was closed without an answer and not opened again after that."""
    silent = False
    for one in inside:
        if one.target == State.CLOSED_SILENT and one.moved:
            silent = True
        elif one.again:
            silent = False
    return silent
