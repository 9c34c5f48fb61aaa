"""我的数据 and 删除我的数据: what is kept of somebody, told or erased by a word of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import Choice, offer
from handlers.intents.commands import Command, Word
from handlers.phrases import commands as phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Turn


def _my_data(turn: Turn, command: Command) -> bool:
    del command
    from handlers.actions.people.own_data import export_text

    turn.reply(export_text(turn.work, turn.who) if turn.private else phrases.IN_PRIVATE)
    return True


def _erase(turn: Turn, command: Command) -> bool:
    del command
    from handlers.actions.people.own_data import leaves_with_data

    if not turn.private:
        turn.reply(phrases.IN_PRIVATE)
        return True
    choices = (Choice("删除", "data.erase"), Choice("不删", "data.keep"))
    buttons = offer(turn.work, turn.chat, turn.who, choices)
    leaving = phrases.AND_LEAVE if leaves_with_data(turn.work, turn.who) else ""
    turn.reply(phrases.SURE_TO_ERASE.format(leaving=leaving), buttons=buttons)
    return True


OWN_DATA: dict[Word, Callable[[Turn, Command], bool]] = {
    Word.MY_DATA: _my_data,
    Word.ERASE: _erase,
}
