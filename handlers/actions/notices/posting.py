"""Posting one notice at one time into all its chats: each chat is claimed once, whoever is first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from handlers.actions.notices.delivering import RELAY, read_aloud, sending_of
from handlers.actions.notices.quizzes import offer_answers
from handlers.actions.telling import PLAIN, About, tell_chat
from handlers.messages import DIRECT_MARK, ChatKind
from knowledge.store.once import insert_once
from knowledge.store.rows.notices import RoundRow, SendingRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handlers.messages import ChatRef
    from handlers.work import Work

_SENDING = SendingRow.metadata.tables["sending"]
CANCELLED = "cancelled"
NO_SCRIPT = "no-script"
"""A loudspeaker has nothing to read."""


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
    script: str = ""
    """What loudspeakers read; "" = nothing."""
    quiz: dict[str, Any] | None = None
    relayed: bool = False
    """Groups wait for their level (handlers/actions/notices/relays.py)."""


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
            _queue(work, what, chats[name], about)
    return len(claimed)


def _queue(work: Work, what: Post, chat: ChatRef, about: About) -> None:
    """Queue what a newly claimed chat gets, in the form that it takes."""
    if chat.channel in work.rules.loudspeakers:
        if what.script and not what.relayed:
            read_aloud(work, chat, what.script, about)
    elif what.quiz is not None:
        sending = sending_of(work, what.notice_id, what.planned, chat)
        tell_chat(work, chat, what.body, buttons=offer_answers(work, chat, sending), about=about)
    elif not (what.relayed and chat.kind is ChatKind.GROUP):
        tell_chat(work, chat, what.body, about=about)


def _claim(work: Work, what: Post, chats: Mapping[str, ChatRef]) -> list[str]:
    """Write the decision down for every chat with one statement; return the new ones in order."""
    split = {name: name.split(":", 1) for name in chats}
    rows = [_row(work, what, channel, chat_id) for channel, chat_id in split.values()]
    statement = insert_once(
        work.session, _SENDING, "notice_id", "planned", "channel", "chat_id"
    ).returning(_SENDING.c.channel, _SENDING.c.chat_id)
    new = {f"{channel}:{chat_id}" for channel, chat_id in work.session.execute(statement, rows)}
    return [name for name in chats if name in new]


def _row(work: Work, what: Post, channel: str, chat_id: str) -> dict[str, object]:
    aloud = channel in work.rules.loudspeakers
    body = what.script if aloud else what.body
    at, status = what.at, what.status
    if at is not None and not body:
        at, status = None, NO_SCRIPT
    elif at is not None and what.relayed and not chat_id.startswith(DIRECT_MARK):
        at, status = None, RELAY
    return {
        "notice_id": what.notice_id,
        "planned": what.planned,
        "channel": channel,
        "chat_id": chat_id,
        "status": status,
        "why": what.why,
        "at": at,
        "code": what.code,
        "title": what.title,
        "asks_receipt": what.asks_receipt and not aloud,
        "report_at": None if aloud or at is None else what.report_at,
        "body": body,
        "quiz": what.quiz,
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
