"""Make `knowledge/community/lists/needs.txt` again: `python -m tests.fitting.needs`.

It writes for each pattern of the lists the pairs and characters without which it cannot match:
two sets, parted by an empty field, of each of which a match holds something.
"""

from __future__ import annotations

from pathlib import Path

from handlers.intents.despair import WISHED
from handlers.intents.questions import ASKING
from knowledge.community.tickets.categories import all_categories, all_services
from knowledge.community.words import wording
from knowledge.community.words.triggers import fingerprint, read
from knowledge.community.words.wording import either, read_list, wordings

LISTS = Path(__file__).parents[2] / "knowledge" / "community" / "lists"
FILE = LISTS / "needs.txt"
ASKED_OF_ALL = (ASKING, WISHED)
"""What no list holds and every message is asked."""
FIELDS = ("说法", "不算")
"""What is a pattern by itself; the other fields stand in the ways of saying."""


def patterns() -> set[str]:
    """Return every pattern of the lists: the ways of saying, each field of wordings, and each of these.

    And what is asked of every message.
    """
    ways = {way for each in (*all_categories(), *all_services()) for way in each.ways}
    blocks = [block for file in LISTS.glob("*.md") for block in read_list(file.stem)]
    said = [(block, one.name) for block in blocks for one in block.fields if one.name in FIELDS]
    words = [wordings(*one) for one in said]
    each = {pattern for one in words for pattern in wording.ways(one)}
    asked = {one.pattern for one in ASKED_OF_ALL}
    return ways | each | asked | {either(one) for one in words} | {either(())}


def table() -> str:
    """Return the whole text of the file."""
    told = (one for one in patterns() if not one.isalnum())
    rows = sorted("\t".join((fingerprint(one), *_fields(one))) for one in told)
    return "".join(row + "\n" for row in rows)


def _fields(pattern: str) -> list[str]:
    first, second = read(pattern)
    return [*sorted(first or ()), *(["", *sorted(second)] if second else [])]


if __name__ == "__main__":
    FILE.write_text(table(), "utf-8")
