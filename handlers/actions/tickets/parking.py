"""挂账 and the ends without a result: not now, not ours, not possible; each with its reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from handlers.actions.menus import LONG, Choice, close_menus, offer
from handlers.actions.overtaken import take_back
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, tell_chat
from handlers.actions.tickets.assigning import community_rung
from handlers.actions.tickets.recording import hours, record, require
from handlers.actions.tickets.speaking import answer, tell_everybody, tell_handler
from handlers.actions.tickets.standing import allowed, demand
from handlers.actions.tickets.waiting import stop_waiting
from handlers.actions.tickets.wording import person_name, sheet
from handlers.phrases import parking as phrases
from knowledge.community.hood.access import Act
from knowledge.community.refusals import IllegalStep, Unclear
from knowledge.community.tickets.promise import Limit, span
from knowledge.community.tickets.ticket import CLOCK, UNFINISHED, State, Step
from knowledge.store.histories import history
from knowledge.store.histories import words as words_of

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def park(work: Work, ticket: TicketRow, who: str, day: date | None, words: str) -> None:
    """Put it off until `day` with the reason in words; without the office's right, ask for it.

    Raises Unclear without a day in reach or without a reason.
    """
    demand(
        work, ticket, who, Act.TICKET_PROGRESS if _handles(work, ticket, who) else Act.TICKET_PARK
    )
    require(work, ticket, UNFINISHED - {State.PARKED})
    at = _review_at(work, day)
    if at is None or not words.strip():
        raise Unclear(phrases.HOW)
    if at - work.now > span(Limit.REVIEW):
        raise Unclear(phrases.TOO_LONG)
    if not allowed(work, ticket, who, Act.TICKET_PARK):
        _ask_office(work, ticket, who, at, words)
        return
    _put_off(work, ticket, who, at, words)
    answer(work, ticket, who, phrases.noted(sheet(work, ticket), at.date()))


def agree(work: Work, ticket: TicketRow, who: str, seq: int) -> None:
    """The office agrees to what was asked for in event `seq`."""
    demand(work, ticket, who, Act.TICKET_PARK)
    require(work, ticket, UNFINISHED - {State.PARKED})
    asked = _asked(work, ticket, seq)
    if asked <= work.now:
        raise IllegalStep(phrases.HOW)
    said = words_of(work.session, ticket).get(seq, "")
    _put_off(work, ticket, who, asked, said)
    answer(work, ticket, who, phrases.noted(sheet(work, ticket), asked.date()))


def decline(work: Work, ticket: TicketRow, who: str) -> None:
    """The office wants it done now."""
    demand(work, ticket, who, Act.TICKET_PARK)
    require(work, ticket, UNFINISHED - {State.PARKED})
    record(work, ticket, Step.NOTED, who, reason="不同意挂账")
    told = sheet(work, ticket)
    tell_handler(work, ticket, ticket.owner_id, phrases.declined(told, person_name(work, who)))
    answer(work, ticket, who, phrases.answered(told))


def review(work: Work, ticket: TicketRow) -> None:
    """The day has come: the clocks go on, owner and office look at it again."""
    record(work, ticket, Step.MOVED, CLOCK, to=State.ACCEPTED, reason="挂账到期")
    told, office = sheet(work, ticket), community_rung(work, ticket)
    for person_id in dict.fromkeys((ticket.owner_id, office.person if office else None)):
        tell_handler(work, ticket, person_id, phrases.review(told))
    tell_everybody(work, ticket, phrases.review_told(told))


def reject(work: Work, ticket: TicketRow, who: str, words: str) -> None:
    """不予受理: out of our hands; the words say whose it is. Raises Unclear without them."""
    _end(work, ticket, who, State.CLOSED_REJECTED, words)
    tell_everybody(work, ticket, phrases.rejected(sheet(work, ticket), words))


def give_up(work: Work, ticket: TicketRow, who: str, words: str) -> None:
    """无法解决·已解释: it cannot be done; the words say why. Raises Unclear without them."""
    _end(work, ticket, who, State.CLOSED_UNABLE, words)
    tell_everybody(work, ticket, phrases.unable(sheet(work, ticket), words))


def _end(work: Work, ticket: TicketRow, who: str, to: State, words: str) -> None:
    demand(work, ticket, who, Act.TICKET_END)
    require(work, ticket, UNFINISHED)
    if not words.strip():
        raise Unclear(phrases.WHY_NEEDED)
    record(work, ticket, Step.MOVED, who, to=to, text=words)
    take_back(work, ticket.id)
    close_menus(work, ticket.id)
    stop_waiting(work, ticket)
    told = sheet(work, ticket)
    if ticket.owner_id != who:
        tell_handler(work, ticket, ticket.owner_id, phrases.ended(told))
    answer(work, ticket, who, phrases.ended(told))


def _handles(work: Work, ticket: TicketRow, who: str) -> bool:
    return allowed(work, ticket, who, Act.TICKET_PROGRESS)


def _review_at(work: Work, day: date | None) -> datetime | None:
    """The opening hour of the day, if it is still to come."""
    if day is None:
        return None
    at = hours(work).opening(day)
    return at if at > work.now else None


def _put_off(work: Work, ticket: TicketRow, who: str, at: datetime, words: str) -> None:
    record(
        work,
        ticket,
        Step.MOVED,
        who,
        to=State.PARKED,
        text=words,
        facts={"review": at.isoformat(), "consent": who},
    )
    take_back(work, ticket.id)
    told = sheet(work, ticket)
    if ticket.owner_id != who:
        tell_handler(work, ticket, ticket.owner_id, phrases.noted(told, at.date()))
    tell_everybody(work, ticket, phrases.parked(told, words, at.date()))


def _ask_office(work: Work, ticket: TicketRow, who: str, at: datetime, words: str) -> None:
    rung = community_rung(work, ticket)
    chat = private_chat(work, rung.person, task=True) if rung and rung.person else None
    if rung is None or rung.person is None or chat is None:
        raise IllegalStep(phrases.HOW)
    deed = record(
        work,
        ticket,
        Step.NOTED,
        who,
        reason="申请挂账",
        text=words,
        facts={"until": at.isoformat()},
    )
    args = {"no": ticket.no, "seq": deed.seq}
    choices = (
        Choice(phrases.AGREE, "ticket.park", args),
        Choice(phrases.DECLINE, "ticket.unpark", args),
    )
    buttons = offer(work, chat, rung.person, choices, ticket_id=ticket.id, lasts=LONG)
    told = sheet(work, ticket)
    card = sheet(work, ticket, rung.person)
    text = phrases.asked(card, person_name(work, who), words, at.date())
    tell_chat(work, chat, text, buttons=buttons, about=About(ticket.id, ticket.lane))
    answer(work, ticket, who, phrases.sent_up(told, person_name(work, rung.person)))


def _asked(work: Work, ticket: TicketRow, seq: int) -> datetime:
    """Until when it was asked to be put off; raises IllegalStep where nothing was asked."""
    found = next((deed for deed in history(work.session, ticket) if deed.seq == seq), None)
    if found is None or "until" not in found.facts:
        raise IllegalStep(phrases.HOW)
    return datetime.fromisoformat(str(found.facts["until"]))
