"""Posting one notice at one time into all its chats: each chat is claimed once, whoever is first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.telling import PLAIN, About, tell_chat
from knowledge.store.once import insert_once
from knowledge.store.rows.notices import RoundRow, SendingRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handlers.messages import ChatRef
    from handlers.work import Work

_SENDING = SendingRow.metadata.tables["sending"]
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Post:
    """What every chat of one round gets; `at` None = nothing, `why` says why.

    (`notice_id`, `planned`) names the round; `report_at` is when the counted 收到 are told.
    """

    notice_id: str
    planned: datetime
    at: datetime | None
    status: str
    code: str
    title: str
    body: str
    why: str = ""
    asks_receipt: bool = False
    report_at: datetime | None = None
    about: About = PLAIN
    corrects: int | None = None


def post(work: Work, what: Post, chats: Mapping[str, ChatRef]) -> int:
    """Claim the round for each chat ("channel:id" → where it is reached) and queue its message.

    Returns how many chats were new; one that has been claimed before, by anybody, is left alone.
    """
    if not chats:
        return 0
    on_its_way = _round(work, what) if what.at is not None else None
    if on_its_way is not None and on_its_way.cancelled_at is not None:
        what = replace(what, at=None, status=CANCELLED, asks_receipt=False, report_at=None)
    claimed = _claim(work, what, chats)
    if what.at is not None and on_its_way is not None:
        about = replace(what.about, round_id=on_its_way.id)
        for name in claimed:
            tell_chat(work, chats[name], what.body, about=about)
    return len(claimed)


def _claim(work: Work, what: Post, chats: Mapping[str, ChatRef]) -> list[str]:
    """Write the decision down for every chat with one statement; return the new ones in order."""
    split = {name: name.split(":", 1) for name in chats}
    rows = [_row(what, channel, chat_id) for channel, chat_id in split.values()]
    statement = insert_once(
        work.session, _SENDING, "notice_id", "planned", "channel", "chat_id"
    ).returning(_SENDING.c.channel, _SENDING.c.chat_id)
    new = {f"{channel}:{chat_id}" for channel, chat_id in work.session.execute(statement, rows)}
    return [name for name in chats if name in new]


def _row(what: Post, channel: str, chat_id: str) -> dict[str, object]:
    return {
        "notice_id": what.notice_id,
        "planned": what.planned,
        "channel": channel,
        "chat_id": chat_id,
        "status": what.status,
        "why": what.why,
        "at": what.at,
        "code": what.code,
        "title": what.title,
        "asks_receipt": what.asks_receipt,
        "report_at": what.report_at,
    }


def _round(work: Work, what: Post) -> RoundRow:
    """Return the round, begun now if nobody has begun it."""
    values = {
        "notice_id": what.notice_id,
        "planned": what.planned,
        "code": what.code,
        "title": what.title,
        "begun_at": work.now,
        "corrects": what.corrects,
    }
    table = RoundRow.metadata.tables["round"]
    work.session.execute(insert_once(work.session, table, "notice_id", "planned"), values)
    return work.session.scalars(
        select(RoundRow).where(
            RoundRow.notice_id == what.notice_id, RoundRow.planned == what.planned
        )
    ).one()
