"""Commands: the few fixed words by which people steer the bot (进度, 接127, 完127 说明 …)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply, take_photos
from handlers.actions.menus import Choice, offer
from handlers.actions.notices.paces import LESS, MORE, change_pace
from handlers.actions.notices.receipts import note_receipt
from handlers.actions.tickets.claiming import refuse, step_in, transfer
from handlers.actions.tickets.climbing import urge, urged_today
from handlers.actions.tickets.index import ask_reason
from handlers.actions.tickets.lists import open_matters, progress_text, tasks_text
from handlers.actions.tickets.standing import allowed
from handlers.actions.tickets.supervising import overview
from handlers.actions.tickets.working import finish, note
from handlers.arranging import ARRANGEMENTS
from handlers.explaining import NAME_WAITS, tells_what_was_done
from handlers.intents.commands import Command, Word, read_command
from handlers.leaving import LEAVING
from handlers.linking import LINKING
from handlers.loose import PROGRESS
from handlers.meant import (
    asks_of_own,
    handles,
    not_for_you,
    numbered,
    own_meant,
    own_of_any_state,
    task_meant,
    told_here,
)
from handlers.mydata import OWN_DATA
from handlers.phrases import commands as phrases
from handlers.phrases import lists
from handlers.phrases.paces import WISH_NOTED
from handlers.withdrawing import call_off
from knowledge.community.hood.access import Act, may
from knowledge.community.tickets.ticket import UNFINISHED, WAITING_FOR_CLAIM
from knowledge.store.lists import tasks_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.messages import Button
    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow


def obey(turn: Turn) -> bool:
    """Do what a command says; False when the words are none, or nobody spoke to us."""
    command = read_command(turn.text) or numbered(turn)
    if command is None:
        return False
    return COMMANDS[command.word](turn, command)


def tell_how_it_stands(turn: Turn) -> bool:
    """Show 进度 to somebody who asks in words of their own; said to nobody, only if there is any."""
    if not asks_of_own(turn) or not (turn.addressed or told_here(turn)):
        return False
    return _progress(turn, Command(Word.PROGRESS))


def _progress(turn: Turn, command: Command) -> bool:
    matters = open_matters(turn.work, turn.who)
    if command.no is not None:
        matters = [own_of_any_state(turn, command.no)]
    if turn.group is not None:
        matters = [matter for matter in matters if not matter.private]
    if not matters:
        turn.reply(lists.NOTHING_REPORTED if turn.private else lists.NOTHING_HERE)
        return True
    buttons: tuple[Button, ...] = ()
    if len(matters) == 1 and _may_urge(turn, matters[0]):
        urging = Choice("催一下", "ticket.urge", {"no": matters[0].no})
        buttons = offer(turn.work, turn.chat, turn.who, (urging,), ticket_id=matters[0].id)
    turn.reply(
        progress_text(turn.work, turn.who, turn.name, matters, urgeable=bool(buttons)),
        buttons=buttons,
    )
    return True


def _may_urge(turn: Turn, ticket: TicketRow) -> bool:
    """What is done is confirmed or opened again, never urged; and once a day is enough."""
    may_urge = ticket.state in UNFINISHED and allowed(turn.work, ticket, turn.who, Act.TICKET_URGE)
    return may_urge and not urged_today(turn.work, ticket)


def _tasks(turn: Turn, command: Command) -> bool:
    del command
    helps = may(turn.person, Act.TASKS_READ)
    watches = may(turn.person, Act.SUPERVISION_READ)
    if not (helps or watches):
        return not_for_you(turn)
    if not turn.private:
        turn.reply(phrases.IN_PRIVATE)
        return True
    if helps:
        turn.reply(tasks_text(turn.work, turn.who))
    if watches:
        seen = overview(turn.work, turn.who, turn.chat)
        if seen.total or not helps:
            turn.reply(seen.text, buttons=seen.buttons)
    return True


def _accept(turn: Turn, command: Command) -> bool:
    if not handles(turn):
        return not_for_you(turn)
    ticket = task_meant(turn, command, WAITING_FOR_CLAIM)
    step_in(turn.work, ticket, turn.who)
    if PROGRESS.match(command.rest):
        note(turn.work, ticket, turn.who, command.rest)
    return True


def _done(turn: Turn, command: Command) -> bool:
    if not handles(turn):
        return not_for_you(turn)
    if tells_what_was_done(turn, command.no, command.rest):
        return True
    photos = take_photos(turn.work, turn.chat, turn.who) + turn.event.images
    finish(turn.work, task_meant(turn, command, UNFINISHED), turn.who, command.rest, photos)
    return True


def _note(turn: Turn, command: Command) -> bool:
    if not handles(turn):
        return not_for_you(turn)
    photos = take_photos(turn.work, turn.chat, turn.who) + turn.event.images
    note(turn.work, task_meant(turn, command, UNFINISHED), turn.who, command.rest, photos)
    return True


def _transfer(turn: Turn, command: Command) -> bool:
    if not handles(turn):
        return not_for_you(turn)
    ticket = task_meant(turn, command, UNFINISHED)
    pass_on(turn, ticket, command.rest)
    return True


def pass_on(turn: Turn, ticket: TicketRow, name: str) -> None:
    """Pass a ticket on by name, or ask for the name and wait for it."""
    transfer(turn.work, ticket, turn.who, name)
    if not name:
        await_reply(
            turn.work, turn.chat, turn.who, "transfer", ticket_id=ticket.id, lasts=NAME_WAITS
        )


def _return(turn: Turn, command: Command) -> bool:
    if command.no is None and not turn.addressed:
        return False  # 退单，我买错了: a group talks of other things in these words
    if not handles(turn):
        return not_for_you(turn)
    ticket = task_meant(turn, command, UNFINISHED)
    if command.rest:
        refuse(turn.work, ticket, turn.who, command.rest)
    else:
        ask_reason(turn.work, ticket, turn.who)
    return True


def _urge(turn: Turn, command: Command) -> bool:
    told = 1 if turn.addressed or command.no is not None else len(told_here(turn))
    if not told or (told > 1 and command.rest):
        return False  # 催一下，快递还没到: a group talks of other things in these words
    urge(turn.work, own_meant(turn, command), turn.who, command.rest)
    return True


def _received(turn: Turn, command: Command) -> bool:
    del command
    if note_receipt(turn.work, turn.chat, turn.who):
        return True
    tasks = tasks_of(turn.work.session, turn.who) if turn.private else []
    waiting = [row.no for row in tasks if row.state in WAITING_FOR_CLAIM]
    if turn.private:
        turn.reply(phrases.take_it(waiting[-1]) if waiting else phrases.NOTED)
    return turn.private


def _nothing_more(turn: Turn, command: Command) -> bool:
    """更多 without an answer before it (with one it is a choice of that answer's menu)."""
    del command
    if turn.addressed:
        turn.reply(phrases.NOTHING_MORE)
    return turn.addressed


def _help(turn: Turn, command: Command) -> bool:
    del command
    if turn.addressed:
        turn.reply(phrases.HELP_AT_WORK if turn.private and handles(turn) else phrases.HELP)
    return turn.addressed


def _pace(turn: Turn, command: Command) -> bool:
    wish = LESS if command.word is Word.LESS else MORE
    said = change_pace(turn.work, turn.chat, turn.who, wish)
    if said or turn.addressed:
        turn.reply(said or WISH_NOTED)
    return True  # a member's wish is counted silently, like 收到


COMMANDS: dict[Word, Callable[[Turn, Command], bool]] = {
    Word.PROGRESS: _progress,
    Word.TASKS: _tasks,
    Word.ACCEPT: _accept,
    Word.DONE: _done,
    Word.NOTE: _note,
    Word.TRANSFER: _transfer,
    Word.RETURN: _return,
    Word.URGE: _urge,
    Word.RECEIVED: _received,
    Word.MORE: _nothing_more,
    Word.WITHDRAW: call_off,
    Word.LESS: _pace,
    Word.MORE_OFTEN: _pace,
    Word.HELP: _help,
    **ARRANGEMENTS,
    **LEAVING,
    **LINKING,
    **OWN_DATA,
}
