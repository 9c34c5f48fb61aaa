"""What a neighbour who joined a ticket may say after its end: it is not good here yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.assigning import next_rung
from handlers.actions.tickets.closing import REOPENABLE
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import answer, tell_handler
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.wording import sheet
from handlers.phrases import joining as phrases
from handlers.phrases import tasks
from knowledge.community.hood.access import Act
from knowledge.community.tickets.ticket import Step
from knowledge.store.histories import history
from knowledge.store.lists import reported_by

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def still_there(work: Work, ticket: TicketRow, who: str, words: str = "") -> None:
    """Count a neighbour for whom it is not solved; only the first reporter opens it again."""
    demand(work, ticket, who, Act.TICKET_READ)
    require(work, ticket, REOPENABLE)
    record(work, ticket, Step.NOTED, who, reason="邻居说没好", text=words, facts={"still": True})
    deeds = history(work.session, ticket)
    count = len({deed.actor for deed in deeds if deed.facts.get("still")})
    told, above = sheet(work, ticket), next_rung(work, ticket)
    for person_id in dict.fromkeys((ticket.owner_id, above.person if above else None)):
        tell_handler(work, ticket, person_id, tasks.still_there(told, count, words))
    answer(work, ticket, who, phrases.still_there(told, count))


def followed_done(work: Work, who: str) -> list[TicketRow]:
    """Return what a party has joined and may still say 没好 to, the newest last."""
    return [row for row in reported_by(work.session, who, REOPENABLE) if row.reporter != who]
