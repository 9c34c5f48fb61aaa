"""Chats that every plan treats alike: each kind is planned once, through its first chat."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Iterable, Mapping, Sequence


class Alike:
    """Chats by kind: of one kind are those that hear the same notices and have heard the same.

    A plan for ten thousand groups is then as quick as one for a handful.
    """

    def __init__(self, audiences: Iterable[Sequence[str]], history: Mapping[str, Hashable]) -> None:
        heard: defaultdict[str, list[int]] = defaultdict(list)
        for number, chats in enumerate(audiences):
            for chat in chats:
                heard[chat].append(number)
        firsts: dict[Hashable, str] = {}
        self._first = {
            chat: firsts.setdefault((tuple(numbers), history.get(chat)), chat)
            for chat, numbers in heard.items()
        }

    def firsts(self, chats: Iterable[str]) -> tuple[str, ...]:
        """Return the first chat of every kind among them, in order."""
        return tuple(dict.fromkeys(self._first[chat] for chat in chats))

    def stands_for_itself(self, chat: str) -> bool:
        """Whether the chat is the first of its kind."""
        return self._first.get(chat) == chat

    def all_of(self, firsts: Container[str], chats: Iterable[str]) -> tuple[str, ...]:
        """Return those of the chats whose kind has its first among `firsts`."""
        return tuple(chat for chat in chats if self._first[chat] in firsts)
