"""The word lists in `lists/`: how they are read, and how their notation becomes a pattern."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from knowledge.files.blocks import Block, parse_blocks, split_wordings

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


@cache
def sign(title: str, name: str = "signs", field: str = "说法") -> re.Pattern[str]:
    """One compiled pattern for all wordings of one entry."""
    return re.compile(either(wordings(entry(name, title), field)))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compiled on first need: a start must not wait for every category and sign."""
    return re.compile(pattern)


def wordings(block: Block, field: str) -> tuple[str, ...]:
    """All wordings of one field, which may stand on several lines."""
    return tuple(word for line in block.all(field) for word in split_wordings(line.value))


def either(words: tuple[str, ...]) -> str:
    """The pattern that finds any of the wordings; an empty list finds nothing."""
    return "(?:" + "|".join(map(_spelt_out, words)) + ")" if words else "(?!)"


def _spelt_out(word: str) -> str:
    return _PART.sub(lambda called: _part(called[1]), word.replace("…", GAP))


@cache
def _part(title: str) -> str:
    return either(wordings(entry("parts", title), "说法"))
