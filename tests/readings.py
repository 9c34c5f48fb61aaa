"""What is read from the same text, word by word, is read once in a session of tests.

Every application takes its answers and notices apart when it opens, and most tests open one on the
same files: that was more than half of opening it.
"""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from knowledge.community.notices.notice_fields import read_notice
from knowledge.faq.entry import read_entry
from knowledge.faq.index import Index
from knowledge.files.blocks import parse_blocks
from knowledge.files.checks import Findings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    import pytest

    from knowledge.faq.entry import Entry
    from knowledge.faq.subject import Subject
    from knowledge.files.blocks import Block

TEXTS, BLOCKS, FOLDERS = 200, 2000, 10
"""How many of the last ones are remembered."""


def share_readings(patch: pytest.MonkeyPatch) -> None:
    """Let the next test have what an earlier one has read, where the texts are the same."""
    patch.setattr("knowledge.files.folder.parse_blocks", lru_cache(TEXTS)(parse_blocks))
    patch.setattr("knowledge.community.notices.notice_folder.read_notice", _read_once(read_notice))
    patch.setattr("knowledge.faq.sheet.read_entry", _read_once(read_entry))
    patch.setattr("knowledge.faq.shelf.Index", SimpleNamespace(build=_built_once()))


def _read_once(read: Callable[..., Any]) -> Callable[..., Any]:
    """Read what one block says, and what is wrong with it, once."""

    @lru_cache(BLOCKS)
    def known(block: Block, today: date | None, links: tuple[str, ...]) -> tuple[Any, Findings]:
        found = Findings(block)
        return read(found, today, links), found

    def again(found: Findings, today: date | None, links: Collection[str]) -> Any:
        said, wrong = known(found.block, today, tuple(links))
        found.problems += wrong.problems
        return said

    return again


def _built_once() -> Callable[..., Index]:
    """Build the index of the same entries once, as long as nothing else is known about them."""
    built = lru_cache(FOLDERS)(Index.build)

    def again(entries: Iterable[Entry], known: Mapping[Entry, Subject] | None = None) -> Index:
        index = built(tuple(entries))
        if known and any(known.get(one, same) != same for one, same in index.subjects.items()):
            return Index.build(index.subjects, known)
        return index

    return again
