"""No message keeps the loop busy: no repeated group reads the same characters in two ways."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
WRITTEN = [
    *sorted((ROOT / "handlers").rglob("*.py")),
    *sorted((ROOT / "knowledge").rglob("*.py")),
    *sorted((ROOT / "knowledge" / "community" / "lists").glob("*.md")),
]
TWICE = re.compile(r"[|(:]([\u4e00-\u9fff])\1\?(?=[|)])")
"""刚刚? beside nothing else: in (…|刚刚?|…)* the words 刚刚 are one pass or two."""


def is_repeated(line: str, at: int) -> bool:
    """Whether a group around this place of a pattern may come again and again."""
    depth = 0
    for place, sign in enumerate(line[at:], at):
        depth += (sign == "(") - (sign == ")")
        if sign == ")" and depth < 0:
            return line[place + 1 : place + 2] in ("*", "+") or is_repeated(line, place + 1)
    return False


def test_a_repeated_group_is_known_by_its_star():
    assert is_repeated("(都|刚刚?|我)*好", 4)
    assert not is_repeated("(都|刚刚?|我)好", 4)


def test_no_repeated_group_reads_the_same_words_in_two_ways():
    found = [
        f"{path.name}:{number}: {one[0]}"
        for path in WRITTEN
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for one in TWICE.finditer(line)
        if is_repeated(line, one.end())
    ]
    assert found == []
