"""又坏了: what was done lately and is told again is offered to be opened again, before it becomes another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.actions.menus import Choice
from handlers.actions.tickets.closing import lately_done
from handlers.actions.tickets.wording import sheet
from handlers.phrases import joining as phrases
from handlers.phrases.moments import day
from knowledge.store.chronicle import reported_words
from knowledge.store.lists import own_unfinished

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.actions.tickets.request import Request
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

BOTH = re.compile(r"又[^又，,。\s]{1,3}又")
"""又脏又臭 says nothing of an earlier time."""
AGAIN = re.compile(r"又|还是|还在|再次|再一次|老(?:毛病|问题|样子)|上[次回]|没修好|冇修好")


def says_again(words: str) -> bool:
    """Whether the words say that it is not the first time."""
    return AGAIN.search(BOTH.sub("", words)) is not None


def earlier(
    work: Work, who: str, category: str, place: str | None, *, private: bool
) -> TicketRow | None:
    """What the same person reported of this category there, and may open again; the newest."""
    done = (row for row in lately_done(work, who) if row.category == category)
    return _nearest(work, done, place, private=private)


def recurrence(work: Work, ticket: TicketRow) -> TicketRow | None:
    """The done matter of which this draft seems to be the next time."""
    if not says_again(reported_words(work.session, ticket)):
        return None
    return earlier(work, ticket.reporter, ticket.category, ticket.place_id, private=ticket.private)


def offered(work: Work, ticket: TicketRow, known: TicketRow) -> tuple[str, tuple[Choice, ...]]:
    """The question whether it is that one again, and its two answers."""
    when = day(known.filed_at or known.created_at, work.now)
    choices = (
        Choice(phrases.REDO, "ticket.redo", {"no": ticket.no, "of": known.no}),
        Choice(phrases.APART, "ticket.file", {"no": ticket.no}),
    )
    return phrases.is_it_again(sheet(work, known), when), choices


def placed(work: Work, who: str, request: Request) -> Request:
    """门禁又坏了 without a place is said of where it is, or was last time."""
    if request.missing != ("place",) or request.among or not says_again(request.words):
        return request
    known = _last_open(work, who, request) or earlier(
        work, who, request.category, request.place, private=request.private
    )
    if known is None or known.place_id is None:
        return request
    return replace(request, place=known.place_id, missing=())


def still_open(work: Work, who: str, request: Request) -> TicketRow | None:
    """The same person's open matter that these words say is still so, however long ago it was told."""
    if request.missing or request.images or not says_again(request.words):
        return None
    return _last_open(work, who, request)


def _last_open(work: Work, who: str, request: Request) -> TicketRow | None:
    mine = own_unfinished(work.session, who, request.category)
    return _nearest(work, mine, request.place, private=request.private)


def _nearest(
    work: Work, rows: Iterable[TicketRow], place: str | None, *, private: bool
) -> TicketRow | None:
    """The newest at this place, or at one inside the other; of a private one only in private."""
    near = [
        row
        for row in rows
        if row.private <= private and (place is None or _meets(work, row.place_id, place))
    ]
    return near[-1] if near else None


def _meets(work: Work, one: str | None, other: str) -> bool:
    return one is not None and (work.hood.within(one, other) or work.hood.within(other, one))
