"""The one place where a ticket changes: event, chain, state and clock in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from handlers.actions.relaying import relayable
from handlers.actions.tickets.wording import sheet
from handlers.phrases import tasks
from knowledge.community.days.hours import Hours
from knowledge.community.refusals import IllegalStep
from knowledge.community.roster.people import LADDER
from knowledge.community.tickets.course import UNTIMED
from knowledge.community.tickets.deed import Deed
from knowledge.community.tickets.ledger import digest, seal
from knowledge.community.tickets.ticket import CLOCK, STATE_WORDS, State, Step, may_move
from knowledge.community.tickets.timers import timers
from knowledge.store.chronicle import append_event
from knowledge.store.histories import history
from knowledge.store.tickets import enter

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

RESIDENT = "居民"
RELAYED = frozenset({Step.MOVED, Step.NOTED, Step.TRANSFERRED, Step.LANED})
"""Steps whose words somebody else reads."""


def record(
    work: Work,
    ticket: TicketRow,
    step: Step,
    actor: str,
    *,
    to: State | None = None,
    reason: str = "",
    text: str = "",
    facts: dict[str, Any] | None = None,
) -> Deed:
    """Append one event, move the ticket and set its clock anew from the whole history.

    `text` is what a person wrote (erasable), `facts` ids and words of the program. Raises
    IllegalStep, with what the ticket is now, when the table does not allow the move, NotRelayed
    for words to somebody else that ask for codes, cards or money.
    """
    origin, target = _allowed(work, ticket, step, to, text)
    salt = f"{work.chance.getrandbits(128):032x}" if text else ""
    deed = seal(
        Deed(
            no=ticket.no,
            seq=ticket.length + 1,
            at=work.now,
            step=step,
            origin=origin,
            target=target,
            actor=actor,
            role=_role(work, ticket, actor),
            channel=work.event.channel if work.event and actor != CLOCK else "",
            reason=reason,
            facts=facts or {},
            digest=digest(text, salt),
        ),
        ticket.head,
    )
    _advance(work, ticket, deed)
    _keep(work, ticket, deed, text, salt)
    return deed


def require(work: Work, ticket: TicketRow, states: Collection[State]) -> None:
    """Raise IllegalStep unless the ticket is in one of these states."""
    if ticket.state not in states:
        refuse_step(work, ticket)


def refuse_step(work: Work, ticket: TicketRow) -> NoReturn:
    """Raise IllegalStep with what the ticket is now."""
    raise IllegalStep(tasks.not_now(sheet(work, ticket), STATE_WORDS[State(ticket.state)]))


def hours(work: Work) -> Hours:
    """The service hours of the settings."""
    return Hours(*work.rules.service_hours)


def _allowed(
    work: Work, ticket: TicketRow, step: Step, to: State | None, text: str
) -> tuple[State | None, State]:
    """From which state to which it goes, if the step and its words are allowed; else raises as `record`."""
    if step in RELAYED:
        relayable(text)
    origin = State(ticket.state) if ticket.length else None
    target = to or State(ticket.state)
    if (to is not None or origin is None) and not may_move(origin, target):
        refuse_step(work, ticket)
    return origin, target


def _advance(work: Work, ticket: TicketRow, deed: Deed) -> None:
    """Let the ticket stand where the event has brought it."""
    ticket.state, ticket.length, ticket.head = deed.target.value, deed.seq, deed.hash
    if deed.step not in UNTIMED:
        _set_clock(work, ticket, deed)


def _set_clock(work: Work, ticket: TicketRow, deed: Deed) -> None:
    """Reckon the times anew from the whole history and the event that is being written."""
    past = history(work.session, ticket) if deed.seq > 1 else []
    clock = timers([*past, deed], work.calendar, hours(work))
    ticket.claim_due, ticket.solve_due = clock.claim_due, clock.solve_due
    ticket.next_at = clock.next_at


def _keep(work: Work, ticket: TicketRow, deed: Deed, text: str, salt: str) -> None:
    """Write ticket, event and words; a lost race fails here and nowhere later."""
    if deed.seq == 1:
        enter(work.session, ticket)
    else:
        work.session.flush()
    append_event(work.session, ticket.id, deed, text, salt)


def _role(work: Work, ticket: TicketRow, actor: str) -> str:
    """In which role somebody acts: as reporter, on the ladder, or as what the roster says."""
    if actor == CLOCK:
        return ""
    person = work.hood.person(actor)
    if actor == ticket.reporter or person is None:
        return RESIDENT
    held = (rung.role for rung in work.hood.chain(ticket.place_id) if rung.person == actor)
    ladder = (role for role in LADDER if person.has(role))
    return next(held, None) or next(ladder, None) or next((g.role for g in person.grants), RESIDENT)
