"""Photos that wait for words: asked about once in private, forgotten after ten minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from handlers.actions.dialogues import PHOTO_WAITS
from handlers.actions.telling import tell_chat
from handlers.messages import ChatRef
from handlers.phrases.photos import OF_WHICH_TASK, WHAT_IS_IT
from knowledge.store.lists import tasks_of
from knowledge.store.rows.dialogues import HeldPhotoRow
from knowledge.store.sweeping import let_go

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work

ASK_AFTER = timedelta(seconds=20)
"""Pause before a bare private photo is asked about (research/ux.md §5.1 rule 6)."""


class PhotoHeart:
    """Asks about bare photos in private chats; a photo whose time is up is let go."""

    name = "photos"

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return when a photo is to be asked about or forgotten."""
        del now
        asked = session.scalar(
            select(func.min(HeldPhotoRow.expires_at)).where(HeldPhotoRow.ask.is_(True))
        )
        ends = session.scalar(select(func.min(HeldPhotoRow.expires_at)))
        ask_at = asked - PHOTO_WAITS + ASK_AFTER if asked else None
        return min((moment for moment in (ask_at, ends) if moment is not None), default=None)

    def run_due(self, work: Work) -> int:
        """Ask once for each private chat, and drop what has expired."""
        rows = work.session.scalars(
            select(HeldPhotoRow).where(
                HeldPhotoRow.ask.is_(True),
                HeldPhotoRow.expires_at <= work.now + PHOTO_WAITS - ASK_AFTER,
            )
        ).all()
        for row in rows:
            row.ask = False
        senders = dict.fromkeys((ChatRef(row.channel, row.chat_id), row.who) for row in rows)
        for chat, who in senders:
            mine = tasks_of(work.session, who)
            ask = OF_WHICH_TASK.format(no=mine[-1].no) if mine else WHAT_IS_IT
            tell_chat(work, chat, ask)
        gone = work.session.scalars(
            delete(HeldPhotoRow)
            .where(HeldPhotoRow.expires_at <= work.now)
            .returning(HeldPhotoRow.media_id)
        ).all()
        let_go(work.session, gone)
        return len(rows) + len(gone)
