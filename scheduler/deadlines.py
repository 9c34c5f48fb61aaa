"""The clocks of tickets: every promise that runs out is acted on once, at its own moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.overtaken import give_way
from handlers.actions.tickets.alarming import alarm
from handlers.actions.tickets.climbing import climb, nudge
from handlers.actions.tickets.closing import close_silently
from handlers.actions.tickets.entering import remind
from handlers.actions.tickets.filing import file
from handlers.actions.tickets.inquiring import ask_again, resume
from handlers.actions.tickets.lasting import recheck
from handlers.actions.tickets.parking import review
from handlers.actions.tickets.recording import hours
from handlers.actions.tickets.withdrawing import drop
from knowledge.community.tickets.course import Clock
from knowledge.community.tickets.ticket import CLOCK, Step
from knowledge.community.tickets.timers import Moment, Timers, timers
from knowledge.files.logbook import Logbook
from knowledge.store import tickets
from knowledge.store.histories import history
from knowledge.store.troubles import is_busy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

TRY_AGAIN = timedelta(minutes=10)
"""Pause after a fault of our own before the same ticket's clock is tried again."""

log = Logbook()


class Deadlines:
    """Acts when a ticket's next moment has come; `next_at` only says which ticket to look at."""

    name = "deadlines"

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return the moment of the first clock of all."""
        del now
        return tickets.next_moment(session)

    def run_due(self, work: Work) -> int:
        """Let every ticket whose moment has come act, each in its own savepoint."""
        found = [ticket.id for ticket in tickets.due(work.session, work.now)]
        return sum(self._look(work, ticket_id) for ticket_id in found)

    def _look(self, work: Work, ticket_id: int) -> int:
        """Do all that is due for one ticket; one that fails is tried again and stops nobody."""
        try:
            with work.session.begin_nested():
                return _act_on(work, ticket_id)
        except Exception as fault:
            if is_busy(fault):  # somebody was at the same rows: it stays due
                return 0
            log.exception("A clock failed.", action="ticket.clock_failed", row=ticket_id)
        ticket = tickets.by_id(work.session, ticket_id)
        if ticket is not None:
            ticket.next_at = work.now + TRY_AGAIN
        return 0


def _act_on(work: Work, ticket_id: int) -> int:
    """Do all that is due for one ticket; return how many things were done."""
    ticket, done = tickets.by_id(work.session, ticket_id), 0
    while ticket is not None and (moment := _next(work, ticket)) is not None:
        _act(_caused(work, ticket), ticket, moment)
        log.info("A clock acted.", action="ticket.clock", ticket=ticket.no, step=moment.step.value)
        done += 1
    return done


def _next(work: Work, ticket: TicketRow) -> Moment | None:
    """What is due now; the cache is set right when it named a moment that is none."""
    clock = timers(history(work.session, ticket), work.calendar, hours(work))
    ticket.next_at = clock.next_at
    due = [moment for moment in clock.moments if moment.at <= work.now]
    return next((moment for moment in due if not _is_late_nudge(work, clock, moment)), None)


def _is_late_nudge(work: Work, clock: Timers, moment: Moment) -> bool:
    """Whether the promise has run out meanwhile: then the ticket climbs, nobody is nudged."""
    due = _due(clock, moment.clock)
    return moment.step is Step.NUDGED and due is not None and due <= work.now


def _due(clock: Timers, which: Clock) -> datetime | None:
    dues = {
        Clock.CLAIM: clock.claim_due,
        Clock.VISIT: clock.visit_due,
        Clock.SOLVE: clock.solve_due,
    }
    return dues.get(which)


def _caused(work: Work, ticket: TicketRow) -> Work:
    """The unit of work under the name of the event that will be the ticket's next one."""
    return replace(work, cause=f"clock:ticket:{ticket.no}:{ticket.length + 1}", told=0)


def _act(work: Work, ticket: TicketRow, moment: Moment) -> None:
    give_way(work, ticket.id)
    if moment.step is Step.NUDGED:
        nudge(work, ticket, moment.clock, _due(_clock(work, ticket), moment.clock) or work.now)
    elif moment.step is Step.ESCALATED:
        climb(work, ticket, moment.clock)
    else:
        ACTS[moment.step, moment.clock](work, ticket)


def _clock(work: Work, ticket: TicketRow) -> Timers:
    return timers(history(work.session, ticket), work.calendar, hours(work))


ACTS: dict[tuple[Step, Clock], Callable[[Work, TicketRow], object]] = {
    (Step.FILED, Clock.DRAFT): lambda work, ticket: file(work, ticket, CLOCK),
    (Step.REMINDED, Clock.DRAFT): lambda work, ticket: remind(work, ticket, CLOCK),
    (Step.MOVED, Clock.DRAFT): drop,
    (Step.ALARMED, Clock.CLAIM): alarm,
    (Step.REMINDED, Clock.PAUSE): lambda work, ticket: ask_again(work, ticket, CLOCK),
    (Step.MOVED, Clock.PAUSE): resume,
    (Step.MOVED, Clock.REVIEW): review,
    (Step.MOVED, Clock.SILENCE): close_silently,
    (Step.RECHECKED, Clock.RECHECK): recheck,
}
"""What happens at the moments of the clocks that neither nudge nor climb."""
