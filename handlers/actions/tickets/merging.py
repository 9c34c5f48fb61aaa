"""并单 by the office, and the exact way back: a ticket split off goes on as if it had never gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from handlers.actions.menus import close_menus
from handlers.actions.tickets.adding import attach
from handlers.actions.tickets.entering import enter, receipt, summon
from handlers.actions.tickets.joining import succeed
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.request import Request, create
from handlers.actions.tickets.speaking import answer, tell_everybody, tell_handler
from handlers.actions.tickets.standing import allowed, demand, find
from handlers.actions.tickets.waiting import stop_waiting
from handlers.actions.tickets.wording import sheet
from handlers.messages import ChatRef
from handlers.phrases import merging as phrases
from handlers.phrases import tasks
from handlers.phrases.tickets import NOT_THEIRS
from knowledge.community.hood.access import Act
from knowledge.community.refusals import IllegalStep, NotFound, Unclear
from knowledge.community.tickets.ticket import (
    SPLIT_OFF,
    STATE_WORDS,
    UNFINISHED,
    Kind,
    Lane,
    State,
    Step,
)
from knowledge.store.histories import history, words
from knowledge.store.parties import add_party, is_party, parties
from knowledge.store.rows.tickets import TicketPartyRow
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.tickets.deed import Deed
    from knowledge.store.rows.tickets import TicketRow

SPLITTABLE = frozenset({State.CLOSED_DUPLICATE})


def fold(work: Work, ticket: TicketRow, who: str, into_no: int | None) -> None:
    """Make a ticket a part of another one, which takes over all who wait for it.

    Raises Unclear without the other number, IllegalStep for one that cannot hold it.
    """
    demand(work, ticket, who, Act.TICKET_MERGE)
    require(work, ticket, UNFINISHED)
    if into_no is None:
        raise Unclear(phrases.HOW)
    into = _other(work, ticket, who, into_no)
    told = sheet(work, ticket)
    tell_everybody(work, ticket, phrases.merged(told, sheet(work, into)))
    if ticket.owner_id not in (who, into.owner_id):
        tell_handler(work, ticket, ticket.owner_id, phrases.merged(told, sheet(work, into)))
    added = _move_parties(work, ticket, into)
    facts = {"into": into.no, "added": added}
    record(work, ticket, Step.MOVED, who, to=State.CLOSED_DUPLICATE, reason="并单", facts=facts)
    close_menus(work, ticket.id)
    stop_waiting(work, ticket)
    record(work, into, Step.NOTED, who, reason="并单", facts={"from": ticket.no, "added": added})
    attach(work, into, ticket.reporter, tuple(ticket.images), by=who)
    answer(work, ticket, who, phrases.merged_here(told, sheet(work, into), into.reports))


def _other(work: Work, ticket: TicketRow, who: str, no: int) -> TicketRow:
    """The one that another is to be a part of.

    Raises NotFound for one that is not there or that they may not see, IllegalStep where it cannot
    hold it.
    """
    into = by_no(work.session, no)
    if into is None or not allowed(work, into, who, Act.TICKET_READ):
        raise NotFound(phrases.no_other(no))
    demand(work, into, who, Act.TICKET_MERGE)
    told = sheet(work, into)
    if into.id == ticket.id:
        raise IllegalStep(phrases.into_itself(told))
    if into.state not in UNFINISHED:
        raise IllegalStep(phrases.other_is_over(told, STATE_WORDS[State(into.state)]))
    if ticket.private or into.private:
        raise IllegalStep(phrases.in_private(sheet(work, ticket)))
    return into


def split(work: Work, ticket: TicketRow, who: str) -> None:
    """Take a ticket out of the one that it was merged into: state, clock and people as before."""
    demand(work, ticket, who, Act.TICKET_SPLIT)
    require(work, ticket, SPLITTABLE)
    merged = _merging(work, ticket)
    into = by_no(work.session, int(merged.facts["into"]))
    if into is None:
        raise NotFound(NOT_THEIRS)
    if into.state == State.CLOSED_DUPLICATE:
        raise IllegalStep(phrases.first_split(sheet(work, into)))
    _take_out(work, ticket, into, who, [str(one) for one in merged.facts.get("added", ())])
    _go_on(work, ticket, who, merged.origin or State.NEW)
    answer(work, ticket, who, phrases.split_here(sheet(work, ticket), sheet(work, into)))


def separate(work: Work, no: int, who: str) -> None:
    """拆单 as somebody says it: of a ticket that was merged, or a neighbour of one he was counted in."""
    ticket = by_no(work.session, no)
    if ticket is not None and ticket.state in UNFINISHED and is_party(work.session, ticket, who):
        _stand_alone(work, ticket, who)
    else:
        split(work, find(work, no, who, Act.TICKET_SPLIT), who)


def _stand_alone(work: Work, ticket: TicketRow, who: str) -> None:
    """Give a neighbour who was counted a request of his own, in his own words; the others stay."""
    party = next(one for one in parties(work.session, ticket) if one.who == who)
    said = [deed for deed in history(work.session, ticket) if deed.actor == who]
    written = words(work.session, ticket)
    told = next((written[deed.seq] for deed in said if deed.seq in written), "")
    beside = (deed.facts["building"] for deed in said if "building" in deed.facts)
    chat = ChatRef(party.channel, party.chat_id)
    _take_out(work, None, ticket, who, [who])
    asked = Request(
        kind=Kind(ticket.kind),
        category=ticket.category,
        lane=Lane(ticket.lane),
        matter=ticket.matter,
        place=next(beside, ticket.place_id),
        private=ticket.private,
    )
    own = create(work, who, chat, asked, State.NEW)
    enter(work, own, who, told)
    summon(work, own, told)
    receipt(work, own)


def _move_parties(work: Work, ticket: TicketRow, into: TicketRow) -> list[str]:
    """Count everybody who waits for the one among those who wait for the other; who is new."""
    waiting = [(ticket.reporter, (ticket.channel, ticket.chat_id))]
    waiting += [(one.who, (one.channel, one.chat_id)) for one in parties(work.session, ticket)]
    added = [
        who
        for who, chat in waiting
        if who != into.reporter and add_party(work.session, into, who, chat, work.now)
    ]
    into.reports += len(added)
    return added


def _merging(work: Work, ticket: TicketRow) -> Deed:
    """The event by which the ticket became a part of another one."""
    moves = [deed for deed in history(work.session, ticket) if deed.moves]
    if "into" not in moves[-1].facts:
        raise NotFound(NOT_THEIRS)
    return moves[-1]


def _take_out(
    work: Work, ticket: TicketRow | None, into: TicketRow, who: str, added: list[str]
) -> None:
    """Count those who came along no longer; one who has become the reporter is followed by the next."""
    gone = delete(TicketPartyRow).where(
        TicketPartyRow.ticket_id == into.id, TicketPartyRow.who.in_(added)
    )
    into.reports -= len(work.session.execute(gone.returning(TicketPartyRow.id)).all())
    facts: dict[str, object] = {"gone": added}
    if ticket is not None:
        facts["split"] = ticket.no
        into.images = [image for image in into.images if image not in ticket.images]
    record(work, into, Step.NOTED, who, reason=SPLIT_OFF, facts=facts)
    if into.reporter in added and into.state in UNFINISHED:
        _leave_to_the_others(work, into, who)


def _leave_to_the_others(work: Work, ticket: TicketRow, who: str) -> None:
    """Of a reporter who came along and stayed alone: the next takes it on, or it is taken back."""
    left = parties(work.session, ticket)
    if left:
        succeed(work, ticket, left[0], who)
        return
    record(work, ticket, Step.MOVED, who, to=State.CLOSED_WITHDRAWN, reason=SPLIT_OFF)
    close_menus(work, ticket.id)
    stop_waiting(work, ticket)
    tell_handler(work, ticket, ticket.owner_id, tasks.withdrawn(sheet(work, ticket)))


def _go_on(work: Work, ticket: TicketRow, who: str, before: State) -> None:
    """Back to the state before; what had been a draft becomes a request of its own."""
    if before is State.DRAFT:
        enter(work, ticket, who)
        summon(work, ticket)
        receipt(work, ticket)
        return
    record(work, ticket, Step.SPLIT, who, to=before, reason=SPLIT_OFF)
    told = sheet(work, ticket)
    tell_everybody(work, ticket, phrases.split(told))
    if ticket.owner_id != who:
        tell_handler(work, ticket, ticket.owner_id, phrases.split(told))
