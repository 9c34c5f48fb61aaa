"""Letting go of what is not needed any more (个人信息保护法 第十九条: the shortest necessary time)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import String, and_, cast, delete, func, or_, select, update

from knowledge.store.answers import REMEMBERED, forget_askers
from knowledge.store.rows.audit import RosterChangeRow
from knowledge.store.rows.dialogues import DialogueRow, HeldPhotoRow, MenuRow, OptionRow
from knowledge.store.rows.links import LinkCodeRow, LinkTryRow
from knowledge.store.rows.media import MediaRow
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow
from knowledge.store.rows.web import SessionRow, SignInRow, WebMessageRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    _Queued = InboxRow | OutboxRow | WebMessageRow

KEYS = timedelta(days=7)
"""How long the id of an event is remembered, so that a repetition has no effect."""
TOLD = timedelta(days=90)
"""How long a message that was told or given up is kept, for questions about what was said."""
SET_ASIDE = timedelta(days=30)
"""How long what could not be handled is kept for whoever mends it."""
UNDO = timedelta(days=365)
"""How long an earlier roster can be put back; phones and doors are in it. The audit log stays."""
GIVEN_UP = ("failed", "unknown", "needs_human")
PORTION = 5_000
"""Rows dropped from a large table at once: some tenths of a second."""
LOOSE = timedelta(days=1)
"""Age from which a picture that belongs to nothing is let go: by then its message is handled."""


def sweep(session: Session, now: datetime, raw: timedelta) -> bool:
    """Empty raw events older than `raw`, and drop what has outlived its use, in portions.

    False while more of it is left: nobody waits for a long night's work in one transaction.
    """
    left = [_portion(session, row, old) for row, old in _outlived(now)]
    left.append(_empty(session, InboxRow.done_at < now - raw, InboxRow.state == "done"))
    set_aside = InboxRow.received_at < now - SET_ASIDE
    left.append(_empty(session, set_aside, InboxRow.state == "quarantined"))
    if any(left):
        return False
    old_menus = select(MenuRow.id).where(MenuRow.expires_at < now - KEYS)
    for statement in (
        delete(DialogueRow).where(DialogueRow.expires_at < now - KEYS),
        delete(OptionRow).where(OptionRow.menu_id.in_(old_menus)),
        delete(MenuRow).where(MenuRow.expires_at < now - KEYS),
        delete(SignInRow).where(SignInRow.expires_at < now),
        delete(LinkCodeRow).where(LinkCodeRow.expires_at < now),
        delete(LinkTryRow).where(LinkTryRow.since < now - LOOSE),
        delete(RosterChangeRow).where(RosterChangeRow.at < now - UNDO),
        delete(SessionRow).where(SessionRow.expires_at < now),
    ):
        session.execute(statement, execution_options={"synchronize_session": False})
    forget_askers(session, before=now - REMEMBERED)
    loose = select(MediaRow.id).where(MediaRow.created_at < now - LOOSE)
    let_go(session, session.scalars(loose).all())
    return True


def _outlived(now: datetime) -> Iterator[tuple[type[_Queued], ColumnElement[bool]]]:
    """The rows of the large tables that are not needed any more."""
    # A database may give the id of the last row again: what it caused would be told under one key.
    not_last = InboxRow.id < select(func.max(InboxRow.id)).scalar_subquery()
    done = and_(InboxRow.state == "done", InboxRow.done_at < now - KEYS)
    set_aside = and_(InboxRow.state == "quarantined", InboxRow.received_at < now - TOLD)
    yield InboxRow, and_(or_(done, set_aside), not_last)
    sent = and_(OutboxRow.state == "sent", OutboxRow.sent_at < now - TOLD)
    last_touched = func.coalesce(OutboxRow.sent_at, OutboxRow.created_at)
    given_up = and_(OutboxRow.state.in_(GIVEN_UP), last_touched < now - TOLD)
    yield OutboxRow, or_(sent, given_up)
    yield WebMessageRow, WebMessageRow.at < now - TOLD


def _portion(session: Session, row: type[_Queued], old: ColumnElement[bool]) -> bool:
    """Drop the oldest rows; whether there may be more."""
    ids = session.scalars(select(row.id).where(old).order_by(row.id).limit(PORTION)).all()
    statement = delete(row).where(row.id.in_(ids))
    session.execute(statement, execution_options={"synchronize_session": False})
    return len(ids) == PORTION


def _empty(session: Session, *old: ColumnElement[bool]) -> bool:
    """Forget what events said; whether there may be more."""
    full = cast(InboxRow.payload, String) != "{}"
    ids = session.scalars(
        select(InboxRow.id).where(*old, full).order_by(InboxRow.id).limit(PORTION)
    ).all()
    statement = update(InboxRow).where(InboxRow.id.in_(ids)).values(payload={})
    session.execute(statement, execution_options={"synchronize_session": False})
    return len(ids) == PORTION


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
