"""Pacing by sliding windows over what was really sent: no burst can slip through."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.community.places import group_of
from knowledge.store.outbox import sent_lately

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.messages import Window


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
        self._cache: dict[tuple[str, str | None, Window], list[datetime]] = {}

    def earliest(self, channel: str, chat_id: str) -> datetime:
        """Return the first moment at which one more message keeps every window."""
        return self._first_free(channel, chat_id, self._windows)

    def open_at(self, channel: str) -> datetime:
        """Return the first moment at which the channel takes one more, whatever the chat."""
        return self._first_free(channel, None, [one for one in self._windows if not one.per_chat])

    def _first_free(self, channel: str, chat_id: str | None, windows: Iterable[Window]) -> datetime:
        moment = self._latest
        for window in windows:
            scope = group_of(chat_id) if chat_id and window.per_chat else None
            sent = self._recent(channel, scope, window)
            if len(sent) >= window.count:
                freed = sent[-window.count] + timedelta(seconds=window.seconds)
                moment = max(moment, freed)
        return moment

    def count(self, channel: str, chat_id: str, at: datetime | None = None) -> None:
        """Note that one message is being sent now, or at a moment that `earliest` has named."""
        self._latest = at or self._now
        for window in self._windows:
            scope = group_of(chat_id) if window.per_chat else None
            self._recent(channel, scope, window).append(self._latest)

    def _recent(self, channel: str, scope: str | None, window: Window) -> list[datetime]:
        key = (channel, scope, window)
        if key not in self._cache:
            since = self._now - timedelta(seconds=window.seconds)
            self._cache[key] = sent_lately(self._session, channel, scope, window.count, since)
        return self._cache[key]
