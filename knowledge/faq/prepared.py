"""Entries taken apart once and kept from one start to the next: half of reading the FAQ."""

from __future__ import annotations

import contextlib
import json
import logging
from array import array
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.faq import script, subject, tokens, words
from knowledge.faq.subject import Said, Subject, Wording, asked_for
from knowledge.faq.tokens import Tokens
from knowledge.files.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from knowledge.faq.entry import Entry

_log = logging.getLogger(__name__)


class Prepared:
    """The entries taken apart, in one JSON file (none: nothing is kept).

    What another edition of this program has kept, or somebody has damaged, counts as nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def known(self, entries: Iterable[Entry]) -> dict[Entry, Subject]:
        """Return those of the entries that an earlier process has taken apart as they are now."""
        with contextlib.suppress(OSError, ValueError, TypeError, LookupError, AttributeError):
            kept = json.loads(self._path.read_bytes()) if self._path else {}
            if kept.get("by") == _edition():
                names, rows = kept["tokens"], kept["entries"]
                marked = ((entry, rows.get(_mark(entry))) for entry in entries)
                return {entry: _subject(entry, row, names) for entry, row in marked if row}
        return {}

    def keep(self, subjects: Mapping[Entry, Subject]) -> None:
        """Write down what has been taken apart, for the next start."""
        if not self._path:
            return
        numbers: dict[str, int] = {}
        rows = {_mark(entry): _row(one, numbers) for entry, one in subjects.items()}
        kept = {"by": _edition(), "tokens": list(numbers), "entries": rows}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._path, json.dumps(kept, ensure_ascii=False).encode())
        except OSError:
            _log.exception("action=prepared.not_written")


def _row(one: Subject, numbers: dict[str, int]) -> dict[str, Any]:
    """Return a subject with its tokens as numbers; new ones are added to `numbers`."""

    def numbered(tokens: Iterable[str]) -> list[int]:
        return [numbers.setdefault(token, len(numbers)) for token in tokens]

    return {
        "wordings": [[it.plain, numbered(it.tokens), it.negated] for it in one.wordings],
        "forbidden": [
            [it.text, *map(numbered, (it.all, it.kinds, it.numbers)), it.negated]
            for it in one.forbidden
        ],
        "wanted": sorted(one.wanted),
        "numbers": sorted(one.numbers),
        "said": [numbered(one.said.tokens), list(one.said.tenths)],
    }


def _subject(entry: Entry, row: Mapping[str, Any], names: list[str]) -> Subject:
    """Return the subject of an entry from its row."""
    at = names.__getitem__
    tokens, tenths = row["said"]
    return Subject(
        id=entry.id,
        question=entry.question,
        wordings=tuple(
            Wording(text, plain, tuple(map(at, said)), negated)
            for text, (plain, said, negated) in zip(asked_for(entry), row["wordings"], strict=True)
        ),
        forbidden=tuple(
            Tokens(text, _all(at, said), _all(at, kinds), _all(at, numbers), negated)
            for text, said, kinds, numbers, negated in row["forbidden"]
        ),
        wanted=frozenset(row["wanted"]),
        numbers=frozenset(row["numbers"]),
        keywords=entry.keywords,
        said=Said(tuple(map(at, tokens)), array("I", tenths)),
    )


def _all(at: Callable[[int], str], numbers: Iterable[int]) -> frozenset[str]:
    return frozenset(map(at, numbers))


def _mark(entry: Entry) -> str:
    """Return what tells whether an entry still says what was taken apart."""
    said = (*asked_for(entry), "", *entry.negatives, "", *entry.keywords)
    text = "\n".join((*said, "", entry.topic, entry.short, "", entry.long))
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _edition() -> str:
    """Return what tells whether this program takes entries apart as the one that kept them."""
    files = (*(Path(str(one.__file__)) for one in (script, subject, tokens, words)), words.LIST)
    read = (file.read_bytes() for file in files)
    return blake2b(b"".join((*read, script.edition().encode())), digest_size=12).hexdigest()
