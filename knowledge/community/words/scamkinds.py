"""Which kind of swindle words tell of, and whether somebody has done already what it wants."""

from __future__ import annotations

from functools import cache

from knowledge.community.words.wording import Saying, read_list, sign, wordings
from knowledge.files.expression import Expression

DONE, GIVEN, NOT_GIVEN = "已经照做", "已经给出去", "还没给"
"""Entries of the list that are no kinds: the screen was seen; money or codes went; they did not."""
_CLAUSES = Expression(r"[,。!?;:\n]+")


def kind_of(text: str) -> str:
    """Return the kind of swindle that plain `text` tells of, as the police call it; "" if unclear."""
    return next((kind for kind, pattern in _kinds() if pattern.search(text)), "")


def has_shared_screen(text: str) -> bool:
    """Whether somebody says in plain `text` that the other side has seen their screen."""
    return sign(DONE, "scamkinds").search(text) is not None


def is_too_late(text: str, *, suspected: bool) -> bool:
    """Whether what a swindler wants is done already: the screen was seen, or money or a code went.

    Money goes for many reasons: it counts where a swindle is suspected or its kind is known.
    """
    if has_shared_screen(text):
        return True
    return _has_given(text) and (suspected or bool(kind_of(text)))


def _has_given(text: str) -> bool:
    given, not_given = sign(GIVEN, "scamkinds"), sign(NOT_GIVEN, "scamkinds")
    clauses = _CLAUSES.split(text)
    return any(given.search(one) and not not_given.search(one) for one in clauses)


@cache
def _kinds() -> tuple[tuple[str, Saying], ...]:
    return tuple(
        (block.title, Saying(wordings(block, "说法")))
        for block in read_list("scamkinds")
        if block.title not in (DONE, GIVEN, NOT_GIVEN)
    )
