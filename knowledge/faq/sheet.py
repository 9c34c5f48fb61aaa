"""A whole FAQ folder as read and checked: what can answer, what waits as a draft, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.faq.entry import DRAFT, STATE, Entry, bare, read_entry
from knowledge.files.blocks import split_wordings
from knowledge.files.checks import Findings
from knowledge.files.folder import read_folder
from knowledge.files.lastgood import Broken

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from knowledge.files.blocks import Block
    from knowledge.files.folder import Reading
    from knowledge.files.problem import Problem


@dataclass(frozen=True, slots=True)
class Sheet:
    """A read folder: usable entries with their blocks, drafts, findings, and what is unusable."""

    entries: tuple[Entry, ...]
    blocks: dict[str, Block]
    problems: tuple[Problem, ...]
    broken: tuple[Broken, ...]
    unreadable: frozenset[str]
    drafts: dict[str, Block]


class StandingEntries:
    """The entries that stand already, by 编号 and by each of their wordings."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._asked: dict[str, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Let an entry stand; a wording belongs to the first that has it."""
        self.entries[entry.id] = entry
        for wording in entry.wordings:
            if key := bare(wording):
                self._asked.setdefault(key, entry)

    def check(self, found: Findings, entry: Entry) -> None:
        """Find a 编号 or question that stands already, and a wording that leads to two answers."""
        block = found.block
        if (one := block.first("编号")) and (other := self.entries.get(entry.id)):
            what = f"编号“{entry.id}”已经用过（{_at(other)}）"
            found.add(one.line, "编号", "error", what, "换一个编号")
        same = self._asked.get(bare(entry.question))
        if entry.question and same and bare(same.question) == bare(entry.question):
            what = f"同一个问题已经有了（{_at(same)}）"
            found.add(block.line, "标题", "error", what, "两条合成一条")
            return
        for line, wording in _asked_at(block):
            if wording and (other := self._asked.get(bare(wording))):
                what = f"“{wording[:20]}”也是《{other.question}》的问法（{_at(other)}）"
                found.add(line, "问法", "warning", what, "只留在该答的那一条里")


def read_entries(
    folder: Path, *, today: date | None = None, links: Collection[str] = ()
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Return the usable entries of a folder and all findings, in file order."""
    sheet = read_sheet(folder, today=today, links=links)
    return sheet.entries, sheet.problems


def read_sheet(folder: Path, *, today: date | None = None, links: Collection[str] = ()) -> Sheet:
    """Read and check a folder; `links` are the allowed domains, no `today` leaves ages alone."""
    return checked(read_folder(folder), today=today, links=links)


def checked(reading: Reading, *, today: date | None = None, links: Collection[str] = ()) -> Sheet:
    """Check what was read; a draft stands behind every live entry, so it spoils none."""
    stand = StandingEntries()
    blocks: dict[str, Block] = {}
    broken: list[Broken] = []
    problems = list(reading.problems)
    for block in (one for one in reading.blocks if not is_draft(one)):
        found = Findings(block)
        entry = read_entry(found, today, links)
        stand.check(found, entry)
        problems += found.problems
        if found.broken:
            written = _written_id(block)
            own = written if written == entry.id and written not in blocks else ""
            broken.append(Broken(own, block.title))
            continue
        stand.add(entry)
        blocks[entry.id] = block
    drafts: dict[str, Block] = {}
    for block in filter(is_draft, reading.blocks):
        found = Findings(block)
        entry = read_entry(found, None, links)
        stand.check(found, entry)
        problems += _of_draft(found)
        if entry.id not in blocks:
            drafts.setdefault(entry.id, block)
    return Sheet(
        tuple(stand.entries.values()),
        blocks,
        tuple(problems),
        tuple(broken),
        reading.unreadable,
        drafts,
    )


def is_draft(block: Block) -> bool:
    """Whether the entry waits for an editor."""
    one = block.first(STATE)
    return one is not None and one.value == DRAFT


def _of_draft(found: Findings) -> list[Problem]:
    """Return what must be mended before publishing: a reminder, for it does no harm until then."""
    wrong = [replace(one, level="warning") for one in found.problems if one.level == "error"]
    block = found.block
    one = block.first(STATE)
    found.add(
        one.line if one else block.line,
        STATE,
        "warning",
        "还是草稿，不会用来回答",
        "核对好以后在网页上点“发布”，或者删掉“状态：草稿”这一行",
    )
    return [*wrong, found.problems[-1]]


def _asked_at(block: Block) -> list[tuple[int, str]]:
    return [
        (block.line, block.title),
        *((one.line, each) for one in block.all("问法") for each in split_wordings(one.value)),
    ]


def _at(entry: Entry) -> str:
    return f"{entry.file} 第 {entry.line} 行"


def _written_id(block: Block) -> str:
    one = block.first("编号")
    return one.value if one else ""
