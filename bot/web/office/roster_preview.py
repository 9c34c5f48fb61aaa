"""What an upload, or going back, would change of the roster; done only when it is confirmed."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.web.office.roster import show
from bot.web.office.roster_files import read_upload, rosters_of
from bot.web.uploads import confirmed, with_upload
from handlers.actions.people.rostering import Cause, hand_over, import_roster
from knowledge.community.hood.access import Act, may
from knowledge.community.hood.coverage import coverage
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.roster.rosterchanges import changes, fields_changed
from knowledge.store.roster import load_roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aiohttp import web

    from bot.web.uploads import Upload
    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.community.hood.coverage import Coverage
    from knowledge.community.roster.roster import Roster
    from knowledge.community.roster.rosterchanges import Changes

SHOWN = 60
"""Names of a kind of change, or gaps, that are shown; the rest is counted."""
OVERTAKEN = "您看预览的时候，花名册又有了变化，还没有导入。请再看一次下面的预览。"
LOCKED_OUT = "照这份名单，您自己就不再是管理员、进不来了。请先在表里给自己留一行“管理员”。"


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change, beside how it stands."""

    difference: Changes
    now: Coverage
    then: Coverage
    named: dict[str, str]
    """Names of places, people and groups by id."""
    fields: dict[str, tuple[str, ...]]
    """Columns that change, by id."""

    @property
    def mark(self) -> str:
        """A mark of all that changes: the same preview means the same deed."""
        said = repr((self.difference, sorted(self.fields.items())))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

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
                    yield kind, fate, [self._said(one) for one in ids]

    def _said(self, one: str) -> str:
        columns = "、".join(self.fields.get(one, ()))
        name = self.named.get(one, one)
        return f"{name}：{columns}" if columns else name


async def preview(visit: Visit) -> web.Response:
    """Show what an uploaded roster would change; nothing is changed yet."""
    return await with_upload(visit, rosters_of, show, _preview)


async def confirm(visit: Visit) -> web.Response:
    """Import what the preview showed; with any error, or after another change, show it again."""
    return await with_upload(visit, confirmed, show, _carry_out)


async def _carry_out(visit: Visit, upload: Upload) -> web.Response:
    roster, _ = await read_upload(visit, upload)
    if roster is None or locks_out(visit, roster):
        return await _preview(visit, upload)
    if not await carry_out(visit, lambda _: roster, "import"):
        return await _preview(visit, upload, OVERTAKEN)
    return visit.back("/admin/roster?done=1")


async def carry_out(visit: Visit, wanted: Callable[[Work], Roster], how: str) -> bool:
    """Make the wanted roster the one in use, unless it differs otherwise than the form has seen."""
    mark = str((await visit.request.post()).get("mark", ""))
    me = visit.me.id

    def deed(work: Work) -> bool:
        roster = wanted(work)
        if compared(load_roster(work.session), roster).mark != mark:
            return False
        import_roster(work.session, roster, Cause(work.now, me, how))
        hand_over(work)
        return True

    done = await visit.act(deed)
    if done:
        await visit.app.refresh()
    return done


async def _preview(visit: Visit, upload: Upload, trouble: str = "") -> web.Response:
    roster, problems = await read_upload(visit, upload)
    found = None
    if roster:
        old = await visit.app.look(load_roster)
        found = await asyncio.to_thread(compared, old, roster)
        if locks_out(visit, roster):
            found, trouble = None, LOCKED_OUT
    return visit.page(
        "roster_preview.html",
        status=409 if trouble else 200,
        title=upload.name,
        upload=upload,
        to="/admin/roster/confirm",
        found=found,
        problems=problems,
        trouble=trouble,
        shown=SHOWN,
    )


def compared(old: Roster, new: Roster) -> Preview:
    """Return what differs, with names and how the coverage changes."""
    named: dict[str, str] = {}
    for roster in (old, new):
        named |= {place.id: f"{place.name}（{place.id}）" for place in roster.places}
        named |= {person.id: f"{person.name}（{person.id}）" for person in roster.people}
        named |= {chat.key: f"{chat.name}（{chat.key}）" for chat in roster.chats}
    now, then = (coverage(Neighbourhood.from_roster(one)) for one in (old, new))
    return Preview(changes(old, new), now, then, named, fields_changed(old, new))


def locks_out(visit: Visit, roster: Roster) -> bool:
    """Whether who imports could not undo it."""
    me = next((person for person in roster.people if person.id == visit.me.id), None)
    return not may(me, Act.ROSTER_EDIT)
