"""Letting go of what is not needed any more (个人信息保护法 第十九条: the shortest necessary time)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import String, and_, cast, delete, func, or_, select, true, update

from knowledge.store.answers import REMEMBERED, forget_askers
from knowledge.store.rows.audit import RosterChangeRow
from knowledge.store.rows.dialogues import DialogueRow, HeldPhotoRow, MenuRow, OptionRow
from knowledge.store.rows.links import LinkCodeRow, LinkTryRow
from knowledge.store.rows.media import MediaRow
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow
from knowledge.store.rows.web import SessionRow, SignInRow, WebMessageRow
from knowledge.store.stamps import mark, set_mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import InstrumentedAttribute, Session

    _Large = InboxRow | OutboxRow | WebMessageRow | MenuRow | DialogueRow

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
EMPTIED = "emptied"
"""The mark that holds the id up to which this night has emptied events."""
LOOSE = timedelta(days=1)
"""Age from which a picture that belongs to nothing is let go: by then its message is handled."""


def sweep(session: Session, now: datetime, raw: timedelta) -> bool:
    """Empty raw events older than `raw`, and drop what has outlived its use, in portions.

    False while more of it is left: nobody waits for a long night's work in one transaction.
    """
    if any(_portion(session, row, ids) for row, ids in _outlived(session, now)):
        return False
    if _empty(session, now, raw):
        return False
    for statement in (
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


def _outlived(session: Session, now: datetime) -> Iterator[tuple[type[_Large], Select[int]]]:
    """The large tables, each with the ids of those of its rows that are not needed any more."""
    # A database may give the id of the last row again: what it caused would be told under one key.
    not_last = InboxRow.id < select(func.max(InboxRow.id)).scalar_subquery()
    done = and_(InboxRow.state == "done", InboxRow.done_at < now - KEYS)
    set_aside = and_(InboxRow.state == "quarantined", InboxRow.received_at < now - TOLD)
    known = _came_before(session, InboxRow, InboxRow.received_at, now - KEYS)
    yield InboxRow, known.where(or_(done, set_aside), not_last)
    sent = and_(OutboxRow.state == "sent", OutboxRow.sent_at < now - TOLD)
    last_touched = func.coalesce(OutboxRow.sent_at, OutboxRow.created_at)
    given_up = and_(OutboxRow.state.in_(GIVEN_UP), last_touched < now - TOLD)
    told = _came_before(session, OutboxRow, OutboxRow.created_at, now - TOLD)
    yield OutboxRow, told.where(or_(sent, given_up))
    yield WebMessageRow, _came_before(session, WebMessageRow, WebMessageRow.at, now - TOLD)
    shown = _came_before(session, MenuRow, MenuRow.created_at, now - KEYS)
    yield MenuRow, shown.where(MenuRow.expires_at < now - KEYS)
    over = DialogueRow.expires_at < now - KEYS
    yield DialogueRow, select(DialogueRow.id).where(over).order_by(DialogueRow.expires_at)


def _came_before(
    session: Session, row: type[_Large], came: InstrumentedAttribute[datetime], moment: datetime
) -> Select[int]:
    """The ids of a table's rows that came before a moment, the oldest first.

    Rows come in the order of their ids: whatever is kept behind the moment is not looked at.
    """
    ids = select(row.id).order_by(row.id)
    later = session.scalar(ids.where(came >= moment).limit(1))
    return ids.where(came < moment, row.id < later if later is not None else true())


def _portion(session: Session, row: type[_Large], old: Select[int]) -> bool:
    """Drop the first rows with what hangs on them; whether there may be more."""
    ids = session.scalars(old.limit(PORTION)).all()
    hanging = [delete(OptionRow).where(OptionRow.menu_id.in_(ids))] if row is MenuRow else []
    for statement in (*hanging, delete(row).where(row.id.in_(ids))):
        session.execute(statement, execution_options={"synchronize_session": False})
    return len(ids) == PORTION


def _empty(session: Session, now: datetime, raw: timedelta) -> bool:
    """Forget what events said; whether there may be more.

    A night goes through the table once: a mark says how far it has come.
    """
    done = and_(InboxRow.state == "done", InboxRow.done_at < now - raw)
    set_aside = and_(InboxRow.state == "quarantined", InboxRow.received_at < now - SET_ASIDE)
    full = cast(InboxRow.payload, String) != "{}"
    further = InboxRow.id > int(mark(session, EMPTIED) or 0)
    known = _came_before(session, InboxRow, InboxRow.received_at, now - min(raw, SET_ASIDE))
    ids = session.scalars(known.where(further, or_(done, set_aside), full).limit(PORTION)).all()
    statement = update(InboxRow).where(InboxRow.id.in_(ids)).values(payload={})
    session.execute(statement, execution_options={"synchronize_session": False})
    more = len(ids) == PORTION
    set_mark(session, EMPTIED, str(ids[-1]) if more else "0")
    return more


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
