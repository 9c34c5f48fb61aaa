"""隔离: what could not be handled or sent; try again, or let it go with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.web.forms import cleaned
from bot.web.membership import belongs
from handlers.actions import quarantine
from handlers.messages import DIRECT_MARK
from handlers.phrases.quarantine import NEXT_STEP, STATES
from knowledge.community.hood.access import Act
from knowledge.community.refusals import Refusal
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.sweeping import GIVEN_UP

if TYPE_CHECKING:
    from datetime import datetime

    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit
    from handlers.work import Work

SHOWN = 50
LONGEST = 120
DIGITS = 15
PRIVATE = "私聊"


@dataclass(frozen=True, slots=True)
class Aside:
    """One message that was set aside, without its words for whom they are none of their business."""

    box: str
    row_id: int
    at: datetime
    channel: str
    chat: str
    state: str
    why: str
    next_step: str
    words: str | None
    """None = not for this visitor."""
    readable: bool


async def show(visit: Visit, trouble: str = "", status: int = 200) -> web.Response:
    """Show what was set aside, the newest first."""
    events, messages, more = await visit.app.look(lambda session: _aside(visit, session))
    return visit.page(
        "quarantine.html",
        status=status,
        boxes=(("进来的", events), ("发出去的", messages)),
        more=more,
        trouble=trouble,
        done="done" in visit.request.query,
    )


async def settle(visit: Visit) -> web.Response:
    """再试 or 不再处理, for a message that came in or went out."""
    form = await visit.request.post()
    box, do = str(form.get("box", "")), str(form.get("do", ""))
    said, reason = str(form.get("row", "")), cleaned(str(form.get("reason", "")))[:LONGEST]
    row_id = int(said) if said.isascii() and said.isdigit() and len(said) <= DIGITS else 0
    try:
        await visit.act(lambda work: _settle(work, visit.me.id, (box, do), row_id, reason))
    except Refusal as refusal:
        return await show(visit, refusal.say, 409)
    return visit.back("/admin/quarantine?done=1")


def _settle(work: Work, who: str, what: tuple[str, str], row_id: int, reason: str) -> None:
    if what == ("in", "again"):
        quarantine.handle_again(work, who, row_id)
    elif what == ("out", "again"):
        quarantine.send_again(work, who, row_id)
    elif what == ("in", "drop"):
        quarantine.drop_event(work, who, row_id, reason)
    else:
        quarantine.drop_message(work, who, row_id, reason)


def _aside(visit: Visit, session: Session) -> tuple[list[Aside], list[Aside], int]:
    stuck = select(InboxRow).where(InboxRow.state == "quarantined")
    lost = select(OutboxRow).where(OutboxRow.state.in_(GIVEN_UP), OutboxRow.settled_at.is_(None))
    events = session.scalars(stuck.order_by(InboxRow.id.desc()).limit(SHOWN)).all()
    messages = session.scalars(lost.order_by(OutboxRow.id.desc()).limit(SHOWN)).all()
    total = sum(
        session.scalar(query.with_only_columns(func.count())) or 0 for query in (stuck, lost)
    )
    return (
        [_event(visit, row) for row in events],
        [_message(visit, row) for row in messages],
        total - len(events) - len(messages),
    )


def _event(visit: Visit, row: InboxRow) -> Aside:
    mine = belongs(visit.me, row.channel, row.chat_id, visit.hood)
    words = str(row.payload.get("text", "")) if mine and row.payload else None
    return Aside(
        "in",
        row.id,
        row.received_at,
        row.channel,
        _chat(visit, row.channel, row.chat_id),
        "处理不了",
        row.fault,
        "改好了毛病就再试；再不行会回到这里。报给开发者时说编号和这个英文词。",
        words,
        bool(row.payload),
    )


def _message(visit: Visit, row: OutboxRow) -> Aside:
    mine = belongs(visit.me, row.channel, row.chat_id, visit.hood)
    public = row.notice_id is not None and visit.can(Act.NOTICE_READ)
    return Aside(
        "out",
        row.id,
        row.created_at,
        row.channel,
        _chat(visit, row.channel, row.chat_id),
        STATES[row.state],
        row.detail,
        NEXT_STEP[row.state],
        row.text if mine or public else None,
        readable=True,
    )


def _chat(visit: Visit, channel: str, chat_id: str) -> str:
    chat = visit.hood.chat(channel, chat_id)
    if chat is not None:
        return chat.name
    return PRIVATE if chat_id.startswith(DIRECT_MARK) else chat_id or "认不出在哪里"
