"""How many rows a table of PostgreSQL has and their checksum, from rows as COPY writes them.

The same text comes from a database and out of an archive of pg_dump, so that one can be compared
with the other without a server. The order does not matter: digests of rows are added up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BYTES = 16
"""Length of a digest: wide enough that no accident goes unseen."""
_BEGINS = re.compile(rb'COPY (?:\w+|"[^"]+")\."?(\w+)"? \(')
_ENDS = b"\\.\n"


@dataclass(slots=True)
class Sum:
    """What is known of one table."""

    rows: int = 0
    total: int = 0

    def add(self, row: bytes | bytearray | memoryview) -> None:
        """Take in one row with its newline."""
        self.rows += 1
        self.total += int.from_bytes(blake2b(row, digest_size=BYTES).digest(), "big")

    def __str__(self) -> str:
        """Return the checksum as it stands in a manifest."""
        return f"{self.total % 2 ** (8 * BYTES):0{2 * BYTES}x}"


def sums_of_script(lines: Iterable[bytes]) -> dict[str, Sum]:
    """Read the rows out of a script of pg_restore; a backslash in a row is always written twice."""
    found: dict[str, Sum] = {}
    current: Sum | None = None
    for line in lines:
        if current is None:
            begins = _BEGINS.match(line)
            if begins:
                current = found.setdefault(begins[1].decode(), Sum())
        elif line == _ENDS:
            current = None
        else:
            current.add(line)
    return found
