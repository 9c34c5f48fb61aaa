"""How much speaks for somebody wanting something seen to: what lists and models find, weighed.

The lists know single words, the model of `leanings` the sound of the whole; how far each can be
believed is learnt from sentences that neither had seen (tests/handlers/training.py).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple

from handlers.intents.emergencies import find_emergency, is_unreal_or_over
from handlers.intents.questions import asks_something
from handlers.intents.requests import (
    Request,
    find_order,
    find_request,
    is_nothing_to_do,
    mentioned,
    weight_of,
)
from knowledge.community.tickets.categories import spoken_of
from knowledge.community.words.leanings import leaning, weights
from knowledge.community.words.wording import Sayings, read_list, sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.community.tickets.categories import Mention
    from knowledge.community.words.leanings import Leaning

REMEMBERED = 512
"""Messages whose weights are kept: the gate reads each as it comes, the worker again."""
_CLAUSE = re.compile(r"[,，。.!！?？;；\n]")
_SHORTEST, _LONGEST, _WINDOW, _STEP = 4, 24, 18, 9
"""Characters: of a clause that tells something, of one that is read in windows, and of these."""
_FAINT = -0.5
"""Log odds below which neither the whole nor a clause sounds like anything but talk."""
_LIMIT, _SCALE = 8.0, 4.0
"""Log odds beyond which nothing is surer, and what they are divided by to weigh like a yes."""


class Found(NamedTuple):
    """What the lists find in plain words."""

    danger: Mention | None
    request: Request | None
    order: Mention | None
    mention: Mention | None
    """The first thing that can be reported, whether or not anything is wrong with it."""


class Weight(NamedTuple):
    """Shares of 0..1: danger now and here, and a matter to be seen to; the rest is neither."""

    danger: float
    request: float

    @property
    def wanted(self) -> float:
        """Share of both: something is to be done."""
        return self.danger + self.request


NOTHING = Weight(0.0, 0.0)


@lru_cache(maxsize=REMEMBERED)
def find(text: str) -> Found:
    """What the lists find in plain `text`."""
    spoken = spoken_of(text)
    first = mentioned(text, spoken)
    return Found(
        find_emergency(text, spoken),
        find_request(text, first),
        find_order(text, spoken),
        first,
    )


@lru_cache(maxsize=REMEMBERED)
def weigh(text: str) -> Weight:
    """How much speaks for danger and for a request in plain `text`."""
    found = find(text)
    whole, parts = leaning(text), _parts(text)
    if not any(found) and all(_act(one) < _FAINT for one in {whole, *parts}):
        return NOTHING  # most of what is said in a group: looked at no further
    shares = weights("weighing").of([*_scaled(_sounds(whole, parts)), *_signs(text, found)])
    return Weight(shares["danger"], shares["request"])


def evidence(text: str) -> dict[str, float]:
    """Everything that is weighed of plain `text`, by name, about 0..1 each."""
    sounds = _sounds(leaning(text), _parts(text))
    return dict(zip(names(), [*_scaled(sounds), *_signs(text, find(text))], strict=True))


def names() -> tuple[str, ...]:
    """The names of the evidence in their order."""
    return (*_HEARD, *_LISTED, *(block.title for block in read_list("signs")))


def strongest_clause(text: str) -> str:
    """The clause of plain `text` that sounds most like danger or a request; all of a short one."""
    parts = clauses(text) if len(text) > _LONGEST else []
    return max(parts, key=lambda part: 1 - leaning(part).talk - leaning(part).swindle, default=text)


def clauses(text: str) -> list[str]:
    """The parts of plain `text` that tell something by themselves; long ones in windows."""
    parts = [part for part in _CLAUSE.split(text) if len(part) >= _SHORTEST]
    return [piece for part in parts for piece in _windows(part)]


_HEARD = (
    "whole",
    "whole danger",
    "whole request",
    "whole swindle",
    "strongest clause",
    "second clause",
    "last clause",
    "first clause",
    "clauses",
    "clause of danger",
)
_LISTED = (
    "danger",
    "request",
    "order",
    "mention",
    "weight",
    "nothing to do",
    "over",
    "asks",
    "length",
    "parts",
)


def _windows(part: str) -> list[str]:
    if len(part) <= _LONGEST:
        return [part]
    return [part[at : at + _WINDOW] for at in range(0, len(part) - _STEP + 1, _STEP)]


def _parts(text: str) -> list[Leaning]:
    """What each clause leans to; of a text without any, the whole."""
    return [leaning(part) for part in clauses(text) or [text]]


def _sounds(whole: Leaning, parts: Sequence[Leaning]) -> list[float]:
    """Log odds against mere talk, in the order of `_HEARD`."""
    acts = list(map(_act, parts))
    ranked = sorted(acts, reverse=True)
    return [
        _act(whole),
        _odds(whole.danger, whole),
        _odds(whole.request, whole),
        _odds(whole.swindle, whole),
        ranked[0],
        ranked[1] if len(ranked) > 1 else ranked[0],
        acts[-1],
        acts[0],
        sum(acts) / len(acts),
        max(_odds(part.danger, part) for part in parts),
    ]


def _act(lean: Leaning) -> float:
    """Log odds of danger or a request."""
    return _odds(lean.danger + lean.request, lean)


def _odds(share: float, lean: Leaning) -> float:
    return log(max(share, 1e-9)) - log(max(lean.talk, 1e-9))


def _scaled(odds: Sequence[float]) -> list[float]:
    return [max(-_LIMIT, min(_LIMIT, one)) / _SCALE for one in odds]


def _signs(text: str, found: Found) -> list[float]:
    """What the lists tell, in the order of `_LISTED` and of the signs."""
    return [
        found.danger is not None,
        found.request is not None,
        found.order is not None,
        found.mention is not None,
        weight_of(text, found.mention.category) if found.mention else 0.0,
        is_nothing_to_do(text),
        is_unreal_or_over(text),
        asks_something(text),
        min(len(text), 100) / 50,
        min(len(clauses(text)), 6) / 3,
        *map(_shown(text).__contains__, range(len(read_list("signs")))),
    ]


def _shown(text: str) -> frozenset[int]:
    """The signs that plain `text` shows, by their place in the list."""
    return frozenset(_all_signs().standing(text))


@cache
def _all_signs() -> Sayings:
    return Sayings(sign(block.title) for block in read_list("signs"))
