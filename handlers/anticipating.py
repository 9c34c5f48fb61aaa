"""What the reports of a batch will ask of the records about others like them, asked at once.

A guess that proves wrong costs nothing but the asking: whoever was not foreseen asks by himself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.findings import inside_building
from handlers.actions.tickets.joining import around_place
from handlers.intents.calling import uncalled
from handlers.intents.placing import spot_of
from handlers.intents.plain import plain
from handlers.intents.read import read_plain
from handlers.messages import ChatKind
from knowledge.community.tickets.promise import Limit, span
from knowledge.store.numbers import reserve
from knowledge.store.soundings import Likely, sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from handlers.messages import Event
    from handlers.work import Work


def anticipate(session: Session, works: Sequence[Work]) -> None:
    """Find out where several reports have no company, and reserve their numbers."""
    likely = [one for work in works if work.event and (one := _likely(work, work.event))]
    if len(likely) > 1:
        sound(session, likely, works[0].now - span(Limit.RECURRENCE))
        reserve(session, len(likely))


def _likely(work: Work, event: Event) -> Likely | None:
    """The report that an event will probably become, if it names matter and place."""
    group = work.hood.chat(event.channel, event.chat.id)
    if event.chat.kind is ChatKind.GROUP and group is None:
        return None
    text = uncalled(event.text, work.rules.names).strip()
    reading = read_plain(work.hood.names.unnamed(plain(text)))
    if reading.category is None or reading.asks:
        return None
    scope = group.scope or None if group else None
    person = work.hood.by_account(event.channel, event.sender)
    place = spot_of(text, work.hood, scope, person).place
    if place is None:
        return None
    code = reading.category.code
    turn, places = around_place(work, code, reading.matter, place)
    who = work.hood.party(event.channel, event.sender)
    return Likely(who, code, turn, tuple({*places, *inside_building(work, place)}))
