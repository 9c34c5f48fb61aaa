"""The roster: who is missing, out as a workbook, in by upload, preview and confirmation."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.web.uploads import confirmed, download, upload_of
from handlers.actions.rostering import hand_over, import_roster
from knowledge.community.access import Act, may
from knowledge.community.coverage import coverage
from knowledge.community.neighbourhood import Neighbourhood
from knowledge.community.refusals import Unreadable
from knowledge.community.roster import template as sample
from knowledge.community.rosterchanges import changes
from knowledge.files.office import CannotOpen, only_excel
from knowledge.store.roster import load_roster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiohttp import web

    from bot.web.uploads import Upload
    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.community.coverage import Coverage
    from knowledge.community.roster import Roster
    from knowledge.community.rosterchanges import Changes
    from knowledge.files.problem import Problem

SHOWN = 60
"""Ids of a kind of change, or gaps, that are shown; the rest is counted."""
OVERTAKEN = "您看预览的时候，花名册又有了变化，还没有导入。请再看一次下面的预览。"
LOCKED_OUT = "照这份名单，您自己就不再是管理员、进不来了。请先在表里给自己留一行“管理员”。"


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would change, beside how it stands."""

    difference: Changes
    now: Coverage
    then: Coverage
    named: dict[str, str]
    """Names of places, people and groups by id."""

    @property
    def mark(self) -> str:
        """A mark of all that changes: the same preview means the same deed."""
        return hashlib.sha256(repr(self.difference).encode()).hexdigest()[:16]

    @property
    def rows(self) -> Iterator[tuple[str, str, list[str]]]:
        """Yield (地点 | 人 | 群, 新增 | 修改 | 停用, names)."""
        kinds = {
            "地点": self.difference.places,
            "人": self.difference.people,
            "群": self.difference.chats,
        }
        for kind, delta in kinds.items():
            fates = {"新增": delta.added, "修改": delta.changed, "停用": delta.gone}
            for fate, ids in fates.items():
                if ids:
                    yield kind, fate, [self.named.get(one, one) for one in ids]


async def show(visit: Visit, trouble: str = "", status: int = 200) -> web.Response:
    """Show how many there are, and which staircases lack a leader."""
    hood = visit.hood
    return visit.page(
        "roster.html",
        status=status,
        hood=hood,
        people=sum(person.active for person in hood.people.values()),
        places=sum(place.active for place in hood.places.values()),
        found=coverage(hood),
        may_edit=visit.can(Act.ROSTER_EDIT),
        done="done" in visit.request.query,
        trouble=trouble,
        shown=SHOWN,
    )


async def export(visit: Visit) -> web.Response:
    """Send the roster in use as a workbook."""
    roster = await visit.app.look(load_roster)
    return download(await asyncio.to_thread(_book, roster), f"roster-{visit.now:%Y-%m-%d}.xlsx")


async def template(visit: Visit) -> web.Response:
    """Send a small example to be overwritten."""
    del visit
    return download(await asyncio.to_thread(_book, sample()), "roster-template.xlsx")


async def preview(visit: Visit) -> web.Response:
    """Show what an uploaded roster would change; nothing is changed yet."""
    try:
        upload = await upload_of(visit)
    except Unreadable as refusal:
        return await show(visit, refusal.say, 409)
    return await _preview(visit, upload)


async def confirm(visit: Visit) -> web.Response:
    """Import what the preview showed; with any error, or after another change, show it again."""
    form = await visit.request.post()
    try:
        upload = await confirmed(visit)
    except Unreadable as refusal:
        return await show(visit, refusal.say, 409)
    roster, _ = await asyncio.to_thread(_read, upload)
    if roster is None or _locks_out(visit, roster):
        return await _preview(visit, upload)
    mark = str(form.get("mark", ""))
    if not await visit.act(lambda work: _import(work, roster, mark)):
        return await _preview(visit, upload, OVERTAKEN)
    await visit.app.refresh()
    return visit.back("/admin/roster?done=1")


def _import(work: Work, roster: Roster, mark: str) -> bool:
    """Import, unless the roster in use is no longer the one that the preview saw."""
    if _compared(load_roster(work.session), roster).mark != mark:
        return False
    import_roster(work.session, roster)
    hand_over(work)
    return True


async def _preview(visit: Visit, upload: Upload, trouble: str = "") -> web.Response:
    roster, problems = await asyncio.to_thread(_read, upload)
    found = None
    if roster:
        found = _compared(await visit.app.look(load_roster), roster)
        if _locks_out(visit, roster):
            found, trouble = None, LOCKED_OUT
    return visit.page(
        "roster_preview.html",
        status=409 if trouble else 200,
        upload=upload,
        found=found,
        problems=problems,
        trouble=trouble,
        shown=SHOWN,
    )


def _compared(old: Roster, new: Roster) -> Preview:
    named: dict[str, str] = {}
    for roster in (old, new):
        named |= {place.id: f"{place.name}（{place.id}）" for place in roster.places}
        named |= {person.id: f"{person.name}（{person.id}）" for person in roster.people}
        named |= {chat.key: f"{chat.name}（{chat.key}）" for chat in roster.chats}
    now, then = (coverage(Neighbourhood.from_roster(one)) for one in (old, new))
    return Preview(changes(old, new), now, then, named)


def _locks_out(visit: Visit, roster: Roster) -> bool:
    """Whether who imports could not undo it."""
    me = next((person for person in roster.people if person.id == visit.me.id), None)
    return not may(me, Act.ROSTER_EDIT)


def _read(upload: Upload) -> tuple[Roster | None, tuple[Problem, ...]]:
    from knowledge.community.rosterbook import read_book

    try:
        only_excel(upload.name)
    except CannotOpen as reason:
        return None, (reason.problem,)
    return read_book(upload.raw, upload.name)


def _book(roster: Roster) -> bytes:
    from knowledge.community.rosterbook import book_of

    return book_of(roster)
