"""The FAQ as it is served now: read from the folder, replaced as a whole when a file changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.faq.calibration import Bars
from knowledge.faq.entry import Entry, entry_of
from knowledge.faq.index import Index
from knowledge.faq.prepared import Prepared
from knowledge.faq.sheet import Sheet, read_sheet
from knowledge.files.lastgood import LastGood
from knowledge.files.numbering import write_ids
from knowledge.files.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from knowledge.files.problem import Problem


@dataclass(frozen=True, slots=True)
class View:
    """One immutable state of the FAQ: entries by 编号, their index, the findings, the bars.

    `drafts` wait for an editor and never answer; `texts` are both as written.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    index: Index = field(default_factory=lambda: Index.build(()))
    problems: tuple[Problem, ...] = ()
    bars: Bars = field(default_factory=Bars)
    drafts: Mapping[str, Entry] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


class Shelf:
    """Holds the current view of a folder; with a `memory` file it is the running service's.

    The running service keeps the last good version of every entry in `memory` and writes missing
    编号 back into the files; without one nothing is ever written.
    """

    def __init__(
        self,
        folder: Path,
        memory: Path | None = None,
        *,
        links: Collection[str] = (),
        bars: Bars | None = None,
    ) -> None:
        self.current = View(bars=bars or Bars())
        self._folder, self._links, self._writes = folder, tuple(links), memory is not None
        self._kept = LastGood(memory)
        self._prepared = Prepared(memory.with_name("subjects.json") if memory else None)
        self._watch = Watch(folder)
        self.reload()

    def reload(self) -> bool:
        """Take over the folder if a file changed; True if so."""
        if not self._watch.changed():
            return False
        sheet = read_sheet(self._folder, links=self._links)
        if self._writes and self._number(sheet):
            self._watch.wrote()
            sheet = read_sheet(self._folder, links=self._links)
        old = self._kept.merge(sheet.blocks, sheet.broken, sheet.unreadable)
        entries = {entry.id: entry for entry in sheet.entries}
        entries |= {id_: entry_of(block) for id_, block in old.items()}
        index = self._index(entries.values())
        drafts = {id_: entry_of(block) for id_, block in sheet.drafts.items()}
        written = sheet.blocks | old | sheet.drafts
        texts = {id_: block.text.rstrip() for id_, block in written.items()}
        self.current = View(entries, index, sheet.problems, self.current.bars, drafts, texts)
        return True

    def _index(self, entries: Collection[Entry]) -> Index:
        """Return the index of the entries; only what nobody has taken apart yet is."""
        known = self.current.index.subjects or self._prepared.known(entries)
        index = Index.build(entries, known)
        if any(entry not in known for entry in entries):
            self._prepared.keep(index.subjects)
        return index

    def _number(self, sheet: Sheet) -> bool:
        """Write missing 编号 into the files; True if any file was written."""
        missing: dict[str, dict[int, str]] = defaultdict(dict)
        for id_, block in (*sheet.blocks.items(), *sheet.drafts.items()):
            one = block.first("编号")
            if one is None or not one.value:
                missing[block.file][block.line] = id_
        written = [
            write_ids(self._folder / file.split("/")[-1], ids) for file, ids in missing.items()
        ]
        return any(written)
