"""Which task a leader, or which matter a reporter, means by a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.lists import open_matters
from handlers.actions.tickets.standing import allowed
from handlers.explaining import stop_asking_back
from handlers.intents.awaiting import asks_for_news, asks_how_it_stands
from handlers.intents.commands import Word
from handlers.intents.numbered import OF_ANYBODY, read_numbered
from handlers.intents.plain import plain
from handlers.phrases import commands as phrases
from handlers.phrases import lists
from handlers.phrases.tasks import NOT_YOURS
from handlers.requesting import think
from handlers.thinking.thought import Action
from knowledge.community.hood.access import HELPERS, Act, roles_of
from knowledge.community.refusals import NotAllowed, NotFound, Unclear
from knowledge.store.lists import tasks_of
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from handlers.intents.commands import Command
    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow

EXAMPLES = {
    Word.ACCEPT: "接{no}",
    Word.TRANSFER: "转{no} 姓名",
    Word.NOTE: "进展{no} 说明",
    Word.RETURN: "不归我管{no} 理由",
    Word.SCHEDULE: "约期{no} 明天上午",
    Word.INQUIRE: "问居民{no} 哪一层",
    Word.PARK: "挂账{no} 12月20日 理由",
    Word.LANE: "改急{no} P1 理由",
}
"""How a word is said with the number; of the others, how a task is finished."""


def handles(turn: Turn) -> bool:
    """Whether the speaker handles requests at all."""
    return turn.person is not None and bool(roles_of(turn.person) & HELPERS)


def numbered(turn: Turn) -> Command | None:
    """Return the command whose number is said first, 0006完成, where somebody says it to us."""
    command = read_numbered(turn.text) if turn.addressed else None
    return command if command and (command.word in OF_ANYBODY or handles(turn)) else None


def names_task(turn: Turn) -> bool:
    """Whether the digit that comes first is the number of a task of theirs: 7完."""
    command = numbered(turn)
    if command is None:
        return False
    return any(row.no == command.no for row in tasks_of(turn.work.session, turn.who))


def not_for_you(turn: Turn) -> bool:
    """Words of a leader from somebody who is none: an answer only if they spoke to us."""
    if turn.addressed:
        raise NotAllowed(phrases.NOT_FOR_YOU)
    return False


def task_meant(turn: Turn, command: Command, states: frozenset[object]) -> TicketRow:
    """Return the task that is meant: by its number, else the person's only one."""
    if command.no is not None:
        ticket = by_no(turn.work.session, command.no)
        if ticket is None:
            raise NotFound(NOT_YOURS)  # the same words as for somebody else's
        stop_asking_back(turn, ticket.no)
        return ticket
    mine = [row for row in tasks_of(turn.work.session, turn.who) if row.state in states]
    return only(mine, lists.NO_TASKS, EXAMPLES.get(command.word, "完{no} 说明"))


def asks_of_own(turn: Turn) -> bool:
    """Whether somebody asks how a matter of theirs stands; 什么时候来电 only if one is open and we know nothing else."""
    said = plain(turn.text)
    if asks_how_it_stands(turn.text) or asks_how_it_stands(said):
        return True
    if not asks_for_news(said) or not open_matters(turn.work, turn.who):
        return False
    return think(turn).action is not Action.ANSWER


def told_here(turn: Turn) -> list[TicketRow]:
    """Return the speaker's open matters that everybody in this chat has heard of."""
    here = (turn.chat.channel, turn.chat.id)
    mine = open_matters(turn.work, turn.who)
    return [row for row in mine if not row.private and (row.channel, row.chat_id) == here]


def own_meant(turn: Turn, command: Command) -> TicketRow:
    """Return the reporter's matter that is meant: by its number, else their only one."""
    mine = open_matters(turn.work, turn.who)
    if command.no is not None:
        found = [row for row in mine if row.no == command.no]
        if not found:
            raise NotFound(phrases.no_such(command.no))
        return found[0]
    return only(mine, lists.NOTHING_REPORTED, f"{command.word.value}{{no}}")


def only(rows: list[TicketRow], nothing: str, example: str) -> TicketRow:
    """Return the one there is; raises NotFound for none, Unclear with an `example` for several."""
    if not rows:
        raise NotFound(nothing)
    if len(rows) > 1:
        raise Unclear(phrases.which([row.no for row in rows], example))
    return rows[0]


def own_of_any_state(turn: Turn, no: int) -> TicketRow:
    """The ticket of that number, done or not, that this person may read; NotFound otherwise."""
    ticket = by_no(turn.work.session, no)
    if ticket is None or not allowed(turn.work, ticket, turn.who, Act.TICKET_READ):
        raise NotFound(phrases.no_such(no))
    return ticket
