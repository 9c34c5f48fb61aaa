"""Groups that became supergroups: two ids, one group."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Moves:
    """Knows old and new ids; the roster may still have the old one."""

    def __init__(self) -> None:
        self._to: dict[str, str] = {}

    def learn(self, moves: Mapping[str, str]) -> None:
        """Take in old → new."""
        self._to.update(moves)

    def present(self, chat: str) -> str:
        """Return the id under which the group can be reached now."""
        seen = {chat}
        while (new := self._to.get(chat)) is not None and new not in seen:
            seen.add(new)
            chat = new
        return chat

    def familiar(self, chat: str, known: Callable[[str], bool]) -> str:
        """Return the id that the roster knows the group by, or the present one."""
        if known(chat):
            return chat
        olds = (old for old in self._to if self.present(old) == chat and known(old))
        return next(olds, chat)
