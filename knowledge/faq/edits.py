"""Many entries changed as one deed: each file is replaced once, and none if any has changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.faq.editing import ADDED, LINE, CannotEdit
from knowledge.files.blocks import parse_blocks
from knowledge.files.encoding import decode
from knowledge.files.writing import encoded_like, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from knowledge.faq.plan import Change
    from knowledge.files.blocks import Block

OVERTAKEN = "问答文件刚被别人改过，什么也没有写。请再看一次预览。"


def write_edits(folder: Path, changes: Iterable[Change]) -> None:
    """Write what was planned: new entries go to the end of the pages' own file.

    Raises:
        CannotEdit: an entry no longer stands as the plan saw it.
    """
    by_file: dict[str, list[tuple[Block, str]]] = defaultdict(list)
    added: list[str] = []
    for one in changes:
        if one.block:
            by_file[one.block.file.split("/")[-1]].append((one.block, one.text))
        else:
            added.append(one.text)
    if added:
        by_file.setdefault(ADDED, [])
    fresh = {
        folder / name: _file(folder / name, edits, added if name == ADDED else [])
        for name, edits in by_file.items()
    }
    for path, raw in fresh.items():
        replace_file(path, raw)


def _file(path: Path, edits: list[tuple[Block, str]], added: list[str]) -> bytes:
    """Return the file's new bytes; every line that is not meant stays."""
    raw = path.read_bytes() if path.exists() else b""
    text, _ = decode(raw)
    standing = {(one.line, one.text) for one in parse_blocks(text or "", path.name)}
    if text is None or any((block.line, block.text) not in standing for block, _ in edits):
        raise CannotEdit(OVERTAKEN)
    lines = LINE.findall(text)
    ending = "\r\n" if "\r\n" in text else "\n"
    for block, new in sorted(edits, key=lambda edit: -edit[0].line):
        start, length = block.line - 1, block.text.count("\n") + 1
        behind = bool(lines[start + length :])
        changed = new.replace("\n", ending) + (ending if behind else "")
        lines[start : start + length] = [changed] if new else []
    if added:
        before = "".join(lines).rstrip("\r\n")
        new = "\n\n".join(one.rstrip("\n") for one in added).replace("\n", ending)
        lines = [f"{before}{ending}{ending}" if before else "", new, ending]
    return encoded_like("".join(lines), raw)
