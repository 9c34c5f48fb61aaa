"""What an answer says now that it did not say before."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLOSE_LOOK = 2000
"""Characters up to which changed lines are compared one by one."""
AROUND = 24
"""Characters of the unchanged that are shown before and behind a change."""
ALIKE = 0.6
"""Share of both sides in common from which that is worth showing."""

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")


def new_sentences(before: str, after: str) -> str:
    """Return the sentences or lines of `after` that `before` does not have, in their order."""
    known = {one.strip() for one in _SENTENCE.findall(before)}
    found = [one.strip() for one in _SENTENCE.findall(after)]
    return "\n".join(one for one in found if one and one not in known)


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """Return both texts as one: ("same" | "gone" | "new", text); by lines, and within a few."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[tuple[str, str]] = []
    for kind, was, will in _changes(old, new):
        gone, come = "".join(was), "".join(will)
        close = kind == "replace" and _are_close(gone, come)
        parts = _changes(gone, come) if close else [(kind, gone, come)]
        found += (one for part in parts for one in _shown(*part))
    return found


def shortened(found: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pieces with only the beginning and end of what stayed the same."""
    last = len(found) - 1
    return [
        (how, _ends(text, first=at == 0, last=at == last) if how == "same" else text)
        for at, (how, text) in enumerate(found)
    ]


def _ends(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= 2 * AROUND:
        return text
    head = "" if first else text[:AROUND]
    tail = "" if last else text[-AROUND:]
    lines = tail.partition("\n")[2]
    return f"{head}…\n{lines}" if lines else f"{head}…{tail}"


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        yield kind, "".join(old[start:end]), "".join(new[first:last])


def _are_close(gone: str, come: str) -> bool:
    """Whether most of it stayed: else single characters in common only confuse."""
    if len(gone) + len(come) > CLOSE_LOOK:
        return False
    return SequenceMatcher(None, gone, come, autojunk=False).ratio() >= ALIKE


def _shown(kind: str, gone: str, come: str) -> list[tuple[str, str]]:
    if kind == "equal":
        return [("same", gone)]
    return [(how, text) for how, text in (("gone", gone), ("new", come)) if text]
