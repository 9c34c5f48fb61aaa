"""An entry as the index sees it: its wordings taken apart, and everything that it says."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING

from knowledge.faq.tokens import (
    Tokens,
    given,
    grams_of,
    numbers_of,
    take_apart,
    wanted,
)
from knowledge.faq.words import normalise_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.faq.entry import Entry

WORDING = 10
ASIDE, SHORT, LONG = 15, 8, 5
"""What saying a token counts, in tenths: in a wording, in keywords and topic, in the short and in
the long text. Found by leaving each shipped wording out in turn and asking for it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask for an entry: as written, as normalised, and its tokens."""

    text: str
    plain: str
    tokens: tuple[str, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Each token of an entry, and by what its places are worth together, in tenths."""

    tokens: tuple[str, ...]
    tenths: array[int]

    @property
    def length(self) -> float:
        """How much is said."""
        return sum(self.tenths) / 10


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is asked for, kept from (`forbidden`), and says; shared tokens stand once."""

    id: str
    question: str
    wordings: tuple[Wording, ...]
    forbidden: tuple[Tokens, ...]
    wanted: frozenset[str]
    numbers: frozenset[str]
    keywords: tuple[str, ...]
    said: Said


def subject_of(entry: Entry) -> Subject:
    """Return an entry taken apart; without any wording its answer is one."""
    asked = asked_for(entry)
    taken = [take_apart(text) for text in asked]
    aside = " ".join((*entry.keywords, entry.topic))
    told = [(ASIDE, aside), (SHORT, entry.short), (LONG, entry.long)]
    plain = [(worth, normalise_answer(text)) for worth, text in told if text]
    answer = " ".join(text for _, text in plain)
    return Subject(
        id=entry.id,
        question=entry.question,
        wordings=tuple(
            Wording(text, one.text, tuple(map(intern, one.all)), one.negated)
            for text, one in zip(asked, taken, strict=True)
        ),
        forbidden=tuple(take_apart(text) for text in entry.negatives),
        wanted=_all([given(answer), *(wanted(one.kinds) for one in taken)]),
        numbers=_all([numbers_of(answer), *(one.numbers for one in taken)]),
        keywords=entry.keywords,
        said=_said(
            [*((WORDING, one.all) for one in taken)]
            + [(worth, grams_of(text)) for worth, text in plain]
        ),
    )


def asked_for(entry: Entry) -> list[str]:
    """Return the texts by which an entry is asked for, as written."""
    return [one for one in entry.wordings if one] or [entry.short or entry.long]


def _said(places: Iterable[tuple[int, Iterable[str]]]) -> Said:
    counts: dict[str, int] = {}
    for worth, tokens in places:
        for token in tokens:
            counts[token] = counts.get(token, 0) + worth
    return Said(tuple(map(intern, counts)), array("I", counts.values()))


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
