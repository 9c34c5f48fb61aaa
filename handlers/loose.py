"""What leaders say beside commands: 办好了, half a command, small talk under a task card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.actions.menus import open_menus, options_of
from handlers.actions.tickets.index import ask_reason
from handlers.actions.tickets.working import ARRIVED, finish, note
from handlers.choosing import WORDS
from handlers.explaining import photos_of
from handlers.intents.read import read_intent
from handlers.intents.reading import Intent
from handlers.phrases import commands, lists, menus
from knowledge.community.access import HELPERS, roles_of
from knowledge.community.refusals import NotFound, Unclear
from knowledge.community.ticket import UNFINISHED
from knowledge.store.lists import tasks_of
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow

DONE = re.compile(r"(?:已经|都|全)*(?:办|修|弄|搞|换|处理)(?:好|完|定|妥)(?:了|哒|啦)?")
HALF = re.compile(r"(?:接|完|转|催|进展)单?\W*\d*")
NOT_MINE = frozenset(WORDS["不归我管"])
EDGES = " ，,。.！!~、"


def understand(turn: Turn) -> bool:
    """Take a leader's loose words in private for what they mean; never hand them to a human."""
    if not (turn.private and turn.person and roles_of(turn.person) & HELPERS):
        return False
    said = turn.text.strip(EDGES)
    for deed, fits in LOOSE.items():
        if fits(said):
            deed(turn)
            return True
    return read_intent(turn.text).intent is Intent.CHATTER and _explain_card(turn)


def _arrive_only(turn: Turn) -> None:
    note(turn.work, _only_task(turn), turn.who, turn.text, photos_of(turn))


def _explain_commands(turn: Turn) -> None:
    turn.reply(commands.HOW_TO_HANDLE)


def _hand_back_only(turn: Turn) -> None:
    """Ask why the only task is not theirs; raises NotFound for none, Unclear for several."""
    ask_reason(turn.work, _only_task(turn), turn.who)


def _finish_only(turn: Turn) -> None:
    finish(turn.work, _only_task(turn), turn.who, "", photos_of(turn))


def _only_task(turn: Turn) -> TicketRow:
    mine = [row for row in tasks_of(turn.work.session, turn.who) if row.state in UNFINISHED]
    if not mine:
        raise NotFound(lists.NO_TASKS)
    if len(mine) > 1:
        raise Unclear(commands.which([row.no for row in mine], "完{no} 说明"))
    return mine[0]


def _explain_card(turn: Turn) -> bool:
    """Say what the newest open task card can be answered with."""
    for menu in open_menus(turn.work, turn.chat, turn.who):
        options = options_of(turn.work, menu)
        if options and options[0].action == "ticket.accept":
            ticket = by_no(turn.work.session, options[0].args["no"])
            if ticket is not None:
                labels = [option.label for option in options]
                turn.reply(menus.not_understood(ticket.no, ticket.matter, labels))
                return True
    return False


LOOSE: dict[Callable[[Turn], None], Callable[[str], object]] = {
    _hand_back_only: NOT_MINE.__contains__,
    _arrive_only: ARRIVED.match,
    _explain_commands: HALF.fullmatch,
    _finish_only: DONE.fullmatch,
}
"""What loose words make us do, and which words those are."""
