"""Letting go of what is not needed any more (个人信息保护法 第十九条: the shortest necessary time)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from knowledge.store.rows.dialogues import DialogueRow, MenuRow, OptionRow
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.web import SessionRow, SignInRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session
    from sqlalchemy.sql.dml import Delete, Update

KEYS = timedelta(days=7)
"""How long the id of an event is remembered, so that a repetition has no effect."""
TOLD = timedelta(days=90)
"""How long a sent message is kept, for questions about what was said."""


def sweep(session: Session, now: datetime, raw: timedelta) -> None:
    """Empty raw events older than `raw`, and drop what has outlived its use."""
    old_menus = select(MenuRow.id).where(MenuRow.expires_at < now - KEYS)
    done: tuple[Update | Delete, ...] = (
        update(InboxRow)
        .where(InboxRow.state == "done", InboxRow.done_at < now - raw)
        .values(payload={}),
        delete(InboxRow).where(InboxRow.state == "done", InboxRow.done_at < now - KEYS),
        delete(OutboxRow).where(OutboxRow.state == "sent", OutboxRow.sent_at < now - TOLD),
        delete(DialogueRow).where(DialogueRow.expires_at < now - KEYS),
        delete(OptionRow).where(OptionRow.menu_id.in_(old_menus)),
        delete(MenuRow).where(MenuRow.expires_at < now - KEYS),
        delete(SignInRow).where(SignInRow.expires_at < now),
        delete(SessionRow).where(SessionRow.expires_at < now),
    )
    for statement in done:
        session.execute(statement, execution_options={"synchronize_session": False})
