"""Find the line of a setting in a TOML text: `tomllib` keeps none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER = Expression(r"^\s*\[{1,2}\s*(?P<path>[^\[\]]+?)\s*\]{1,2}\s*(#.*)?$")
_KEY = re.compile(r"""^\s*(?P<path>(?:[\w.-]|"[^"]*"|'[^']*')+)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")

Path = tuple[str, ...]


def line_of(text: str, path: Path) -> int | None:
    """Return the 1-based line of the longest part of the path that is written, None if none is."""
    best, line = 0, None
    for number, written in _written(text):
        depth = len(written)
        if depth > best and written == path[:depth]:
            best, line = depth, number
    return line


def lines_of(text: str) -> dict[Path, int]:
    """Return the 1-based line of every table and setting that stands in the text."""
    found: dict[Path, int] = {}
    for number, written in _written(text):
        found.setdefault(written, number)
    return found


def _written(text: str) -> Iterator[tuple[int, Path]]:
    """Yield line and full path of every table and key."""
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _parts(header["path"])
            yield from ((number, table[:depth]) for depth in range(1, len(table) + 1))
        elif key := _KEY.match(line):
            yield number, (*table, *_parts(key["path"]))


def _parts(path: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(path))
