"""What somebody wants, as understood, and the bare ticket that it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.store.numbers import next_no
from knowledge.store.rows.tickets import TicketRow

if TYPE_CHECKING:
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.community.tickets.ticket import Kind, Lane, State


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants, as understood; `missing` of "place" and "matter", `words` as written.

    `among` are the places of the told number, one in each of several estates; `presumed`: the place
    is only where the reporter lives.
    """

    kind: Kind
    category: str
    lane: Lane
    matter: str
    place: str | None = None
    missing: tuple[str, ...] = ()
    words: str = ""
    images: tuple[str, ...] = ()
    private: bool = False
    among: tuple[str, ...] = ()
    presumed: bool = False


def create(work: Work, who: str, chat: ChatRef, request: Request, state: State) -> TicketRow:
    """Make a ticket without a history; the first `record` puts it into the session."""
    return TicketRow(
        no=next_no(work.session),
        kind=request.kind.value,
        category=request.category,
        lane=request.lane.value,
        state=state.value,
        private=request.private,
        place_id=request.place,
        matter=request.matter,
        reporter=who,
        channel=chat.channel,
        chat_id=chat.id,
        claimants=[],
        images=list(request.images),
        rung="",
        hops=0,
        reports=1,
        length=0,
        head="",
        created_at=work.now,
    )
