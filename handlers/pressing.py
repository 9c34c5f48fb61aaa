"""Buttons and digits: what each offered choice does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers import leader, resident
from handlers.actions import menus
from handlers.actions.questions import keep_draft
from handlers.actions.tickets import claiming, closing, filing, helping, joining
from handlers.choosing import read_choice
from handlers.messages import EventKind
from handlers.phrases import answers
from knowledge.community.refusals import Outdated
from knowledge.store.rows.dialogues import OptionRow
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow


def press(turn: Turn) -> bool:
    """Do what a pressed button stands for; anything but a valid token is refused."""
    if turn.event.kind is not EventKind.PRESS:
        return False
    _, option = menus.press(turn.work, turn.event.token, turn.chat, turn.who)
    CHOICES[option.action](turn, option, "")
    return True


def choose(turn: Turn) -> bool:
    """Do what a digit, or the words for a choice, stand for; False without an open choice."""
    menu = menus.newest_menu(turn.work, turn.chat, turn.who)
    if menu is None:
        return False
    options = turn.work.session.scalars(
        select(OptionRow).where(OptionRow.menu_id == menu.id).order_by(OptionRow.digit)
    ).all()
    read = read_choice(turn.text, [option.label for option in options], options[0].digit)
    if read is None:
        return False
    option = menus.choose(turn.work, menu, read[0])
    if option is None:
        turn.reply(answers.only_these([o.digit for o in options]))
        return True
    CHOICES[option.action](turn, option, read[1])
    return True


def _ticket(turn: Turn, option: OptionRow) -> TicketRow:
    ticket = by_no(turn.work.session, option.args["no"])
    if ticket is None:
        raise Outdated(menus.OLD_BUTTON)
    return ticket
