"""Does every wording find its own entry, and no 反例 the entry that it is kept from?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.faq.index import Index
    from knowledge.faq.shelf import View


@dataclass(frozen=True, slots=True)
class Miss:
    """A wording that leads astray: to `found`, or (`forbidden`) to the entry that excludes it."""

    faq_id: str
    wording: str
    found: str
    forbidden: bool = False


def selftest(view: View) -> tuple[Miss, ...]:
    """Return every wording that misses its entry and every 反例 that still finds it."""
    return tuple(_misses(view))


def _misses(view: View) -> Iterator[Miss]:
    for entry in view.entries.values():
        for wording in entry.wordings:
            if (found := _first(view.index, wording)) != entry.id:
                yield Miss(entry.id, wording, found)
        for wording in entry.negatives:
            if _first(view.index, wording) == entry.id:
                yield Miss(entry.id, wording, entry.id, forbidden=True)


def _first(index: Index, text: str) -> str:
    hits = index.search(text, 1)
    return hits[0].faq_id if hits else ""
