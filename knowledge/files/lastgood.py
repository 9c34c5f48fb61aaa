"""Remember the last good version of every entry, so that a slip of the pen silences nothing."""

from __future__ import annotations

import contextlib
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.files.blocks import parse_blocks
from knowledge.files.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from knowledge.files.blocks import Block

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry that cannot be used now; `id` is empty where even that cannot be read."""

    id: str
    title: str


class LastGood:
    """The last good text of each entry by 编号, in one JSON file (none: for this process only)."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._kept = _read(path)

    def merge(
        self,
        good: Mapping[str, Block],
        broken: Collection[Broken] = (),
        unreadable: Collection[str] = (),
    ) -> dict[str, Block]:
        """Take over the good entries and return the old blocks, by 编号, that must stand in.

        An old version stands in for a broken entry of the same 编号 (or, if that is gone, of the
        same heading) and for every entry of an unreadable file. What merely left the files ends.
        """
        ids = {entry.id for entry in broken if entry.id}
        titles = {entry.title for entry in broken if not entry.id}
        stand_in = {
            id_: kept
            for id_, kept in self._kept.items()
            if id_ not in good
            and (id_ in ids or kept["title"] in titles or kept["file"] in unreadable)
        }
        self._save({id_: _keep(block) for id_, block in good.items()} | stand_in)
        return {id_: _block(kept) for id_, kept in stand_in.items()}

    def _save(self, kept: dict[str, dict[str, str]]) -> None:
        if kept == self._kept:
            return
        self._kept = kept
        if not self._path:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._path, json.dumps(kept, ensure_ascii=False, indent=0).encode())
        except OSError:
            _log.exception("action=lastgood.not_written")


def _read(path: Path | None) -> dict[str, dict[str, str]]:
    """Return what was kept; a missing or damaged memory is an empty one."""
    if path:
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(kept, dict) and all(
                isinstance(one, dict) and one.keys() == {"title", "file", "line", "text"}
                for one in kept.values()
            ):
                return kept
    return {}


def _keep(block: Block) -> dict[str, str]:
    return {
        "title": block.title,
        "file": block.file,
        "line": str(block.line),
        "text": block.text,
    }


def _block(kept: Mapping[str, str]) -> Block:
    return parse_blocks(kept["text"], kept["file"], int(kept["line"]))[0]
