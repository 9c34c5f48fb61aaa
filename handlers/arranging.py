"""How leaders and the office arrange the work: 约期, 问居民, 吹哨, 报到, 挂账, 并单, 拆单 and the ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets import inquiring, laning, merging, parking, whistling, working
from handlers.intents.commands import Word
from handlers.intents.days import read_day
from handlers.intents.lanes import read_lane
from handlers.meant import handles, not_for_you, task_meant
from knowledge.community.days.zone import local
from knowledge.community.tickets.ticket import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.intents.commands import Command
    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow

    Deed = Callable[[Turn, TicketRow, str], object]


def _by_leader(deed: Deed) -> Callable[[Turn, Command], bool]:
    """The command of somebody who handles requests, about the task that is meant."""

    def obey(turn: Turn, command: Command) -> bool:
        if not handles(turn):
            return not_for_you(turn)
        deed(turn, task_meant(turn, command, frozenset(UNFINISHED)), command.rest)
        return True

    return obey


def _schedule(turn: Turn, ticket: TicketRow, said: str) -> None:
    day, _ = read_day(said, local(turn.work.now).date())
    working.schedule(turn.work, ticket, turn.who, said, day)


def _park(turn: Turn, ticket: TicketRow, said: str) -> None:
    today = local(turn.work.now).date()
    day, words = read_day(said, today)
    if day is None and len(parts := said.rsplit(maxsplit=1)) > 1:  # the reason came first
        day, words = read_day(parts[1], today)[0], parts[0]
    parking.park(turn.work, ticket, turn.who, day, words)


def _relane(turn: Turn, ticket: TicketRow, said: str) -> None:
    lane, words = read_lane(said)
    laning.change_lane(turn.work, ticket, turn.who, lane, words)


def _merge(turn: Turn, ticket: TicketRow, said: str) -> None:
    into = said.strip(" 到进入#")
    no = int(into) if into.isascii() and into.isdecimal() and len(into) < 10 else None  # noqa: PLR2004 -- as long as a number gets.
    merging.fold(turn.work, ticket, turn.who, no)


def _split(turn: Turn, command: Command) -> bool:
    """The reporter too may say that it is another matter, and a neighbour who was counted."""
    if command.no is None:
        return False
    merging.separate(turn.work, command.no, turn.who)
    return True


ARRANGEMENTS: dict[Word, Callable[[Turn, Command], bool]] = {
    Word.SCHEDULE: _by_leader(_schedule),
    Word.INQUIRE: _by_leader(
        lambda turn, ticket, said: inquiring.inquire(turn.work, ticket, turn.who, said)
    ),
    Word.WHISTLE: _by_leader(
        lambda turn, ticket, said: whistling.whistle(turn.work, ticket, turn.who, said)
    ),
    Word.ATTEND: _by_leader(
        lambda turn, ticket, _said: whistling.attend(turn.work, ticket, turn.who)
    ),
    Word.PARK: _by_leader(_park),
    Word.LANE: _by_leader(_relane),
    Word.MERGE: _by_leader(_merge),
    Word.SPLIT: _split,
    Word.REJECT: _by_leader(
        lambda turn, ticket, said: parking.reject(turn.work, ticket, turn.who, said)
    ),
    Word.GIVE_UP: _by_leader(
        lambda turn, ticket, said: parking.give_up(turn.work, ticket, turn.who, said)
    ),
}
"""What each of these words does."""
