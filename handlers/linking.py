"""绑定 and 解绑: how somebody says that two accounts are theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.actions.dialogues import pending_dialogue
from handlers.actions.people.linking import awaits_code, give_code, link, unlink
from handlers.intents.commands import Command, Word
from handlers.phrases import commands, links

_CODE = re.compile(r"\d{3}\s?\d{3}")

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Turn


def take_code(turn: Turn) -> bool:
    """Six digits alone, from an account that nobody knows, while somebody has a code to type."""
    if turn.person is not None or not turn.private or not _CODE.fullmatch(turn.text):
        return False
    asked = pending_dialogue(turn.work, turn.chat, turn.who) is not None
    if asked or not awaits_code(turn.work):
        return False
    link(turn.work, turn.event.channel, turn.event.sender, _digits(turn.text))
    return True


def _link(turn: Turn, command: Command) -> bool:
    """The word alone asks for a code; with a code it links."""
    if not turn.private:
        turn.reply(commands.IN_PRIVATE)
    elif command.rest and not _CODE.fullmatch(command.rest):
        turn.reply(links.NOT_A_CODE)
    elif command.rest:
        link(turn.work, turn.event.channel, turn.event.sender, _digits(command.rest))
    elif turn.person is None:
        turn.reply(links.NOT_REGISTERED)
    else:
        turn.reply(give_code(turn.work, turn.person, turn.chat))
    return True


def _digits(said: str) -> str:
    return "".join(str(int(digit)) for digit in said if digit.isdecimal())


def _unlink(turn: Turn, command: Command) -> bool:
    del command
    if not turn.private:
        turn.reply(commands.IN_PRIVATE)
    elif turn.person is None:
        turn.reply(links.NOT_REGISTERED)
    else:
        unlink(turn.work, turn.person, turn.event.channel, turn.event.sender)
    return True


LINKING: dict[Word, Callable[[Turn, Command], bool]] = {
    Word.LINK: _link,
    Word.UNLINK: _unlink,
}
