"""Buttons and digits: what each offered choice does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import loose, objecting, resident
from handlers.actions import menus
from handlers.actions.dialogues import (
    WANTS_WORDS,
    await_reply,
    offered_after,
    pending_dialogue,
)
from handlers.actions.faq.questions import keep_draft
from handlers.actions.notices import relays
from handlers.actions.notices.quizzes import note_answer
from handlers.actions.people.admitting import about_guest, vouch
from handlers.actions.telling import tell_chat
from handlers.actions.tickets.findings import settle
from handlers.actions.tickets.index import CHOICES as TICKET_CHOICES
from handlers.actions.tickets.index import chosen
from handlers.actions.tickets.tasking import UNSHOWN
from handlers.actions.tickets.working import note
from handlers.choosing import begins_with_digit, read_choice
from handlers.explaining import NAME_WAITS, stop_asking_back
from handlers.leaving import RESUMING
from handlers.meant import names_task
from handlers.messages import EventKind, direct
from handlers.phrases import commands
from handlers.requesting import say_again
from knowledge.community.refusals import NotAllowed, Outdated, Unclear
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import MenuRow, OptionRow


TAKE = "ticket.accept"


def press(turn: Turn) -> bool:
    """Do what a pressed button stands for; anything but a valid token is refused."""
    if turn.event.kind is not EventKind.PRESS:
        return False
    try:
        _, option = menus.press(turn.work, turn.event.token, turn.chat, turn.who)
    except (NotAllowed, Outdated) as refusal:
        # A wrong tap is nobody else's business: the group hears nothing of it.
        tell_chat(turn.work, direct(turn.event.channel, turn.event.sender), refusal.say)
        return True
    CHOICES[option.action](turn, option, "")
    return True


def choose(turn: Turn) -> bool:
    """Do what a digit, or the words for a choice, stand for; False without a fitting choice."""
    if not turn.text or names_task(turn):
        return False
    for menu in _answerable(turn):
        options = {one.digit: one for one in menus.options_of(turn.work, menu)}
        read = read_choice(turn.text, {digit: one.label for digit, one in options.items()})
        if read is not None and read[0] in options:
            option = options[read[0]]
            if option.action in menus.STANDING and read[1]:
                continue  # "2 栋的灯坏了" answers no quiz
            if option.digit in UNSHOWN and loose.is_doubtful(option.action, read[1]):
                return loose.take_doubtful(turn, option.args["no"])
            if option.action == TAKE and not begins_with_digit(turn.text):
                _require_only_one(turn)
            menus.use(turn.work, menu, option)
            CHOICES[option.action](turn, option, read[1])
            return True
    return False


def _require_only_one(turn: Turn) -> None:
    """A word takes the only task on offer; raises Unclear where there are several."""
    offered = {
        option.args["no"]
        for menu in menus.open_menus(turn.work, turn.chat, turn.who)
        for option in menus.options_of(turn.work, menu)
        if option.action == TAKE
    }
    if len(offered) > 1:
        raise Unclear(commands.which_to_take(sorted(offered)))


def _answerable(turn: Turn) -> list[MenuRow]:
    """The choices that the words can be about.

    A digit never answers past a newer question for words, except about the same ticket.
    """
    found = menus.open_menus(turn.work, turn.chat, turn.who)
    found.sort(key=lambda menu: menu.who == "")  # what was asked of them alone comes first
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    if dialogue is None or dialogue.topic not in WANTS_WORDS or not begins_with_digit(turn.text):
        return found
    same = dialogue.ticket_id or 0
    return [menu for menu in found if menu.ticket_id == same or offered_after(dialogue, menu.id)]


def _of_ticket(turn: Turn, option: OptionRow, words: str) -> None:
    stop_asking_back(turn, option.args["no"])
    chosen(turn.work, turn.who, option.action, option.args, words)
    ticket = by_no(turn.work.session, option.args["no"])
    if ticket is None:
        return
    if option.action == "ticket.transfer" and not words:
        await_reply(
            turn.work, turn.chat, turn.who, "transfer", ticket_id=ticket.id, lasts=NAME_WAITS
        )
    elif option.action == TAKE and loose.PROGRESS.match(words):
        note(turn.work, ticket, turn.who, words)


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


def _take_second(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    say_again(turn, option.args["text"])


def _keep_draft(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    keep_draft(turn.work, turn.who, option.args["question"], keep=option.action == "question.draft")


def _settle(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    turn.reply(settle(turn.work, turn.who, int(option.args["finding"])))


def _erase(turn: Turn, option: OptionRow, words: str) -> None:
    del option, words
    from handlers.actions.people.own_data import erase

    erase(turn.work, turn.who)
    turn.reply(commands.ERASED)


def _keep(turn: Turn, option: OptionRow, words: str) -> None:
    del option, words
    turn.reply(commands.KEPT)


def _answer_quiz(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    note_answer(turn.work, option.args["sending"], turn.who, option.digit)


def _passed_on(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    relays.confirm(turn.work, turn.who, option.args["relays"])


def _vouch(turn: Turn, option: OptionRow, words: str) -> None:
    del words
    known = option.action == "neighbour.known"
    guest = option.args["person"]
    turn.reply(vouch(turn.work, turn.who, guest, known=known), about=about_guest(guest))


CHOICES: dict[str, Callable[[Turn, OptionRow, str], None]] = {
    **dict.fromkeys(TICKET_CHOICES, _of_ticket),
    "faq.show": _show_answer,
    "faq.none": _hand_over,
    "faq.more": _show_more,
    "help.neighbour": _ask_neighbour,
    "matter.second": _take_second,
    "question.draft": _keep_draft,
    "question.leave": _keep_draft,
    "quiz.answer": _answer_quiz,
    "relay.confirm": _passed_on,
    "finding.settle": _settle,
    "neighbour.known": _vouch,
    "neighbour.stranger": _vouch,
    "objection.edit": objecting.judge,
    "objection.fine": objecting.judge,
    "objection.stop": objecting.judge,
    **RESUMING,
    "data.erase": _erase,
    "data.keep": _keep,
}
"""Every action that a button or a digit can stand for."""
