"""How somebody is called: by the roster, or by the name that a platform gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from knowledge.store.rows.parties import PartyNameRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.work import Work

_NAME = select(PartyNameRow.name).where(PartyNameRow.who == bindparam("who"))
"""Asked with every message of a stranger: built once."""


def call_name(work: Work, who: str) -> str:
    """Return how a party is addressed: 称呼 of the roster, else the platform's name, else ""."""
    person = work.hood.people.get(who)
    if person is not None:
        return person.called
    if ("name", who) not in work.known:
        work.known["name", who] = work.session.scalar(_NAME, {"who": who}) or ""
    return str(work.known["name", who])


def look_up_names(work: Work, parties: Iterable[str]) -> None:
    """Ask at once how all of them are called: `call_name` then asks for none of them."""
    unknown = {
        who for who in parties if who not in work.hood.people and ("name", who) not in work.known
    }
    row = PartyNameRow
    named = work.session.execute(select(row.who, row.name).where(row.who.in_(unknown)))
    work.known |= dict.fromkeys((("name", who) for who in unknown), "")
    work.known |= {("name", who): name for who, name in named}


def is_newcomer(work: Work, who: str) -> bool:
    """Whether nothing is known of somebody, not even how they are called."""
    return who not in work.hood.people and not call_name(work, who)


def remember_name(work: Work, who: str, name: str) -> None:
    """Note the display name of somebody who is not in the roster."""
    before = call_name(work, who)
    work.known["name", who] = name
    if not before:
        work.session.add(PartyNameRow(who=who, name=name))
    elif before != name:
        work.session.merge(PartyNameRow(who=who, name=name))
