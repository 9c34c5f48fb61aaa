"""Pacing by sliding windows over what was really sent: no burst can slip through."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.community.places.places import group_of
from knowledge.store.outbox import sent_lately

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.messages import Window

    Scope = tuple[str | None, bool]
    """A chat or all of them, and whether what counts is when the platform had it for certain."""

AHEAD = timedelta(minutes=1)
"""What left later than this was written before the clock was put back, and counts no more."""
LONG = 10.0
"""Seconds of a window for all chats from which on it counts from the receipts, as that of a chat
does. No network can make such a window hold one too many. One of a second would lose the time of
the way: it counts from when messages leave, and holds too many where they travel unequally fast."""


class Pacer:
    """Tells when a chat of a channel may be sent the next message.

    Counts of the current claim are kept in memory on top of the rows, so that a batch is paced
    as one by one would be. Moments are given out in their order, also those a little ahead of now.
    """

    def __init__(self, session: Session, windows: tuple[Window, ...], now: datetime) -> None:
        self._session = session
        self._windows = windows
        self._now = now
        self._latest = now
        self._cache: dict[tuple[str, Scope], list[datetime]] = {}

    def earliest(self, channel: str, chat_id: str) -> datetime:
        """Return the first moment at which one more message keeps every window."""
        return self._first_free(channel, chat_id, self._windows)

    def open_at(self, channel: str) -> datetime:
        """Return the first moment at which the channel takes one more, whatever the chat."""
        return self._first_free(channel, None, [one for one in self._windows if not one.per_chat])

    def _first_free(self, channel: str, chat_id: str | None, windows: Iterable[Window]) -> datetime:
        moment = self._latest
        for window in windows:
            sent = self._recent(channel, self._scope(chat_id, window))
            if len(sent) >= window.count:
                freed = sent[-window.count] + timedelta(seconds=window.seconds)
                moment = max(moment, freed)
        return moment

    def count(self, channel: str, chat_id: str, at: datetime | None = None) -> None:
        """Note that one message is being sent now, or at a moment that `earliest` has named."""
        self._latest = at or self._now
        for scope in {self._scope(chat_id, window) for window in self._windows}:
            self._recent(channel, scope).append(self._latest)

    def _scope(self, chat_id: str | None, window: Window) -> Scope:
        return group_of(chat_id) if chat_id and window.per_chat else None, _is_sure(window)

    def _recent(self, channel: str, scope: Scope) -> list[datetime]:
        """The latest sendings that may matter to any window of that scope, looked up once."""
        key = (channel, scope)
        if key not in self._cache:
            chat, surely = scope
            per_chat = chat is not None
            alike = [
                one for one in self._windows if one.per_chat == per_chat and _is_sure(one) == surely
            ]
            count = max(one.count for one in alike)
            since = self._now - timedelta(seconds=max(one.seconds for one in alike))
            until = self._now + AHEAD
            self._cache[key] = sent_lately(
                self._session, channel, chat, count, since=since, until=until, surely=surely
            )
        return self._cache[key]


def _is_sure(window: Window) -> bool:
    """Whether it counts from when the platform had a message for certain."""
    return window.per_chat or window.seconds >= LONG
