"""A folder of entry files: which files count, whether one changed, all their blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.files.blocks import parse_blocks
from knowledge.files.encoding import read_text
from knowledge.files.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.files.blocks import Block


@dataclass(frozen=True, slots=True)
class Reading:
    """All blocks of a folder, what was wrong with whole files, and the files that gave nothing."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    unreadable: frozenset[str]


_OTHERS = frozenset(
    {".txt", ".markdown", ".doc", ".docx", ".wps", ".rtf", ".xls", ".xlsx", ".et", ".csv"}
)
"""Endings under which people save what they believe to be read."""


_NOTHING = ("里面一条也没有读到", "每一条以一行“## 标题”开头：两个井号，再空一格")


def text_files(folder: Path) -> list[Path]:
    """Return the entry files in name order, without the leavings of editors (`~$x`, `.x`)."""
    return [path for path in _files(folder) if path.suffix.lower() == ".md"]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.*") if path.name[0] not in "~.")


def fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return a value that changes when a file is added, removed or saved (name, size, mtime)."""
    seen = []
    for path in text_files(folder):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        seen.append((path.name, stat.st_size, stat.st_mtime_ns))
    return tuple(seen)


def read_folder(folder: Path) -> Reading:
    """Read every entry file; files are called by folder and name, as in `faq/老年.md`."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    unreadable: set[str] = set()
    for path in text_files(folder):
        name = f"{folder.name}/{path.name}"
        text, problem = read_text(path, name)
        found = parse_blocks(text, name)
        blocks += found
        if text.strip() and not found:
            problems.append(Problem(name, 1, "文件", "warning", *_NOTHING))
        if problem:
            problems.append(problem)
            if problem.level == "error":
                unreadable.add(name)
    others = (path for path in _files(folder) if path.suffix.lower() in _OTHERS)
    problems += [_passed_over(f"{folder.name}/{path.name}") for path in others]
    return Reading(tuple(blocks), tuple(problems), frozenset(unreadable))


def _passed_over(name: str) -> Problem:
    fix = "文字文件改名成 .md；问答的 Excel、Word 文件在网页上“导入”"
    return Problem(name, 1, "文件", "warning", "这里只读 .md 文件，这个没有读", fix)
