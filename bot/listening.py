"""What the gate must remember: whose short words matter just now."""

from __future__ import annotations

from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.faq.given import OBJECTED
from handlers.actions.tickets.entering import REPORTED
from handlers.choosing import begins_with_digit
from handlers.gate import worth_storing
from handlers.messages import ChatKind, ChatRef, EventKind
from handlers.work import END, OUTAGE
from knowledge.community.tickets.outages import ECHOED, is_outage
from knowledge.community.words.scams import NO_SCAMS, KnownScams
from knowledge.store.lists import OPEN_IN_CHATS
from knowledge.store.rows.dialogues import DialogueRow, HeldPhotoRow, MenuRow
from knowledge.store.rows.questions import AnswerRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.messages import Event
    from handlers.work import Rules
    from knowledge.community.hood.neighbourhood import Neighbourhood

RECENT = timedelta(minutes=30)
"""After a word with the bot everything short from that person is let through (DESIGN §4.2)."""
KEPT = 20_000
"""Expectations kept before the outlived ones are swept out."""


class Listening:
    """The gate's memory; too much in it costs a stored row, too little would lose an answer."""

    def __init__(self, rules: Rules, scams: Callable[[], KnownScams] = lambda: NO_SCAMS) -> None:
        self._scams = scams
        self._names = rules.names
        self._until: dict[tuple[str, str, str], datetime] = {}
        self._lock = Lock()
        self.deaf = False
        """While other processes cannot be heard nothing is kept out: it could be awaited there."""

    def load(self, session: Session, now: datetime) -> None:
        """Take in what was pending when the last process ended."""
        for row in session.scalars(select(DialogueRow).where(DialogueRow.expires_at > now)):
            self.expect(ChatRef(row.channel, row.chat_id), row.who, row.expires_at)
        open_menus = select(MenuRow).where(MenuRow.expires_at > now, MenuRow.used_at.is_(None))
        for menu in session.scalars(open_menus):
            self.expect(ChatRef(menu.channel, menu.chat_id), menu.who, menu.expires_at)
        for photo in session.scalars(select(HeldPhotoRow).where(HeldPhotoRow.expires_at > now)):
            self.expect(ChatRef(photo.channel, photo.chat_id), photo.who, photo.expires_at)
        for told in session.scalars(select(AnswerRow).where(AnswerRow.at > now - OBJECTED)):
            if told.who and told.channel and told.chat_id:
                self.expect(ChatRef(told.channel, told.chat_id), told.who, told.at + OBJECTED)
        for channel, chat_id, reporter, matter, filed in session.execute(OPEN_IN_CHATS):
            self.expect(ChatRef(channel, chat_id), END + reporter, now + REPORTED)
            if filed and is_outage(matter):
                self.expect(ChatRef(channel, chat_id), OUTAGE, filed + ECHOED)

    def expect(self, chat: ChatRef, who: str, until: datetime) -> None:
        """Let the short words of `who` ("" = anybody) in this chat through until then."""
        key = (chat.channel, chat.id, who)
        with self._lock:  # the database thread tells, the loop sweeps
            self._until[key] = max(until, self._until.get(key, until))

    def worth_storing(self, event: Event, hood: Neighbourhood, now: datetime) -> bool:
        """Tell whether the event may ask something of us; chatter leaves no trace."""
        if event.kind is not EventKind.MESSAGE or event.chat.kind is ChatKind.DIRECT:
            return True
        group = hood.chat(event.channel, event.chat.id)
        if group is None:
            return False
        if self.deaf:
            return True
        who = hood.party(event.channel, event.sender)
        through = any(
            worth_storing(
                said,
                addressed=bool(event.addressed),
                names=self._names,
                pending=self._pending(event.chat, who, now)
                or (self._pending(event.chat, "", now) and begins_with_digit(event.text)),
                reported=self._pending(event.chat, END + who, now),
                outage=self._pending(event.chat, OUTAGE, now),
                mode=group.mode,
                has_images=bool(event.images),
                scams=self._scams(),
            )
            for said in dict.fromkeys((event.text, hood.names.unnamed(event.text)))
        )
        if through:
            self._sweep(now)
        return through

    def _pending(self, chat: ChatRef, who: str, now: datetime) -> bool:
        until = self._until
        expected = until.get((chat.channel, chat.id, who))
        return expected is not None and expected > now

    def _sweep(self, now: datetime) -> None:
        if len(self._until) > KEPT:
            with self._lock:
                self._until = {key: until for key, until in self._until.items() if until > now}
