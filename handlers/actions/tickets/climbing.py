"""What happens when a promise runs out: a nudge, one rung up, the 督办 list, and urging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.overtaken import urging
from handlers.actions.tickets.adding import add
from handlers.actions.tickets.alarming import nobody_yet
from handlers.actions.tickets.assigning import (
    MAX_HOPS,
    ask,
    next_rung,
    own_words,
    rung_words,
)
from handlers.actions.tickets.overseeing import put_on_list, supervisors
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import answer, tell_everybody, tell_handler
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.tasking import push_task
from handlers.actions.tickets.whistling import climb_absent, nudge_absent
from handlers.actions.tickets.wording import sheet
from handlers.phrases import cards, nudges
from handlers.phrases import climbing as phrases
from handlers.phrases.moments import hour, when
from knowledge.community.days.zone import local
from knowledge.community.hood.access import Act
from knowledge.community.refusals import TooOften
from knowledge.community.tickets.course import Clock
from knowledge.community.tickets.ticket import ADDED, CLOCK, UNFINISHED, URGENT, Lane, Step
from knowledge.store.histories import history

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.work import Work
    from knowledge.community.hood.ladder import Rung
    from knowledge.store.rows.tickets import TicketRow

NUDGES = {
    Clock.CLAIM: nudges.nudge_claim,
    Clock.VISIT: nudges.nudge_visit,
    Clock.SOLVE: nudges.nudge_solve,
}


def nudge(work: Work, ticket: TicketRow, clock: Clock, due: datetime) -> None:
    """Half of the time is over: whoever has it is reminded in private, once."""
    record(work, ticket, Step.NUDGED, CLOCK, facts={"clock": clock.value})
    if clock is Clock.ATTEND:
        nudge_absent(work, ticket)
        return
    if ticket.owner_id is None:
        return
    urgent = Lane(ticket.lane) in URGENT
    told = sheet(work, ticket, ticket.owner_id)
    text = NUDGES[clock](told, f" {hour(due)}" if urgent else when(due, work.now))
    if clock is Clock.CLAIM:
        push_task(
            work, ticket, ticket.owner_id, text, returnable=ticket.hops < MAX_HOPS, passing=True
        )
    else:
        tell_handler(work, ticket, ticket.owner_id, text, passing=True)


def climb(work: Work, ticket: TicketRow, clock: Clock) -> None:
    """A promise is missed: the next rung is told, and the reporter too; at the top it is listed.

    An unclaimed ticket is put before the next rung; one that somebody has stays with him.
    """
    if clock is Clock.ATTEND:
        climb_absent(work, ticket)
        return
    rung = next_rung(work, ticket)
    if rung is None or rung.person is None:
        supervise(work, ticket, clock)
        return
    before = sheet(work, ticket)
    if clock is Clock.CLAIM:
        ticket.owner_id = rung.person
    elif rung.person not in ticket.claimants:
        ticket.claimants = [*ticket.claimants, rung.person]
    ticket.rung = rung.role.value
    record(
        work,
        ticket,
        Step.ESCALATED,
        CLOCK,
        facts={"clock": clock.value, "rung": ticket.rung, "owner": ticket.owner_id},
    )
    _tell_rung(work, ticket, clock, rung, before.owner)
    tell_everybody(work, ticket, _news(work, ticket, clock, rung), passing=True)


def supervise(work: Work, ticket: TicketRow, clock: Clock) -> None:
    """The top of the ladder: the ticket is put on the 督办 list."""
    watched = put_on_list(work, ticket, clock, nudges.supervise)
    if clock is Clock.CLAIM and Lane(ticket.lane) is Lane.P0:
        news = nobody_yet(work, ticket)
    else:
        news = (phrases.supervised if watched else phrases.unwatched)(sheet(work, ticket))
    tell_everybody(work, ticket, news, passing=True)


def urge(work: Work, ticket: TicketRow, who: str, words: str = "") -> None:
    """The reporter is in a hurry (催办), and may say more.

    Raises TooOften the second time on one day; more `words` are passed on all the same.
    """
    demand(work, ticket, who, Act.TICKET_URGE)
    require(work, ticket, UNFINISHED)
    if urged_today(work, ticket):
        if not words:
            raise TooOften(phrases.urged_already(sheet(work, ticket)))
        add(work, ticket, who, words)
        return
    record(work, ticket, Step.URGED, who, reason=ADDED if words else "", text=words)
    told = sheet(work, ticket)
    urged = (ticket.owner_id,) if ticket.owner_id else supervisors(work, ticket)
    for person_id in urged:
        card = nudges.urged(sheet(work, ticket, person_id), own_words(work, told, words))
        tell_handler(work, ticket, person_id, card, subject=urging(ticket.id))
    answer(work, ticket, who, (phrases.urged if urged else phrases.unwatched)(told))


def urged_today(work: Work, ticket: TicketRow) -> bool:
    """Whether the reporter has been in a hurry today: once a day is enough."""
    today = local(work.now).date()
    urged = (d.at for d in history(work.session, ticket) if d.step is Step.URGED)
    return any(local(at).date() == today for at in urged)


def _tell_rung(work: Work, ticket: TicketRow, clock: Clock, rung: Rung, owner: str) -> None:
    if rung.person is None:
        return
    if clock is Clock.CLAIM:
        ask(work, ticket, rung.person, why=cards.not_claimed(owner))
        return
    what = nudges.NOT_THERE if clock is Clock.VISIT else nudges.NOT_SOLVED
    told = sheet(work, ticket, rung.person)
    tell_handler(work, ticket, rung.person, nudges.overdue(told, what), fading=True)


def _news(work: Work, ticket: TicketRow, clock: Clock, rung: Rung) -> str:
    told, name = sheet(work, ticket), rung_words(work, rung)
    if clock is Clock.CLAIM:
        return phrases.climbed(told, name)
    if clock is Clock.VISIT:
        return phrases.climbed_visit(told, name)
    return phrases.climbed_solve(told, name)
