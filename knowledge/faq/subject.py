"""An entry as the index sees it: its wordings taken apart, and everything that it says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.faq.tokens import Tokens, grams_of, numbers_of, take_apart, wanted
from knowledge.faq.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.faq.entry import Entry

WORTH = {"aside": 1.5, "short": 0.8, "long": 0.5}
"""What saying a token counts in keywords and topic, in the short and the long text; 1 in a wording.

Found by leaving each shipped wording out in turn and asking for it.
"""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask for an entry."""

    text: str
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is asked for, kept from (`forbidden`), and says.

    `asked` are the tokens of all wordings; `said` counts each token over the whole entry, by what a place of saying it is worth.
    """

    id: str
    question: str
    wordings: tuple[Wording, ...]
    forbidden: tuple[Tokens, ...]
    asked: frozenset[str]
    wanted: frozenset[str]
    numbers: frozenset[str]
    said: Mapping[str, float]


def subject_of(entry: Entry) -> Subject:
    """Return an entry taken apart; without any wording its answer is one."""
    asked = [one for one in entry.wordings if one] or [entry.short or entry.long]
    wordings = tuple(Wording(text, take_apart(text)) for text in asked)
    aside = normalise(" ".join((*entry.keywords, entry.topic)))
    told = {"aside": aside, "short": normalise(entry.short), "long": normalise(entry.long)}
    return Subject(
        id=entry.id,
        question=entry.question,
        wordings=wordings,
        forbidden=tuple(take_apart(text) for text in entry.negatives),
        asked=_all(one.tokens.all for one in wordings),
        wanted=_all(wanted(one.tokens.kinds) for one in wordings),
        numbers=_all(
            [numbers_of(" ".join(told.values())), *(one.tokens.numbers for one in wordings)]
        ),
        said=_count(wordings, told),
    )


def _count(wordings: tuple[Wording, ...], told: Mapping[str, str]) -> Mapping[str, float]:
    said: dict[str, float] = defaultdict(float)
    for wording in wordings:
        for token in wording.tokens.all:
            said[token] += 1
    for place, text in told.items():
        for token in grams_of(text):
            said[token] += WORTH[place]
    return said


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
