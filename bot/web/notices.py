"""The notices with their next sendings, and whether a message is an official one."""

from __future__ import annotations

import asyncio
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.web.membership import CHANNEL
from handlers.phrases.moments import WEEKDAYS
from knowledge.community.planner import plan
from knowledge.store.notices import sent_with_code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aiohttp import web

    from bot.web.visit import Visit
    from knowledge.community.notice import Notice
    from knowledge.community.planner import Planned

AHEAD = timedelta(days=35)
"""How far the list looks: past the next of every monthly notice."""
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
    """Show every notice, the next to be sent first."""
    notices = visit.app.papers.notices
    planned = await asyncio.to_thread(
        plan, notices, visit.hood, visit.now, visit.now + AHEAD, calendar=visit.app.calendar
    )
    return visit.page("notices.html", rows=rows_of(notices, planned, visit.now))


async def verify(visit: Visit) -> web.Response:
    """Tell whether a code belongs to a notice that was really sent."""
    said = visit.request.match_info.get("code") or visit.request.query.get("code", "")
    code = unicodedata.normalize("NFKC", said).strip().upper()[:CODE]
    found = await visit.app.look(lambda session: sent_with_code(session, code)) if code else None
    return visit.page("verify.html", code=code, found=found)


def rows_of(notices: Iterable[Notice], planned: Iterable[Planned], now: datetime) -> list[Row]:
    """Return the notices by their next sending; those without one come last."""
    upcoming: dict[str, list[Planned]] = {}
    for one in planned:
        if one.at is not None and one.status != "dropped":
            upcoming.setdefault(one.notice_id, []).append(one)
    rows = []
    for notice in notices:
        mine = upcoming.get(notice.id, [])
        first = mine[0] if mine else None
        body = first.body if first else notice.short
        moments = dict.fromkeys(_said(one.at) for one in mine if one.at)
        rows.append(
            Row(
                notice,
                tuple(moments)[:NEXT],
                _told(one for one in mine if first and one.planned == first.planned),
                body,
                notice.unusable(now.date()),
            )
        )
    order = {key: min(one.at for one in ones if one.at) for key, ones in upcoming.items()}
    return sorted(rows, key=lambda row: order.get(row.notice.id, now + AHEAD * 2))


def _told(sendings: Iterable[Planned]) -> str:
    """Return how many groups and people of the built-in chat one time reaches."""
    chats = [chat for one in sendings for chat in one.chats if chat.startswith(f"{CHANNEL}:")]
    people = sum(chat.startswith(f"{CHANNEL}:@") for chat in chats)
    groups = len(chats) - people
    parts = (f"{groups} 个群" if groups else "", f"{people} 个人" if people else "")
    return "、".join(filter(None, parts))


def _said(at: datetime) -> str:
    return f"{at.month}月{at.day}日 周{WEEKDAYS[at.weekday()]} {at:%H:%M}"
