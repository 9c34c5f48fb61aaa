"""What would be wrong if an entry said something else: found before it stands in a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.faq.editing import ADDED, CannotEdit
from knowledge.faq.sheet import checked
from knowledge.files.blocks import parse_blocks
from knowledge.files.folder import read_folder

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from knowledge.faq.sheet import Sheet
    from knowledge.files.blocks import Block


def refuse_errors(folder: Path, text: str, old: Block | None, links: Collection[str] = ()) -> None:
    """Raise CannotEdit where `text` in the place of `old` (None = as a new entry) is an error.

    The error may lie in this entry or in one that it then stands beside; "" = the entry goes.
    """
    reading = read_folder(folder)
    new = parse_blocks(text, old.file if old else ADDED, old.line if old else 1)[:1]
    beside = (one for one in reading.blocks if not (old and _same(one, old)))
    blocks = sorted((*beside, *new), key=lambda one: (one.file.split("/")[-1], one.line))
    after = replace(reading, blocks=tuple(blocks if old else (*reading.blocks, *new)))
    before = _errors(checked(reading, links=links))
    if fresh := _errors(checked(after, links=links)) - before:
        message, fix = min(fresh)
        raise CannotEdit(f"还不能这样写：{message}。{fix}。")


def _same(one: Block, other: Block) -> bool:
    return (one.file.split("/")[-1], one.line) == (other.file.split("/")[-1], other.line)


def _errors(sheet: Sheet) -> set[tuple[str, str]]:
    return {(one.message, one.fix) for one in sheet.problems if one.level == "error"}
