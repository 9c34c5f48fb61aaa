"""记录: who did what and when, filtered, page by page; read only."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bot.web.forms import cleaned
from bot.web.uploads import download
from handlers.actions.auditing import note
from handlers.phrases.audit import CLOCK, COMMAND, KINDS, RESIDENT, UNKNOWN, deed_words
from handlers.phrases.numbers import ticket_number
from knowledge.community.days.zone import ZONE
from knowledge.community.roster.people import Role
from knowledge.store.auditlog import NOBODY, TICKET, Wanted, lines

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.store.auditlog import Line

PAGE = 50
MOST = 20_000
"""Lines of an export; the newest ones."""
LONGEST = 80
LARGEST = 2**53
TEXT_KEY = 1
"""The history whose rows are named by a text before the number."""
HEAD = ("时间", "谁", "编号", "哪一类", "做了什么", "对象", "说明")
FIELDS = ("who", "kind", "subject", "day")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the log in words."""

    at: datetime
    who: str
    who_id: str
    kind: str
    deed: str
    subject: str
    address: str
    """The page of what it was done to, "" for none."""
    detail: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as a row of a workbook."""
        when = f"{self.at:%Y-%m-%d %H:%M:%S}"
        return when, self.who, self.who_id, self.kind, self.deed, self.subject, self.detail


async def show(visit: Visit) -> web.Response:
    """Show fifty lines, and the way to the next fifty."""
    said = _said(visit)
    wanted, trouble = _wanted(visit, said)
    found = await visit.app.look(lambda session: lines(session, wanted, PAGE + 1))
    query = {name: value for name, value in said.items() if value}
    older = urlencode({**query, "after": _cursor(found[PAGE - 1])}) if len(found) > PAGE else ""
    return visit.page(
        "audit.html",
        rows=[row_of(line, visit.hood) for line in found[:PAGE]],
        said=said,
        kinds=KINDS,
        older=older,
        query=urlencode(query),
        first="after" not in visit.request.query,
        trouble=trouble,
    )


async def export(visit: Visit) -> web.Response:
    """Send what the filter leaves as a workbook; that is a line of the log, too."""
    said = _said(visit)
    wanted, _ = _wanted(visit, said)
    found = await visit.app.look(lambda session: lines(session, wanted, MOST))
    rows = [row_of(line, visit.hood).cells for line in found]
    me, filters = visit.me.id, "、".join(filter(None, said.values()))
    await visit.act(lambda work: note(work, me, "export.audit", "", f"{len(rows)} 行 {filters}"))
    raw = await asyncio.to_thread(_book, rows)
    return download(raw, f"audit-{visit.now:%Y-%m-%d}.xlsx")


def row_of(line: Line, hood: Neighbourhood) -> Row:
    """Return a line in words; residents are not named, what they wrote is not in it."""
    named = named_as(line.who, hood)
    if line.second:
        named = f"{named}，{named_as(line.second, hood)}发布"
    subject, address = _subject(line, hood)
    return Row(
        line.at,
        named,
        line.who if named not in (RESIDENT, UNKNOWN, COMMAND, CLOCK) else "",
        KINDS.get(line.kind, line.kind),
        deed_words(line.kind, line.deed),
        subject,
        address,
        line.detail,
    )


def named_as(who: str, hood: Neighbourhood) -> str:
    """Return what a party is called in the office: staff by name, residents not."""
    if not who:
        return COMMAND
    if who == NOBODY:
        return CLOCK
    person = hood.person(who)
    if person is None:
        return UNKNOWN
    return person.called if person.roles - {Role.RESIDENT} else RESIDENT


def _subject(line: Line, hood: Neighbourhood) -> tuple[str, str]:
    if line.kind == TICKET:
        return ticket_number(int(line.subject)), ""
    if line.kind == "faq":
        return line.subject, f"/admin/faq/{line.subject}/history"
    if line.kind == "notice":
        return line.subject, f"/notices/{line.subject.partition('~')[0]}"
    if line.kind in ("person", "sign"):
        person = hood.person(line.subject)
        return (person.called if person else line.subject), ""
    return line.subject, ""


def _said(visit: Visit) -> dict[str, str]:
    query = visit.request.query
    return {name: cleaned(query.get(name, ""))[:LONGEST] for name in FIELDS}


def _wanted(visit: Visit, said: dict[str, str]) -> tuple[Wanted, str]:
    """Return what is looked for, and what could not be understood of it."""
    people, since, trouble = None, None, ""
    if said["who"]:
        people = _people(said["who"], visit.hood)
        if not people:
            trouble = f"花名册里没有“{said['who']}”。请写姓名、称呼或编号。"
    if said["day"]:
        since = _day(said["day"])
        if since is None:
            trouble = "日期要写成 2026-11-25 这样。"
    kind = said["kind"] if said["kind"] in KINDS else ""
    until = since + timedelta(days=1) if since else None
    after = _after(visit.request.query.get("after", ""))
    return Wanted(people, kind, said["subject"], since, until, after), trouble


def _people(name: str, hood: Neighbourhood) -> frozenset[str]:
    known = {"命令行": "", "到点自动": NOBODY}
    if name in known:
        return frozenset({known[name]})
    return frozenset(
        person.id
        for person in hood.people.values()
        if name in (person.id, person.name, person.called)
    )


def _day(said: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(said), time(), ZONE)
    except ValueError:
        return None


def _cursor(line: Line) -> str:
    return json.dumps([line.at.isoformat(), line.place[0], line.place[1]], ensure_ascii=False)


def _after(said: str) -> tuple[datetime, int, tuple[int | str, ...]] | None:
    """Read where the page before ended; nonsense = from the newest on."""
    try:
        at, rank, row = json.loads(said)
        moment = datetime.fromisoformat(at).astimezone(ZONE)
        numbers = tuple(int(one) for one in row[rank == TEXT_KEY :])
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    if not numbers or any(abs(one) > LARGEST for one in numbers):
        return None
    return moment, int(rank), (*map(str, row[: rank == TEXT_KEY]), *numbers)


def _book(rows: list[tuple[str, ...]]) -> bytes:
    from bot.reports.workbook import fill, new_book, packed

    book = new_book()
    fill(book.create_sheet("记录"), HEAD, rows)
    return packed(book)
