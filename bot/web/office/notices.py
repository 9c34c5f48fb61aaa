"""All notices with month and next sendings, and whether a message is an official one."""

from __future__ import annotations

import asyncio
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.web.office.agenda import chosen_month, end_of, month_of, next_ten, past, planned_until
from bot.web.office.agenda import reach as reach_words
from bot.web.office.agenda import said as said_at
from bot.web.office.rounds import said_of
from handlers.actions.notices.progress import on_their_way
from handlers.actions.notices.verified import count_verified
from knowledge.community.hood.access import Act
from knowledge.community.notices.posting import spoken_code
from knowledge.store.notices import correction_of, sent_with_code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aiohttp import web

    from bot.web.visit import Visit
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.planner import Planned

LAST = timedelta(days=400)
"""Where a notice that is not coming stands in the list."""
NEXT = 3
CODE = 16
"""Most characters of a proof code that are looked up."""


@dataclass(frozen=True, slots=True)
class Row:
    """A notice with what an office wants to know of it."""

    notice: Notice
    next: tuple[str, ...]
    reach: str
    body: str
    withheld: str


async def notice_list(visit: Visit) -> web.Response:
    """Show the month, the next ten sendings, and every notice, the next to be sent first."""
    first = chosen_month(visit)
    before, rounds = await visit.app.look(
        lambda session: (past(session, visit.now), on_their_way(session))
    )
    planned = await asyncio.to_thread(planned_until, visit, end_of(first, visit.now), before)
    return visit.page(
        "notices.html",
        month=month_of(visit, first, planned, before.done),
        coming=next_ten(visit, planned),
        rows=rows_of(visit.app.papers.notices, planned, visit.now),
        problems=[one for one in visit.app.papers.problems if one.level == "error"],
        may_edit=visit.can(Act.NOTICE_EDIT),
        may_send=visit.can(Act.NOTICE_SEND),
        rounds=rounds,
        entries=visit.app.papers.faq.current.entries,
        done=said_of(visit),
    )


async def verify(visit: Visit) -> web.Response:
    """Tell whether a code belongs to a notice that was really sent, and show the original."""
    said = visit.request.match_info.get("code") or visit.request.query.get("code", "")
    code = spoken_code(said) or unicodedata.normalize("NFKC", said).strip().upper()[:CODE]
    found, right = await visit.app.look(
        lambda session: (sent_with_code(session, code), correction_of(session, code))
    )
    if found:
        await visit.act(lambda work: count_verified(work, code))
    return visit.page("verify.html", code=code, found=found, right=right)


def rows_of(notices: Iterable[Notice], planned: Iterable[Planned], now: datetime) -> list[Row]:
    """Return the notices by their next sending; those without one come last."""
    upcoming: dict[str, list[Planned]] = {}
    for one in planned:
        if one.at is not None and one.status != "dropped":
            upcoming.setdefault(one.notice_id, []).append(one)
    rows = [_row(notice, upcoming.get(notice.id, []), now) for notice in notices]
    order = {key: min(one.at for one in ones if one.at) for key, ones in upcoming.items()}
    return sorted(rows, key=lambda row: order.get(row.notice.id, now + LAST))


def _row(notice: Notice, mine: list[Planned], now: datetime) -> Row:
    """One notice with its next sendings, the nearest of which tells whom it reaches."""
    first = mine[0] if mine else None
    moments = dict.fromkeys(said_at(one.at) for one in mine if one.at)
    chats = [chat for one in mine if first and one.planned == first.planned for chat in one.chats]
    return Row(
        notice,
        tuple(moments)[:NEXT],
        reach_words(chats),
        first.body if first else notice.short,
        notice.unusable(now.date()),
    )
