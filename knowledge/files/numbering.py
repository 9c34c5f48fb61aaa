"""Give entries that have no 编号 one, in the admin's own file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.files.encoding import read_text
from knowledge.files.expression import Expression
from knowledge.files.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_EMPTY = Expression(r"^\s*编号\s*[:：]\s*$")


def write_ids(path: Path, ids: Mapping[int, str]) -> bool:
    """Write each 编号 under the heading at its 1-based line; all else stays as it is.

    The file is replaced in one step, as UTF-8. False: it changed meanwhile or cannot be written.
    """
    before = path.stat().st_mtime_ns
    text, _ = read_text(path)
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(ending)
    for line in sorted(ids, reverse=True):
        fields_end = next(
            (at for at in range(line, len(lines)) if not lines[at].strip()), len(lines)
        )
        empty = [at for at in range(line, fields_end) if _EMPTY.match(lines[at])]
        at = empty[0] if empty else line
        lines[at : at + len(empty[:1])] = [f"编号：{ids[line]}"]
    try:
        if path.stat().st_mtime_ns != before:
            return False
        replace_file(path, ending.join(lines).encode())
    except OSError:
        return False
    return True
