"""The pair of photos of a ticket, before and after, and covering one that shows too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.tickets.recording import record
from handlers.actions.tickets.standing import allowed, demand
from handlers.phrases.photos import NO_PHOTO
from knowledge.community.hood.access import Act
from knowledge.community.refusals import NotFound
from knowledge.community.tickets.ticket import Step
from knowledge.store.erasing import names_of
from knowledge.store.histories import history
from knowledge.store.rows.media import MediaRow

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def before(work: Work, ticket: TicketRow, who: str) -> list[str]:
    """Ids of the photos and voices that came with the report; a reporter sees no neighbour's."""
    if allowed(work, ticket, who, Act.MEDIA_REDACT):
        return ticket.images
    person = work.hood.person(who)
    mine = names_of(who, frozenset(person.accounts if person else ()))
    query = select(MediaRow.id).where(MediaRow.id.in_(ticket.images), MediaRow.who.not_in(mine))
    others = set(work.session.scalars(query))
    return [image for image in ticket.images if image not in others]


def after(work: Work, ticket: TicketRow) -> list[str]:
    """Ids of the photos of what was done, oldest first, without those that were covered."""
    shown: list[str] = []
    for deed in history(work.session, ticket):
        images = deed.facts.get("images")
        shown += images if isinstance(images, list) else []
        shown = [image for image in shown if image != deed.facts.get("image")]
    return shown


def redact(work: Work, ticket: TicketRow, who: str, image: str) -> None:
    """Cover a photo for everybody and for good; raises NotFound for one that is not there."""
    demand(work, ticket, who, Act.MEDIA_REDACT)
    if image not in (*ticket.images, *after(work, ticket)):
        raise NotFound(NO_PHOTO)
    ticket.images = [one for one in ticket.images if one != image]
    record(work, ticket, Step.REDACTED, who, facts={"image": image})
    row = work.session.get(MediaRow, image)
    if row is not None:
        work.session.delete(row)
