"""Buttons and digits: what each offered choice does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import resident
from handlers.actions import menus
from handlers.actions.dialogues import await_reply
from handlers.actions.own_data import erase
from handlers.actions.questions import keep_draft
from handlers.actions.tickets.index import CHOICES as TICKET_CHOICES
from handlers.actions.tickets.index import chosen
from handlers.choosing import read_choice
from handlers.messages import EventKind
from handlers.phrases import commands
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import OptionRow


def press(turn: Turn) -> bool:
    """Do what a pressed button stands for; anything but a valid token is refused."""
    if turn.event.kind is not EventKind.PRESS:
        return False
    _, option = menus.press(turn.work, turn.event.token, turn.chat, turn.who)
    CHOICES[option.action](turn, option, "")
    return True


def choose(turn: Turn) -> bool:
    """Do what a digit, or the words for a choice, stand for; False without a fitting choice."""
    if not turn.text:
        return False
    for menu in menus.open_menus(turn.work, turn.chat, turn.who):
        options = {one.digit: one for one in menus.options_of(turn.work, menu)}
        read = read_choice(turn.text, {digit: one.label for digit, one in options.items()})
        if read is not None and read[0] in options:
            menu.used_at = turn.work.now
            option = options[read[0]]
            CHOICES[option.action](turn, option, read[1])
            return True
    return False


def _of_ticket(turn: Turn, option: OptionRow, words: str) -> None:
    chosen(turn.work, turn.who, option.action, option.args, words)
    if option.action == "ticket.transfer" and not words:
        ticket = by_no(turn.work.session, option.args["no"])
        if ticket is not None:
            await_reply(turn.work, turn.chat, turn.who, "transfer", ticket_id=ticket.id)


def _show_answer(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    resident.show_entry(turn, option.args["faq"])


def _show_more(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    resident.show_more(turn, option.args["faq"])


def _ask_neighbour(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    resident.ask_neighbour(turn, option.args["about"])


def _hand_over(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    resident.hand_over(turn, option.args["text"])


def _keep_draft(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    keep_draft(turn.work, turn.who, option.args["question"], keep=option.action == "question.draft")


def _erase(turn: Turn, option: OptionRow, words: str) -> None:
    del option, words
    erase(turn.work, turn.who)
    turn.reply(commands.ERASED)


CHOICES: dict[str, Callable[[Turn, OptionRow, str], None]] = {
    **dict.fromkeys(TICKET_CHOICES, _of_ticket),
    "faq.show": _show_answer,
    "faq.none": _hand_over,
    "faq.more": _show_more,
    "help.neighbour": _ask_neighbour,
    "question.draft": _keep_draft,
    "question.leave": _keep_draft,
    "data.erase": _erase,
}
"""Every action that a button or a digit can stand for."""
