"""Who stands how to a ticket, and the one question whether they may do something with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.accused import accused
from handlers.actions.tickets.assigned import is_assigned
from handlers.actions.tickets.assigning import community_rung
from handlers.actions.tickets.wording import person_name, rung_name
from handlers.phrases.merging import is_part_of
from handlers.phrases.tasks import NOT_YOURS, gone_on, office_decides
from handlers.phrases.tickets import NOT_THEIRS
from knowledge.community.hood.access import HELPERS, Act, Relation, may, roles_of
from knowledge.community.hood.territory import oversees, watches_over
from knowledge.community.refusals import IllegalStep, NotFound
from knowledge.community.tickets.ticket import CLOSED, STATE_WORDS, State
from knowledge.store.callbacks import is_caller
from knowledge.store.histories import history
from knowledge.store.parties import is_party
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.roster.people import Person
    from knowledge.store.rows.tickets import TicketRow

REPORTERS = frozenset(
    {
        Act.TICKET_CONFIRM,
        Act.TICKET_RATE,
        Act.TICKET_REOPEN,
        Act.TICKET_WITHDRAW,
        Act.TICKET_URGE,
        Act.TICKET_SPLIT,
        Act.MEDIA_READ,
    },
)
"""What only the first reporter may do; who merely joined a ticket may look and follow."""
HANDLING = frozenset(
    {
        Act.TICKET_CLAIM,
        Act.TICKET_TRANSFER,
        Act.TICKET_RETURN,
        Act.TICKET_PROGRESS,
        Act.TICKET_FINISH,
    }
)
"""What is done with a matter, wherever it is filed."""
OFFICE_ACTS = frozenset({Act.TICKET_WHISTLE, Act.TICKET_MERGE, Act.TICKET_END})
"""What the community decides, of whoever's ticket."""


def relations(work: Work, ticket: TicketRow, who: str) -> frozenset[Relation]:
    """How a party stands to the ticket."""
    found = set()
    if who == ticket.reporter or is_party(work.session, ticket, who):
        found.add(Relation.OWN)
    if who == ticket.owner_id or who in ticket.claimants:
        found.add(Relation.CHAIN)
    if is_assigned(work, ticket, who):
        found.add(Relation.ASSIGNED)
    if who in accused(work, ticket):
        return frozenset(found & {Relation.OWN})
    person = work.hood.person(who)
    if person is not None and oversees(person, ticket.place_id, work.hood):
        found.add(Relation.SUBTREE)
    if person is not None and watches(work, ticket, person):
        found.add(Relation.WATCH)
    if ticket.state in CLOSED and is_caller(work.session, ticket, who):
        found.add(Relation.CALLER)
    return frozenset(found)


def watches(work: Work, ticket: TicketRow, person: Person) -> bool:
    """Whether somebody keeps the 督办 list for it, or stands in for who does and is on leave."""
    absent = (work.hood.person(one) for one in sorted(work.away))
    stood_for = (one for one in absent if one is not None and one.deputy == person.id)
    return any(
        watches_over(one, ticket.place_id, work.hood) for one in (person, *stood_for) if one.active
    )


def allowed(work: Work, ticket: TicketRow, who: str, act: Act) -> bool:
    """Whether a party may do this with the ticket."""
    held = relations(work, ticket, who)
    if act in REPORTERS and who != ticket.reporter:
        held -= {Relation.OWN}
    return may(work.hood.person(who), act, held)


def demand(work: Work, ticket: TicketRow, who: str, act: Act) -> None:
    """Raise NotFound unless the party may: somebody else's ticket looks like a missing one.

    Who had it before, and every helper who may see it, is told who has it or who decides.
    """
    if act in HANDLING and ticket.state == State.CLOSED_DUPLICATE:
        _name_whole(work, ticket, who)
    if not allowed(work, ticket, who, act):
        raise NotFound(_why_not(work, ticket, who, act))


def _name_whole(work: Work, ticket: TicketRow, who: str) -> None:
    """Raise IllegalStep with the ticket that this one is a part of, where both are theirs to see."""
    numbers = [deed.facts["into"] for deed in history(work.session, ticket) if "into" in deed.facts]
    whole = by_no(work.session, int(numbers[-1])) if numbers else None
    if whole is None or not all(
        allowed(work, one, who, Act.TICKET_READ) for one in (ticket, whole)
    ):
        return
    owner = person_name(work, whole.owner_id)
    raise IllegalStep(is_part_of(ticket.no, whole.no, STATE_WORDS[State(whole.state)], owner))


def _why_not(work: Work, ticket: TicketRow, who: str, act: Act) -> str:
    owner = person_name(work, ticket.owner_id)
    if _had_it(work, ticket, who):
        return gone_on(ticket.no, owner)
    unseen = _unseen(work, who, act)
    if unseen == NOT_THEIRS or not allowed(work, ticket, who, Act.TICKET_READ):
        return unseen
    if act in OFFICE_ACTS:
        office = community_rung(work, ticket)
        return office_decides(ticket.no, rung_name(work, office) if office else "")
    return gone_on(ticket.no, owner)


def _unseen(work: Work, who: str, act: Act) -> str:
    """What is said of somebody else's as of a missing one; who has no tasks is sent to what he reported."""
    helps = roles_of(work.hood.person(who)) & HELPERS
    return NOT_YOURS if helps and act not in REPORTERS else NOT_THEIRS


def _had_it(work: Work, ticket: TicketRow, who: str) -> bool:
    """Whether it was in these hands before, and for no fault went on into others."""
    if who == ticket.owner_id or who in ticket.claimants:
        return False
    owners = (deed.facts.get("owner") for deed in history(work.session, ticket))
    return who in owners and who not in accused(work, ticket)


def find(work: Work, no: int, who: str, act: Act) -> TicketRow:
    """The ticket of that number, if the party may do this with it; else raises NotFound."""
    ticket = by_no(work.session, no)
    if ticket is None:
        raise NotFound(_unseen(work, who, act))
    demand(work, ticket, who, act)
    return ticket
