"""Tickets by number or by words: what somebody asks about on the phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from knowledge.community.tickets.categories import all_categories
from knowledge.community.tickets.ticket import DRAFTS, STATE_WORDS
from knowledge.store.rows.tickets import TicketRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from handlers.reporting.scope import Scope
    from knowledge.community.hood.neighbourhood import Neighbourhood

MOST_WORDS = 5
"""Of a search: each asks for every place that it may mean."""
_NUMBER = re.compile(r"#?\s*(\d{1,9})", re.ASCII)


def number_in(said: str) -> int | None:
    """The ticket number that is all of `said`: 127, 0127, #0127; None for other words."""
    found = _NUMBER.fullmatch(said.strip())
    return int(found[1]) if found else None


def search(
    session: Session, scope: Scope, hood: Neighbourhood, said: str, *, most: int
) -> list[int]:
    """The numbers in which every word of `said` is in the matter, its kind, place or state, the newest first.

    What is private is found by its number only: words would tell what it is about.
    """
    query = (
        select(TicketRow.no)
        .where(TicketRow.private.is_(False), TicketRow.state.not_in(DRAFTS))
        .where(*(_has(word, hood) for word in said.split()[:MOST_WORDS]))
        .order_by(TicketRow.no.desc())
        .limit(most)
    )
    if scope.ids is not None:
        query = query.where(TicketRow.place_id.in_(scope.ids))
    return list(session.scalars(query))


def _has(word: str, hood: Neighbourhood) -> ColumnElement[bool]:
    before = "(?<![0-9])" if word[0].isdigit() else ""  # 3栋 is neither 13栋 nor 23栋
    named = re.compile(before + re.escape(word), re.IGNORECASE)
    places = [one for one in hood.places if named.search(_full_name(hood, one))]
    states = [state for state, name in STATE_WORDS.items() if word in name]
    kinds = [one.code for one in all_categories() if word in one.name]
    return or_(
        TicketRow.matter.icontains(word, autoescape=True),
        TicketRow.place_id.in_(places),
        TicketRow.state.in_(states),
        TicketRow.category.in_(kinds),
    )


def _full_name(hood: Neighbourhood, place_id: str) -> str:
    estate = hood.estate(place_id)
    return f"{estate.name if estate else ''}{hood.label(place_id)}"
