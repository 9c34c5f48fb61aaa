"""What an answer says now that it did not say before."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")


def new_sentences(before: str, after: str) -> str:
    """Return the sentences or lines of `after` that `before` does not have, in their order."""
    known = {one.strip() for one in _SENTENCE.findall(before)}
    found = [one.strip() for one in _SENTENCE.findall(after)]
    return "\n".join(one for one in found if one and one not in known)


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """Return both texts as one: (same | gone | new, text), line by line, then within a line."""
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            found.append(("same", before[start:end]))
            continue
        found += [
            (how, text)
            for how, text in (("gone", before[start:end]), ("new", after[first:last]))
            if text
        ]
    return found
