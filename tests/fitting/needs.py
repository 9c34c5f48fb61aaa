"""Make `knowledge/community/lists/needs.txt` again: `python -m tests.fitting.needs`.

It writes for each pattern of the lists the pairs and characters without which it cannot match.
"""

from __future__ import annotations

from pathlib import Path

from knowledge.community.categories import all_categories, all_services
from knowledge.community.triggers import fingerprint, read
from knowledge.community.wording import either, read_list, wordings

FILE = Path(__file__).parents[2] / "knowledge" / "community" / "lists" / "needs.txt"


def table() -> str:
    """Return the whole text of the file."""
    ways = [way for each in (*all_categories(), *all_services()) for way in each.ways]
    signs = [either(wordings(block, "说法")) for block in read_list("fraud")]
    rows = sorted((fingerprint(one), *sorted(read(one) or ())) for one in {*ways, *signs})
    return "".join("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    FILE.write_text(table(), "utf-8")
