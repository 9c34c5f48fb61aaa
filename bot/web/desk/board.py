"""The street's board: figures of this moment and the last days, each with the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize
from urllib.parse import urlencode

from sqlalchemy import select

from bot.web.desk.tasks import Heights, due_of
from bot.web.forms import cleaned
from bot.web.keys import TALLY
from bot.web.look import remember
from bot.web.office.watching import callbacks, patterns_of, unowned_of
from bot.web.visit import NOTHING_HERE
from handlers.actions.tickets.standing import allowed
from handlers.actions.tickets.wording import person_name
from handlers.board.cohort import DAYS
from handlers.board.search import number_in
from handlers.board.search import search as find
from handlers.board.view import Leaf, board_of, numbers_of
from handlers.phrases import board as words
from handlers.phrases.moments import when
from handlers.phrases.report import HIDDEN, SMALL, hour_name, percent
from handlers.reporting.books import category_name
from handlers.reporting.scope import scope_of
from knowledge.community.days.month import Month
from knowledge.community.hood.access import Act, Relation, may
from knowledge.community.hood.territory import oversees
from knowledge.community.refusals import NotFound
from knowledge.community.tickets.ticket import STATE_WORDS, State
from knowledge.store.rows.tickets import TicketRow
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.reporting.scope import Scope
    from handlers.work import Work

THEME = "linli_board"
THEMES = {"auto": "随系统", "light": "亮", "dark": "暗"}
LONGEST = 40
"""Characters that are looked for."""
PAGE = 100
"""Numbers listed at once."""


class Asked(NamedTuple):
    """Which board is asked for: a place of the viewer's range, and how many days back."""

    scope: Scope
    days: int

    def query(self, **more: object) -> str:
        """The same board as the end of an address; `more` goes before what it has."""
        here = {"place": self.scope.place.id if self.scope.place else "", "days": self.days}
        said = {name: value for name, value in (here | more).items() if value}
        return "?" + urlencode(said)


@dataclass(frozen=True, slots=True)
class Listed:
    """One ticket behind a figure; `matter` is empty for who may not open it.

    `since` = when it was filed, who has it and until when, `late` = what was not kept, or "".
    """

    number: str
    matter: str
    place: str
    state: str
    since: str = ""
    late: str = ""


async def board(visit: Visit) -> web.Response:
    """Show the figures of a place, and what the office keeps an eye on."""
    asked = _asked(visit)
    tally = visit.request.app[TALLY]()
    found = await visit.glance(lambda work: board_of(work, tally, asked.scope, asked.days))
    calls = await visit.glance(lambda work: callbacks(work, visit.me))
    alone = await visit.glance(lambda work: unowned_of(work, visit.me, asked.scope))
    month = Month(visit.now.year, visit.now.month)
    return visit.page(
        "board.html",
        board=found,
        asked=asked,
        theme=_theme(visit),
        themes=THEMES,
        months=(month.before, month),
        calls=calls,
        alone=alone,
        patterns=patterns_of(visit.hood, visit.me, found.findings),
        words=words,
        percent=percent,
        hour_name=hour_name,
        small=SMALL,
        notices_here=visit.can(Act.NOTICE_READ),
        answers_here=visit.can(Act.FAQ_READ),
    )


async def rows(visit: Visit) -> web.Response:
    """Show the tickets from which one figure was counted, the newest first."""
    asked, key = _asked(visit), visit.request.match_info["key"]
    tally = visit.request.app[TALLY]()
    leaf = Leaf(visit.begin, PAGE)

    def look(work: Work) -> tuple[int, list[Listed]]:
        found = numbers_of(work, tally, asked.scope, asked.days, key, leaf=leaf)
        return found.total, _listed(work, visit, found.shown)

    total, shown = await visit.glance(look)
    if not total:
        raise NotFound(NOTHING_HERE)
    return visit.page(
        "board_rows.html",
        asked=asked,
        theme=_theme(visit),
        said="",
        key=key,
        title=words.title(key, category_name(key.partition("-")[2])),
        window="" if key in words.TODAY else words.WINDOWS[asked.days],
        total=total,
        rows=shown,
        begin=leaf.begin,
        more=leaf.begin + PAGE if leaf.begin + PAGE < total else 0,
    )


async def search(visit: Visit) -> web.Response:
    """Open the ticket of a number; else list those in which all the words are."""
    typed = normalize("NFKC", visit.request.query.get("q", ""))
    asked, said = _asked(visit), cleaned(typed)[:LONGEST]
    if not said:
        return visit.back(f"/board{asked.query()}")
    no = number_in(said)
    if no is not None and await visit.glance(lambda work: _may_open(work, visit, no)):
        return visit.back(f"/t/{no:04d}")

    def look(work: Work) -> list[Listed]:
        found = find(work.session, asked.scope, work.hood, said, most=PAGE) if no is None else []
        # A bare number would tell who may not read it that the words are in it.
        return [one for one in _listed(work, visit, found) if one.matter]

    shown = await visit.glance(look)
    return visit.page(
        "board_rows.html",
        asked=asked,
        theme=_theme(visit),
        title="找一件",
        more=0,
        said=said,
        total=len(shown),
        rows=shown,
        most=PAGE,
    )


async def choose_theme(visit: Visit) -> web.Response:
    """Remember whether the board is light or dark in this browser."""
    asked = _asked(visit)
    said = str((await visit.request.post()).get("theme", ""))
    response = visit.back(f"/board{asked.query()}")
    if said in THEMES:
        remember(visit, response, THEME, said)
    return response


def _asked(visit: Visit) -> Asked:
    """What the address asks for; a place outside the viewer's range looks like a missing one."""
    query = visit.request.query
    scope = scope_of(visit.me, visit.hood, query.get("place", ""))
    if scope is None:
        raise NotFound(NOTHING_HERE)
    days = query.get("days", "")
    return Asked(scope, int(days) if days in map(str, DAYS) else DAYS[-1])


def _theme(visit: Visit) -> str:
    said = visit.request.cookies.get(THEME, "")
    return said if said in THEMES else "auto"


def _may_open(work: Work, visit: Visit, no: int) -> bool:
    row = by_no(work.session, no)
    return row is not None and allowed(work, row, visit.me.id, Act.TICKET_READ)


def _listed(work: Work, visit: Visit, numbers: list[int]) -> list[Listed]:
    """The tickets of one page; what the viewer may not open is a bare number."""
    query = select(TicketRow).where(TicketRow.no.in_(numbers)).order_by(TicketRow.no.desc())
    readable = may(visit.me, Act.TICKET_READ, frozenset({Relation.SUBTREE}))
    found = []
    for row in work.session.scalars(query):
        number = f"{row.no:04d}"
        if not readable or not oversees(visit.me, row.place_id, work.hood):
            found.append(Listed(number, "", "", ""))
            continue
        estate, label = work.hood.estate(row.place_id), work.hood.label(row.place_id)
        where = f"{estate.name}{label}" if estate and estate.name != label else label
        matter, where = (HIDDEN, "") if row.private else (row.matter, where)
        stands = (number, matter, where, STATE_WORDS[State(row.state)])
        found.append(Listed(*stands) if row.private else Listed(*stands, *_timed(work, row)))
    return found


def _timed(work: Work, row: TicketRow) -> tuple[str, str]:
    """When it was filed and who has it until when; to whom it was raised, or what is over of that."""
    filed, due = row.filed_at or row.created_at, due_of(row)
    limit, late = f"时限 {when(due, work.now)}" if due else "", ""
    raised = Heights(work, row.owner_id or "").raised(row) if due else ""
    if raised:
        late = f"已超时，报给{raised}了"
    elif due is not None and due <= work.now:
        limit, late = "", f"已过{limit}"
    parts = (f"{when(filed, work.now)} 登记", person_name(work, row.owner_id), limit)
    return " · ".join(filter(None, parts)), late
