"""What somebody has open: their own matters with the steps so far, their tasks with the hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.telling import masked
from handlers.actions.tickets.wording import person_name
from handlers.phrases import lists as phrases
from handlers.phrases.moments import hour, when
from handlers.phrases.numbers import ticket_number
from handlers.phrases.sheet import short
from knowledge.community.days.zone import local
from knowledge.community.tickets.ticket import (
    CLOSED,
    OUTCOMES,
    STATE_WORDS,
    WAITING_FOR_CLAIM,
    State,
    Step,
)
from knowledge.store.histories import events, handler_notes, words
from knowledge.store.lists import reported_by, tasks_of
from knowledge.store.parties import is_party

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketEventRow, TicketRow

SHOWN_TASKS = 5
STOOD = frozenset({State.WAITING_REPORTER, State.PARKED, State.WHISTLED})
"""States after which the same one goes on: that is no taking."""
SAID = frozenset({State.SCHEDULED, State.PARKED, State.WAITING_REPORTER})
"""States that somebody has explained to the reporter."""
QUOTE = 24


def progress_text(
    work: Work, who: str, name: str, tickets: list[TicketRow], *, urgeable: bool = False
) -> str:
    """Return the newest open matters of a reporter in words, or one that somebody looks after."""
    shown = tickets[-phrases.SHOWN :]
    told = [matter_text(work, one) for one in shown]
    if all(one.state in CLOSED for one in tickets):
        return phrases.over(name, told)
    if not any(who == one.reporter or is_party(work.session, one, who) for one in shown):
        return phrases.looked_at(told)
    return phrases.progress(name, told, len(tickets), urgeable=urgeable)


def open_matters(work: Work, who: str) -> list[TicketRow]:
    """Return what a party has reported or joined and is not finished, oldest first."""
    return reported_by(work.session, who)


def matter_text(work: Work, ticket: TicketRow) -> str:
    """Return one matter: title, filing, who took it, the newest note or the present state."""
    rows = events(work.session, ticket)
    filed = ticket.filed_at or ticket.created_at
    moves = [row for row in rows if row.from_state != row.to_state]
    accepted = [row for row in reversed(moves) if row.to_state == State.ACCEPTED]
    taken = next((row for row in accepted if row.from_state not in STOOD), None)
    waiting = not any(row.step == Step.WHISTLED for row in rows)
    by = _taken(work, ticket, taken, filed)
    steps = [phrases.filed(when(filed, work.now), by, waiting=waiting)]
    notes = handler_notes(work.session, ticket)
    if ticket.state in OUTCOMES:
        state = STATE_WORDS[State(ticket.state)]
        steps.append(phrases.noted(when(moves[-1].at, work.now), state))
    elif notes:
        at = next(row.at for row in reversed(rows) if row.step == Step.NOTED and not row.reason)
        steps.append(phrases.noted(when(at, work.now), short(masked(work, notes[-1]), QUOTE)))
    elif ticket.state not in WAITING_FOR_CLAIM and ticket.state != State.ACCEPTED:
        steps.append(phrases.noted(when(moves[-1].at, work.now), _stands(work, ticket, moves[-1])))
    place = work.hood.label(ticket.place_id)
    return phrases.matter(ticket_number(ticket.no), ticket.matter, place, steps)


def _stands(work: Work, ticket: TicketRow, move: TicketEventRow) -> str:
    """The present state, with the date or the reason in the words of whoever brought it there."""
    said = words(work.session, ticket).get(move.seq, "") if ticket.state in SAID else ""
    state = STATE_WORDS[State(ticket.state)]
    return f"{state}：{short(masked(work, said), QUOTE)}" if said else state


def _taken(work: Work, ticket: TicketRow, row: TicketEventRow | None, filed: datetime) -> str:
    if row is None or ticket.state in WAITING_FOR_CLAIM:
        return ""
    same_day = local(row.at).date() == local(filed).date()
    moment = hour(row.at) if same_day else when(row.at, work.now)
    return f"{moment} {person_name(work, ticket.owner_id)}"


def tasks_text(work: Work, who: str) -> str:
    """Return a person's tasks, the oldest due first."""
    rows = tasks_of(work.session, who)
    if not rows:
        return phrases.NO_TASKS
    rows.sort(key=lambda row: (row.solve_due is None, row.solve_due, row.no))
    lines = task_lines(work, who, rows, SHOWN_TASKS)
    waiting = next((row.no for row in rows if row.state in WAITING_FOR_CLAIM), None)
    return phrases.tasks(lines, len(rows), rows[0].no, waiting)


def task_lines(work: Work, who: str, tickets: list[TicketRow], most: int = 3) -> list[str]:
    """Return one short line for each of the first tickets, for who has them."""
    return [_task_line(work, who, ticket) for ticket in tickets[:most]]


def _task_line(work: Work, who: str, ticket: TicketRow) -> str:
    due = ticket.claim_due if ticket.state in WAITING_FOR_CLAIM else ticket.solve_due
    until = ""
    if due is not None:
        until = (
            f"，{when(due, work.now)} 前"
            if due > work.now
            else f"，已超时（{when(due, work.now)}）"
        )
    state = STATE_WORDS[State(ticket.state)]
    place = work.hood.label_for(who, ticket.place_id)
    return phrases.task(ticket_number(ticket.no), ticket.matter, place, state, until)
