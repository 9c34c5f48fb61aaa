"""An emergency that is told once more, by its reporter or by somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.adding import attach, pass_on
from handlers.actions.tickets.joining import join
from handlers.actions.tickets.locating import locate
from handlers.actions.tickets.speaking import tell_reporter
from handlers.phrases import safety
from knowledge.community.tickets.ticket import Lane

if TYPE_CHECKING:
    from handlers.actions.tickets.request import Request
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def once_more(
    work: Work, known: TicketRow, who: str, chat: ChatRef, request: Request, *, advice: str
) -> TicketRow:
    """The same emergency again: its reporter may bring the place, everybody else is counted."""
    place = request.place
    advice = safety.without_where(advice) if known.place_id else advice
    nearer = place != known.place_id and work.hood.within(place, known.place_id)
    if who == known.reporter and place is not None and (nearer or known.place_id is None):
        if advice:
            tell_reporter(work, known, advice)
        attach(work, known, who, request.images)
        return locate(work, known, who, place, words=request.words)
    first = advice if request.lane is Lane.P0 and request.category == known.category else ""
    heard = who == known.reporter and pass_on(work, known, who, request.words)
    return join(
        work,
        known,
        who,
        chat,
        words=request.words,
        images=request.images,
        advice=first,
        heard=heard,
        at=place,
    )
