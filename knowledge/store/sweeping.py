"""Letting go of what is not needed any more (个人信息保护法 第十九条: the shortest necessary time)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, delete, func, or_, select, update

from knowledge.store.answers import REMEMBERED, forget_askers
from knowledge.store.rows.audit import RosterChangeRow
from knowledge.store.rows.dialogues import DialogueRow, HeldPhotoRow, MenuRow, OptionRow
from knowledge.store.rows.links import LinkCodeRow, LinkTryRow
from knowledge.store.rows.media import MediaRow
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow
from knowledge.store.rows.web import SessionRow, SignInRow, WebMessageRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session
    from sqlalchemy.sql.dml import Delete, Update

KEYS = timedelta(days=7)
"""How long the id of an event is remembered, so that a repetition has no effect."""
TOLD = timedelta(days=90)
"""How long a message that was told or given up is kept, for questions about what was said."""
SET_ASIDE = timedelta(days=30)
"""How long what could not be handled is kept for whoever mends it."""
UNDO = timedelta(days=365)
"""How long an earlier roster can be put back; phones and doors are in it. The audit log stays."""
GIVEN_UP = ("failed", "unknown", "needs_human")
LOOSE = timedelta(days=1)
"""Age from which a picture that belongs to nothing is let go: by then its message is handled."""


def sweep(session: Session, now: datetime, raw: timedelta) -> None:
    """Empty raw events older than `raw`, and drop what has outlived its use."""
    # A database may give the id of the last row again: what it caused would be told under one key.
    not_last = InboxRow.id < select(func.max(InboxRow.id)).scalar_subquery()
    old_menus = select(MenuRow.id).where(MenuRow.expires_at < now - KEYS)
    done: tuple[Update | Delete, ...] = (
        update(InboxRow)
        .where(InboxRow.state == "done", InboxRow.done_at < now - raw)
        .values(payload={}),
        delete(InboxRow).where(InboxRow.state == "done", InboxRow.done_at < now - KEYS, not_last),
        update(InboxRow)
        .where(InboxRow.state == "quarantined", InboxRow.received_at < now - SET_ASIDE)
        .values(payload={}),
        delete(InboxRow).where(
            InboxRow.state == "quarantined", InboxRow.received_at < now - TOLD, not_last
        ),
        delete(OutboxRow).where(OutboxRow.state == "sent", OutboxRow.sent_at < now - TOLD),
        delete(OutboxRow).where(
            OutboxRow.state.in_(GIVEN_UP),
            func.coalesce(OutboxRow.sent_at, OutboxRow.created_at) < now - TOLD,
        ),
        delete(WebMessageRow).where(WebMessageRow.at < now - TOLD),
        delete(DialogueRow).where(DialogueRow.expires_at < now - KEYS),
        delete(OptionRow).where(OptionRow.menu_id.in_(old_menus)),
        delete(MenuRow).where(MenuRow.expires_at < now - KEYS),
        delete(SignInRow).where(SignInRow.expires_at < now),
        delete(LinkCodeRow).where(LinkCodeRow.expires_at < now),
        delete(LinkTryRow).where(LinkTryRow.since < now - LOOSE),
        delete(RosterChangeRow).where(RosterChangeRow.at < now - UNDO),
        delete(SessionRow).where(SessionRow.expires_at < now),
    )
    for statement in done:
        session.execute(statement, execution_options={"synchronize_session": False})
    forget_askers(session, before=now - REMEMBERED)
    loose = select(MediaRow.id).where(MediaRow.created_at < now - LOOSE)
    let_go(session, session.scalars(loose).all())


def let_go(session: Session, pictures: Collection[str]) -> None:
    """Drop those of the pictures that nothing refers to any more, each with its file."""
    unused = set(pictures)
    if unused:
        unused -= _in_use(session)
    for row in session.scalars(select(MediaRow).where(MediaRow.id.in_(unused))):
        session.delete(row)
    session.flush()


def _in_use(session: Session) -> set[str]:
    """The pictures of tickets and their steps, of bubbles, and of what waits."""
    used = set(session.scalars(select(HeldPhotoRow.media_id)))
    lists = (
        select(TicketRow.images).where(cast(TicketRow.images, String) != "[]"),
        select(WebMessageRow.images).where(cast(WebMessageRow.images, String) != "[]"),
        select(OutboxRow.images).where(
            or_(OutboxRow.state == "pending", OutboxRow.state == "sending"),
            cast(OutboxRow.images, String) != "[]",
        ),
    )
    for query in lists:
        used.update(*session.scalars(query))
    steps = cast(TicketEventRow.facts, String).contains('"images"')
    for facts in session.scalars(select(TicketEventRow.facts).where(steps)):
        images = facts.get("images")
        used.update(images if isinstance(images, list) else ())
    for payload in session.scalars(select(InboxRow.payload).where(InboxRow.state == "new")):
        used.update(payload.get("images", ()))
    return used
