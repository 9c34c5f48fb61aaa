"""请假 and 销假, as they are said, and the button that brings back what others have begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.names import call_name
from handlers.actions.people.leaves import go_on_leave, leave_days
from handlers.actions.tickets.handing import deputy_of
from handlers.actions.tickets.returning import RESUME, resume
from handlers.intents.commands import Word
from handlers.meant import not_for_you
from handlers.phrases import leaves as phrases
from knowledge.community.hood.access import Act, Relation, may

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.intents.commands import Command
    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import OptionRow


def _leave(turn: Turn, command: Command) -> bool:
    if not may(turn.person, Act.LEAVE_TAKE, frozenset({Relation.OWN})):
        return not_for_you(turn)
    days = leave_days(command.rest)
    until, moved = go_on_leave(turn.work, turn.who, days)
    stand_in = deputy_of(turn.work, turn.who)
    called = call_name(turn.work, stand_in) if stand_in else ""
    turn.reply(phrases.on_leave(until, called, moved) if days else phrases.back_at_work(moved))
    return True


def _resume(turn: Turn, option: OptionRow, words: str) -> None:
    del option, words
    turn.reply(phrases.resumed(resume(turn.work, turn.who)))


LEAVING: dict[Word, Callable[[Turn, Command], bool]] = {Word.LEAVE: _leave}
RESUMING: dict[str, Callable[[Turn, OptionRow, str], None]] = {RESUME: _resume}
