"""Calls of the platform that wait for an answer of ours, and cards that can still be changed.

Kept in memory only: whatever is not here any more is told by a push.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

K = TypeVar("K")
V = TypeVar("V")

ANSWER_WITHIN = timedelta(minutes=5)
"""An answer that takes longer is a push: the platform would take it for a day, people would not."""
GREET_WITHIN = timedelta(seconds=5)
"""As long as the platform takes a welcome, or a changed card (page 101027)."""
KEPT = 1000


class Windows:
    """The newest open call of each chat, by its id; each is answered once."""

    def __init__(self) -> None:
        self._questions: dict[str, tuple[str, datetime]] = {}
        self._greetings: dict[str, tuple[str, datetime]] = {}
        self._cards: dict[str, dict[str, Any]] = {}

    def asked(self, chat: str, req_id: str, now: datetime) -> None:
        """Note that somebody said something and waits for an answer."""
        _put(self._questions, chat, (req_id, now))

    def entered(self, chat: str, req_id: str, now: datetime) -> None:
        """Note that somebody opened the chat for the first time today."""
        _put(self._greetings, chat, (req_id, now))

    def question(self, chat: str, now: datetime) -> str:
        """Use up the call that is answered now; "" = there is none."""
        return _take(self._questions, chat, now - ANSWER_WITHIN)

    def greeting(self, chat: str, now: datetime) -> str:
        """Use up the entrance that is greeted now; "" = there is none."""
        return _take(self._greetings, chat, now - GREET_WITHIN)

    def keep(self, card: dict[str, Any]) -> None:
        """Keep a card that was sent: a change must show all of it again."""
        _put(self._cards, card["task_id"], card)

    def card(self, task: str) -> dict[str, Any] | None:
        """Return a card that was sent, if it is still known."""
        return self._cards.get(task)


def _put(kept: dict[K, V], key: K, value: V) -> None:
    kept.pop(key, None)
    kept[key] = value
    while len(kept) > KEPT:
        kept.pop(next(iter(kept)))


def _take(kept: dict[str, tuple[str, datetime]], chat: str, oldest: datetime) -> str:
    req_id, at = kept.pop(chat, ("", oldest))
    return req_id if at > oldest else ""
