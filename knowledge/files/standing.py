"""A folder of entries read with one reader, and the version of it that is served now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from knowledge.files.checks import Findings
from knowledge.files.folder import fingerprint, read_folder
from knowledge.files.lastgood import Broken, LastGood

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from knowledge.files.blocks import Block
    from knowledge.files.problem import Problem


class Numbered(Protocol):
    """An entry of any list: it has a 编号."""

    @property
    def id(self) -> str:
        """The 编号."""
        ...


T = TypeVar("T", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """A read folder: usable entries with their blocks, findings, and what could not be used."""

    entries: dict[str, T]
    blocks: dict[str, Block]
    problems: tuple[Problem, ...]
    broken: tuple[Broken, ...]
    unreadable: frozenset[str]


def read_sheet(folder: Path, read: Callable[[Findings], T]) -> Sheet[T]:
    """Read every entry of a folder; `read` notes in the findings what is wrong with one."""
    reading = read_folder(folder)
    entries: dict[str, T] = {}
    blocks: dict[str, Block] = {}
    broken: list[Broken] = []
    problems = list(reading.problems)
    for block in reading.blocks:
        found = Findings(block)
        entry = read(found)
        if entry.id in entries:
            what = (
                f"编号“{entry.id}”已经用过（{blocks[entry.id].file} 第 {blocks[entry.id].line} 行）"
            )
            found.add(block.line, "编号", "error", what, "换一个编号")
        problems += found.problems
        if found.broken:
            broken.append(Broken("" if entry.id in entries else entry.id, block.title))
        else:
            entries[entry.id], blocks[entry.id] = entry, block
    return Sheet(entries, blocks, tuple(problems), tuple(broken), reading.unreadable)


class Standing(Generic[T]):
    """The entries of a folder as they serve now: read again when a file changes.

    The last good version of a broken entry goes on serving, over restarts with a `memory` file.
    """

    def __init__(self, folder: Path, memory: Path | None, read: Callable[[Findings], T]) -> None:
        self.entries: tuple[T, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self._folder, self._read = folder, read
        self._kept = LastGood(memory)
        self._seen: object = None

    def refresh(self) -> bool:
        """Take over the folder if a file changed; True if so."""
        seen = fingerprint(self._folder)
        if seen == self._seen:
            return False
        self._seen = seen
        sheet = read_sheet(self._folder, self._read)
        old = self._kept.merge(sheet.blocks, sheet.broken, sheet.unreadable)
        stand_in = (self._read(Findings(block)) for block in old.values())
        self.entries = (*sheet.entries.values(), *stand_in)
        self.problems = sheet.problems
        return True
