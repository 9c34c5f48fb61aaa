"""渠道: whether each one hears and sends, what waits, and what is switched off."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.config import read_settings
from bot.settings.listing import offered_channels
from bot.web.keys import ASKING
from handlers.phrases.quarantine import NEXT_STEP, STATES
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.sweeping import GIVEN_UP

if TYPE_CHECKING:
    from datetime import datetime

    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit
    from handlers.messages import Channel

DAY = timedelta(days=1)
LAST = 300
"""Newest messages in which a busy channel is looked for."""
NAMES = {"web": "网页聊天（内置）"}
FINE, TRYING, QUIET = "送得出去", "送不出去，正在重试", "还没送过"


@dataclass(frozen=True, slots=True)
class Health:
    """One running channel as the queues show it."""

    name: str
    channel: Channel
    heard_at: datetime | None
    sent_at: datetime | None
    waiting: int
    oldest: datetime | None
    retrying: str
    """What the channel said to the last try that has to be repeated; "" = none has."""
    tried: int
    """Messages that are to be tried again."""
    receipts: tuple[tuple[str, int], ...]
    aside: tuple[tuple[str, int], ...]
    """(state, how many) of what did not arrive and nobody has seen to."""

    @property
    def verdict(self) -> str:
        """The state in words."""
        if self.tried:
            return TRYING
        return FINE if self.sent_at else QUIET


async def show(visit: Visit) -> web.Response:
    """Show every running channel, and those that could be switched on."""
    running = visit.app.channels
    now = visit.now
    healths = await visit.app.look(
        lambda session: [_health(session, one, _lately(session), now) for one in running.values()]
    )
    return visit.page(
        "channels.html",
        healths=healths,
        names=NAMES,
        states=STATES,
        next_step=NEXT_STEP,
        offered=offered_channels(visit.app.settings),
    )


async def ask(visit: Visit) -> web.Response:
    """Ask the platforms now, as `linli doctor` does, with the settings as they stand in the file."""
    settings, problems = await asyncio.to_thread(read_settings, visit.app.folder)
    stale = settings is not None and settings.channels != visit.app.settings.channels
    return visit.page(
        "piece_asked.html" if visit.partial else "channels_asked.html",
        found=await visit.request.app[ASKING](settings) if settings is not None else [],
        problems=[one for one in problems if one.level == "error"],
        stale=stale,
    )


def _lately(session: Session) -> dict[str, datetime]:
    """Return when channels were heard among the newest messages: a busy one is found at once."""
    newest = select(InboxRow.channel, InboxRow.received_at).order_by(InboxRow.id.desc()).limit(LAST)
    return {one.channel: one.received_at for one in reversed(session.execute(newest).all())}


def _health(
    session: Session, channel: Channel, lately: dict[str, datetime], now: datetime
) -> Health:
    name = channel.name
    heard = select(func.max(InboxRow.received_at)).where(InboxRow.channel == name)
    mine = select(OutboxRow).where(OutboxRow.channel == name)
    sent = mine.with_only_columns(OutboxRow.sent_at).where(OutboxRow.state == "sent")
    pending = mine.where(OutboxRow.state == "pending")
    waiting = session.execute(
        pending.with_only_columns(func.count(), func.min(OutboxRow.created_at))
    ).one()
    tried = pending.where(OutboxRow.attempts > 0)
    last_try = session.scalars(tried.order_by(OutboxRow.id.desc()).limit(1)).first()
    return Health(
        name,
        channel,
        lately.get(name) or session.scalar(heard),
        session.scalar(sent.order_by(OutboxRow.sent_at.desc()).limit(1)),
        waiting[0],
        waiting[1],
        (last_try.detail or "没有说原因") if last_try else "",
        session.scalar(tried.with_only_columns(func.count())) or 0,
        _by_state(session, name, OutboxRow.sent_at > now - DAY),
        _by_state(session, name, OutboxRow.state.in_(GIVEN_UP), OutboxRow.settled_at.is_(None)),
    )


def _by_state(session: Session, name: str, *where: object) -> tuple[tuple[str, int], ...]:
    query = select(OutboxRow.state, func.count()).where(OutboxRow.channel == name, *where)  # type: ignore[arg-type]
    return tuple(
        (state, count) for state, count in session.execute(query.group_by(OutboxRow.state))
    )
