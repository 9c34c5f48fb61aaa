"""How much a character or a pair of characters says, before any entry is known."""

from __future__ import annotations

from functools import cache
from pathlib import Path

RARE = 5.0
"""Weight of what is in no word list: a name, a Latin word, a number."""

_SINGLE = RARE / 9
_PAIR = RARE * 1.2 / 9
_LOOSE_PAIR = 2.5


class Commonness:
    """Weights and readings of characters, from `commonness.txt` beside this file.

    A pair inside a known word weighs by its rarity; a pair across two words weighs little,
    whatever its rarity: it says nothing that its characters do not.
    """

    def __init__(self, lines: list[str]) -> None:
        self._single: dict[str, float] = {}
        self._reading: dict[str, str] = {}
        self._pairs: dict[str, str] = {}
        for line in lines:
            head, reading, *pairs = line.split(" ")
            char = head[0]
            self._single[char] = max(0.5, int(head[1])) * _SINGLE
            self._reading[char] = reading
            self._pairs[char] = pairs[0] if pairs else ""

    def weight(self, gram: str) -> float:
        """Return 0.3 (says nothing) to 6 (says much) for one or two characters or a Latin word."""
        if gram.isascii():
            return RARE
        if len(gram) == 1:
            return self._single.get(gram, RARE)
        level = self._level(gram)
        return max(0.5, int(level)) * _PAIR if level else _LOOSE_PAIR

    def is_word(self, pair: str) -> bool:
        """Whether two characters stand together in a known word."""
        return bool(self._level(pair))

    def _level(self, pair: str) -> str:
        pairs = self._pairs.get(pair[0], "")
        at = -1 if pair[1].isascii() else pairs.find(pair[1])
        return pairs[at + 1] if at >= 0 else ""

    def reading(self, char: str) -> str:
        """Return the usual reading, folded as it is often misheard; other signs read as they are."""
        return self._reading.get(char, char)

    def sound(self, pair: str) -> str:
        """Return the readings of both characters of a pair."""
        return f"{self.reading(pair[0])} {self.reading(pair[1])}"


@cache
def commonness() -> Commonness:
    """Return the shipped table (read once, about 10 ms)."""
    text = Path(__file__).with_name("commonness.txt").read_text(encoding="utf-8")
    return Commonness([line for line in text.splitlines() if not line.startswith("#")])
