"""What is new in the editors' files: written into their history, and told where it is an error."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from handlers.actions.faq.entries import note_files
from handlers.actions.trouble import report_files
from knowledge.files.logbook import Logbook
from knowledge.files.writing import replace_file
from knowledge.store.troubles import is_away

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping
    from pathlib import Path

    from bot.papers import Papers
    from handlers.work import Work
    from knowledge.faq.shelf import View

    Act = Callable[[str, Callable[[Work], object]], Awaitable[object]]

log = Logbook()


class FileNews:
    """Of several processes one tells; what the database could not take is told by the next heartbeat."""

    def __init__(self, papers: Papers, folder: Path, act: Act) -> None:
        self._papers, self._act = papers, act
        self._told = _Told(folder / "state" / "told.json")
        self._telling = asyncio.Lock()
        self.forget()

    def forget(self) -> None:
        """Let another process tell: what it has told meanwhile is not known here."""
        self._noted: View | None = None
        self._reported: dict[str, str] | None = None

    async def tell(self) -> None:
        """Tell what nobody was told of yet; who comes meanwhile waits until it is done."""
        async with self._telling:
            await self._note()
            await self._report()

    async def _note(self) -> None:
        now = self._papers.faq.current
        if now is not self._noted:
            await self._do("files", note_files)
            self._noted = now

    async def _report(self) -> None:
        errors = self._papers.errors()
        if errors == self._reported:
            return
        lines = await asyncio.to_thread(self._told.untold, errors)
        told = not lines or await self._do("papers", lambda work: report_files(work, lines))
        self._reported = errors
        if told:
            await asyncio.to_thread(self._told.keep, errors)

    async def _do(self, cause: str, deed: Callable[[Work], object]) -> bool:
        """Whether it was done; what fails with the database there is not tried again before the next start."""
        try:
            await self._act(cause, deed)
        except Exception as fault:  # an edge: the clock goes on.
            if is_away(fault):
                raise
            log.exception("What is new could not be told.", action="filenews.failed")
            return False
        return True


class _Told:
    """A file with the errors that were told; one that was mended is forgotten, and told when it returns."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def untold(self, errors: Mapping[str, str]) -> tuple[str, ...]:
        told = self._read()
        return tuple(sorted(line for key, line in errors.items() if key not in told))

    def keep(self, errors: Iterable[str]) -> None:
        now = frozenset(errors)
        if now == self._read():
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._file, json.dumps(sorted(now), ensure_ascii=False).encode())
        except OSError:  # they are told again after the next start, and not before
            log.exception("What was told is not kept.", action="filenews.not_kept")

    def _read(self) -> frozenset[str]:
        try:
            return frozenset(json.loads(self._file.read_text("utf-8")))
        except (OSError, ValueError):
            return frozenset()
