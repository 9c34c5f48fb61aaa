"""Who has it: take, pass on by name, hand back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.names import call_name
from handlers.actions.overtaken import hand_over, knows_nothing, take_back
from handlers.actions.tickets.accused import accused
from handlers.actions.tickets.addressee import find_person
from handlers.actions.tickets.assigning import (
    MAX_HOPS,
    ask,
    ask_unheard,
    community_rung,
    contact_words,
    heard_at,
    next_rung,
)
from handlers.actions.tickets.giving import give
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import answer, tell_everybody, tell_handler
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.tasking import answer_handler
from handlers.actions.tickets.wording import person_name, role_on_chain, sheet
from handlers.messages import ChatKind
from handlers.phrases import cards, claiming
from handlers.phrases import tickets as phrases
from handlers.phrases.moments import hour
from knowledge.community.hood.access import Act
from knowledge.community.hood.territory import leads
from knowledge.community.refusals import AlreadyTaken, IllegalStep, Unclear
from knowledge.community.tickets.ticket import (
    UNFINISHED,
    URGENT,
    WAITING_FOR_CLAIM,
    WORKING,
    Lane,
    State,
    Step,
)
from knowledge.store.histories import history

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.hood.ladder import Rung
    from knowledge.store.rows.tickets import TicketRow


def accept(work: Work, ticket: TicketRow, who: str) -> None:
    """Take a ticket: the first one wins, whoever comes later is told who has it.

    Raises AlreadyTaken, or IllegalStep when it is over.
    """
    demand(work, ticket, who, Act.TICKET_CLAIM)
    if ticket.state in WORKING:
        told = sheet(work, ticket)
        mine = ticket.owner_id == who
        raise AlreadyTaken(claiming.taken_by_you(told) if mine else claiming.already_taken(told))
    require(work, ticket, WAITING_FOR_CLAIM)
    contact = contact_words(work, ticket, heard_at(work, ticket))
    unheard = take_back(work, ticket.id)
    take(work, ticket, who)
    told = sheet(work, ticket)
    if Lane(ticket.lane) in URGENT:
        news = phrases.taken_urgently(told, hour(work.now))
    else:
        news = phrases.taken(told, contact)
    tell_everybody(work, ticket, news)
    answer_handler(work, ticket, who, claiming.accepted(told, details(work, ticket, who)))
    for person_id in ticket.claimants:
        if person_id != who and not knows_nothing(work, ticket.id, person_id, unheard):
            news = claiming.already_taken(told)
            tell_handler(work, ticket, person_id, news, fading=True, instead=True)


def step_in(work: Work, ticket: TicketRow, who: str) -> None:
    """Take a ticket, also one of their own places that was put before others: the first one wins.

    What is told in private is taken by nobody but those who were asked.
    """
    person = work.hood.person(who)
    waiting = ticket.state in WAITING_FOR_CLAIM and not ticket.private
    near = person is not None and leads(person, ticket.place_id, work.hood)
    if waiting and near and who not in accused(work, ticket) and who not in ticket.claimants:
        ticket.claimants = [*ticket.claimants, who]
    accept(work, ticket, who)


def take(work: Work, ticket: TicketRow, who: str) -> None:
    """Make somebody the one who has it, without telling anybody."""
    ticket.owner_id = who
    ticket.rung = role_on_chain(work, ticket, who) or ticket.rung
    if who not in ticket.claimants:
        ticket.claimants = [*ticket.claimants, who]
    record(
        work,
        ticket,
        Step.MOVED,
        who,
        to=State.ACCEPTED,
        facts={"owner": who, "rung": ticket.rung},
    )


def details(work: Work, ticket: TicketRow, for_person: str) -> str:
    """Where phone and door are, for the assigned chain only; never said in a group."""
    demand(work, ticket, for_person, Act.TICKET_DETAILS)
    told = sheet(work, ticket)
    if work.rules.page_url:
        return claiming.details_link(told, f"{work.rules.page_url}/t/{told.number}")
    person = work.hood.person(ticket.reporter)
    if person is None or (work.chat is not None and work.chat.kind is ChatKind.GROUP):
        return ""
    return claiming.details(told, person.phone, person.door)


def transfer(work: Work, ticket: TicketRow, who: str, name: str) -> None:
    """Pass a ticket on to somebody by name (or person id); raises Unclear for nobody or several."""
    demand(work, ticket, who, Act.TICKET_TRANSFER)
    require(work, ticket, UNFINISHED)
    if not name.strip():
        answer(work, ticket, who, claiming.ask_name(sheet(work, ticket)))
        return
    person = find_person(work, ticket, name)
    _refuse_same(work, ticket, who, person.id)
    was_taken = ticket.state not in WAITING_FOR_CLAIM
    give(work, ticket, person.id, by=who, anew=True)
    ask(work, ticket, person.id, why=cards.handed_on(call_name(work, who)))
    told = sheet(work, ticket)
    if was_taken:
        tell_everybody(work, ticket, phrases.handed_on(told))
    answer(work, ticket, who, claiming.transferred(told))


def _refuse_same(work: Work, ticket: TicketRow, who: str, person_id: str) -> None:
    """Passing on changes who has it; raises Unclear when it would not."""
    told, held = sheet(work, ticket), person_id == ticket.owner_id
    if person_id == who:
        taken = held and ticket.state in WORKING
        raise Unclear(claiming.taken_by_you(told) if taken else claiming.not_to_oneself(told))
    if held:
        raise Unclear(claiming.has_it(told))


def refuse(work: Work, ticket: TicketRow, who: str, reason: str) -> None:
    """Hand a ticket back (退单): the next rung decides; after two times the community does.

    Who was only asked beside its owner leaves it to them. Raises IllegalStep when nobody above could
    take it.
    """
    demand(work, ticket, who, Act.TICKET_RETURN)
    if ticket.state in WAITING_FOR_CLAIM and ticket.owner_id not in (None, who):
        _decline(work, ticket, who, reason)
        return
    final = ticket.hops >= MAX_HOPS
    rung = community_rung(work, ticket) if final else _above(work, ticket, who)
    if rung is None or rung.person is None or rung.person == who:
        raise IllegalStep(claiming.cannot_return(sheet(work, ticket)))
    waited = ticket.state in WAITING_FOR_CLAIM
    unheard = take_back(work, ticket.id)
    hand_over(work, ticket.id, ticket.owner_id, rung.person)
    ticket.claimants = [p for p in ticket.claimants if p != who]
    if final:
        _fix(work, ticket, who, rung)
        return
    ticket.hops += 1
    ticket.owner_id, ticket.rung = rung.person, rung.role.value
    record(
        work,
        ticket,
        Step.MOVED,
        who,
        to=State.RETURNED,
        reason="退单",
        text=reason,
        facts={"owner": rung.person, "rung": ticket.rung, "hops": ticket.hops},
    )
    ask(work, ticket, rung.person, why=cards.handed_back(person_name(work, who), reason))
    if waited:
        ask_unheard(work, ticket, unheard, who)
    answer(work, ticket, who, claiming.returned(sheet(work, ticket)))


def _decline(work: Work, ticket: TicketRow, who: str, reason: str) -> None:
    record(work, ticket, Step.NOTED, who, reason="不接", text=reason)
    ticket.claimants = [person for person in ticket.claimants if person != who]
    answer(work, ticket, who, claiming.declined(sheet(work, ticket)))


def _above(work: Work, ticket: TicketRow, who: str) -> Rung | None:
    """The next rung, none of those who have handed it back themselves."""
    moves = (deed for deed in history(work.session, ticket) if deed.moves)
    before = frozenset(deed.actor for deed in moves if deed.target is State.RETURNED)
    return next_rung(work, ticket, role_on_chain(work, ticket, who) or None, besides=before)


def _fix(work: Work, ticket: TicketRow, who: str, rung: Rung) -> None:
    """The community has to name the owner: no third 退单."""
    ticket.owner_id, ticket.rung = rung.person, rung.role.value
    record(
        work,
        ticket,
        Step.TRANSFERRED,
        who,
        to=None if ticket.state in WAITING_FOR_CLAIM else State.NEW,
        reason="首接负责",
        facts={"owner": rung.person, "rung": ticket.rung},
    )
    ask(work, ticket, rung.person or who, why=cards.FIX_OWNER)
    answer(work, ticket, who, claiming.returned_too_often(sheet(work, ticket)))
