"""又坏了: what was done lately and is told again is offered to be opened again, before it becomes another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from handlers.actions.menus import Choice
from handlers.actions.tickets.closing import lately_done
from handlers.actions.tickets.speaking import asking_chat, chat_of
from handlers.actions.tickets.wording import sheet
from handlers.messages import ChatKind
from handlers.phrases import joining as phrases
from handlers.phrases.moments import day
from knowledge.community.tickets.categories import are_alike
from knowledge.store.lists import own_unfinished

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.actions.tickets.request import Request
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

BOTH = re.compile(r"又[^又，,。\s]{1,3}又")
"""又脏又臭 says nothing of an earlier time."""
AGAIN = re.compile(r"又|还是|还在|再次|再一次|老(?:毛病|问题|样子)|上[次回]|没修好|冇修好")


class Told(NamedTuple):
    """What is told, as far as an earlier matter may be the same."""

    category: str
    matter: str
    place: str | None
    private: bool


def says_again(words: str) -> bool:
    """Whether the words say that it is not the first time."""
    return AGAIN.search(BOTH.sub("", words)) is not None


def recurrence(work: Work, ticket: TicketRow, words: str) -> TicketRow | None:
    """The done matter of which this draft, told in these words, seems to be the next time."""
    if not says_again(words):
        return None
    told = Told(ticket.category, ticket.matter, ticket.place_id, ticket.private)
    return _lately(work, ticket.reporter, told)


def offered(work: Work, ticket: TicketRow, known: TicketRow) -> tuple[str, tuple[Choice, ...]]:
    """The question whether it is that one again, and its two answers.

    Of what was told elsewhere a group reads only the number.
    """
    choices = (
        Choice(phrases.REDO, "ticket.redo", {"no": ticket.no, "of": known.no}),
        Choice(phrases.APART, "ticket.file", {"no": ticket.no}),
    )
    told, chat = sheet(work, known), asking_chat(work, ticket)
    if chat.kind is ChatKind.GROUP and chat != chat_of(known):
        return phrases.is_that_it_again(told), choices
    return phrases.is_it_again(told, day(known.filed_at or known.created_at, work.now)), choices


def placed(work: Work, who: str, request: Request) -> Request:
    """门禁又坏了 without a place is said of where it is, or was last time."""
    if request.missing != ("place",) or request.among or not says_again(request.words):
        return request
    told = _told(request)
    known = _last_open(work, who, told) or _lately(work, who, told)
    if known is None or known.place_id is None:
        return request
    return replace(request, place=known.place_id, missing=())


def still_open(work: Work, who: str, request: Request) -> TicketRow | None:
    """The same person's open matter that these words say is still so, however long ago it was told."""
    if request.missing or request.images or not says_again(request.words):
        return None
    return _last_open(work, who, _told(request))


def _told(request: Request) -> Told:
    return Told(request.category, request.matter, request.place, request.private)


def _last_open(work: Work, who: str, told: Told) -> TicketRow | None:
    return _nearest(work, own_unfinished(work.session, who, told.category), told)


def _lately(work: Work, who: str, told: Told) -> TicketRow | None:
    """What the same person reported of this category there, and may open again; the newest."""
    done = (row for row in lately_done(work, who) if row.category == told.category)
    return _nearest(work, done, told)


def _nearest(work: Work, rows: Iterable[TicketRow], told: Told) -> TicketRow | None:
    """The newest like it at its place, or at one inside the other; of a private one only in private."""
    near = [
        row
        for row in rows
        if row.private <= told.private
        and are_alike(told.category, row.matter, told.matter)
        and (told.place is None or _meets(work, row.place_id, told.place))
    ]
    return near[-1] if near else None


def _meets(work: Work, one: str | None, other: str) -> bool:
    return one is not None and (work.hood.within(one, other) or work.hood.within(other, one))
