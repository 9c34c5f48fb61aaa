"""How much a character or a pair of characters says, before any entry is known."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

RARE = 5.0
"""Weight of what is in no word list: a name, a Latin word, a number."""

_SINGLE = RARE / 9
_PAIR = RARE * 1.2 / 9
_LOOSE_PAIR = 2.5


class Character(NamedTuple):
    """What is known of one: its weight alone, how it is read, and the pairs that it begins.

    `pairs` is each following character with the rarity of the two, a digit.
    """

    weight: float
    reading: str
    pairs: str = ""


_READING = attrgetter("reading")


class Characters(dict[str, Character]):
    """Those that were met; the line of one is read then, for a start meets few of them."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__()
        self._lines = {line[0]: line for line in lines}

    def __missing__(self, char: str) -> Character:
        """Return what its line tells; what has none is rare and read as it is."""
        line = self._lines.get(char)
        if line is None:
            return Character(RARE, char)
        head, *told = line.split(" ")
        met = self[char] = Character(max(0.5, int(head[1])) * _SINGLE, *told)
        return met


class Commonness:
    """Weights and readings of characters, from `commonness.txt` beside this file.

    A pair inside a known word weighs by its rarity; a pair across two words weighs little,
    whatever its rarity: it says nothing that its characters do not.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._met = Characters(lines)

    def weight(self, gram: str) -> float:
        """Return 0.3 (says nothing) to 6 (says much) for one or two characters or a Latin word."""
        if gram.isascii():
            return RARE
        if len(gram) == 1:
            return self._met[gram].weight
        level = self._level(gram)
        return max(0.5, int(level)) * _PAIR if level else _LOOSE_PAIR

    def is_word(self, pair: str) -> bool:
        """Whether two characters stand together in a known word."""
        return bool(self._level(pair))

    def _level(self, pair: str) -> str:
        pairs = self._met[pair[0]].pairs
        at = -1 if pair[1].isascii() else pairs.find(pair[1])
        return pairs[at + 1] if at >= 0 else ""

    def reading(self, char: str) -> str:
        """Return the usual reading, folded as it is often misheard; other signs read as they are."""
        return self._met[char].reading

    def readings(self, text: str) -> list[str]:
        """Return the reading of every character of a text."""
        return [*map(_READING, map(self._met.__getitem__, text))]

    def sound(self, pair: str) -> str:
        """Return the readings of both characters of a pair."""
        return f"{self.reading(pair[0])} {self.reading(pair[1])}"


@cache
def commonness() -> Commonness:
    """Return the shipped table (read once, about 3 ms)."""
    text = Path(__file__).with_name("commonness.txt").read_text(encoding="utf-8")
    return Commonness(line for line in text.splitlines() if not line.startswith("#"))
