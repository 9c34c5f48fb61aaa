"""The word lists in `lists/`: how they are read, and how their notation becomes a pattern."""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from knowledge.community.words.triggers import Triggers, grams, needed_by
from knowledge.files.blocks import Block, parse_blocks, split_wordings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GAP = "[^,，。.!！?？;；\n]{0,6}"
"""What `…` stands for: up to six characters within one clause."""


_PART = re.compile(r"\{([^\W\d]+)\}")


@cache
def read_list(name: str) -> tuple[Block, ...]:
    """The entries of `lists/<name>.md` as written."""
    text = files("knowledge.community").joinpath("lists", f"{name}.md").read_text("utf-8")
    return parse_blocks(text, f"{name}.md")


@cache
def entry(name: str, title: str) -> Block:
    """The entry with that heading in `lists/<name>.md`; KeyError if there is none."""
    for block in read_list(name):
        if block.title == title:
            return block
    raise KeyError(f"{name}.md: {title}")


class Saying:
    """Wordings of which any may stand in a text; one is compiled for the first text that can hold it.

    Few texts hold a sign at all, and who holds one against sixty wordings at once waits for all.
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        self.pattern = either(words)
        self._words = words
        self._needed = needed_by(self.pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first place where one stands; of two that begin there the one told first."""
        if self._needed is not None and self._needed.isdisjoint(grams(text)):
            return None
        possible = self._triggers.possible(text)
        found = [match for way in possible if (match := compiled(self.ways[way]).search(text))]
        return min(found, key=re.Match.start, default=None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return every place where one stands."""
        if self._needed is not None and self._needed.isdisjoint(grams(text)):
            return iter(())
        return compiled(self.pattern).finditer(text)

    @cached_property
    def ways(self) -> tuple[str, ...]:
        """The pattern of each."""
        return ways(self._words)

    @cached_property
    def _triggers(self) -> Triggers:
        return Triggers(self.ways)


class Sayings:
    """Several of them, asked at once which stand in a text: most have nothing to do with it."""

    def __init__(self, sayings: Iterable[Saying]) -> None:
        self._ways = [(at, way) for at, one in enumerate(sayings) for way in one.ways]
        self._triggers = Triggers(way for _, way in self._ways)

    def standing(self, text: str) -> list[int]:
        """Return the places of those that do, in their order."""
        found: dict[int, None] = {}
        for number in self._triggers.possible(text):
            at, way = self._ways[number]
            if at not in found and compiled(way).search(text):
                found[at] = None
        return [*found]


@cache
def sign(title: str, name: str = "signs", field: str = "说法") -> Saying:
    """One pattern for all wordings of one entry."""
    return Saying(wordings(entry(name, title), field))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compiled on first need: a start must not wait for every category and sign."""
    return re.compile(pattern)


def wordings(block: Block, field: str) -> tuple[str, ...]:
    """All wordings of one field, which may stand on several lines."""
    return tuple(word for line in block.all(field) for word in split_wordings(line.value))


def either(words: tuple[str, ...]) -> str:
    """The pattern that finds any of the wordings; an empty list finds nothing."""
    return f"(?:{'|'.join(ways(words))})" if words else "(?!)"


def ways(words: tuple[str, ...]) -> tuple[str, ...]:
    """The pattern of each wording."""
    return tuple(map(_spelt_out, words))


def _spelt_out(word: str) -> str:
    return _PART.sub(lambda called: _part(called[1]), word.replace("…", GAP))


@cache
def _part(title: str) -> str:
    return either(wordings(entry("parts", title), "说法"))
