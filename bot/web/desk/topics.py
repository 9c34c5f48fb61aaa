"""议事: what waits for the meeting, what it decided and who sees to it, what came of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.web.forms import cleaned
from handlers.actions import topics
from handlers.phrases.topics import HIDDEN, topic_number
from knowledge.community.hood.access import HELPERS, Act, Relation, may
from knowledge.community.privacy import mask
from knowledge.community.refusals import NotFound, Refusal
from knowledge.store.topics import topics_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.community.places.places import Place
    from knowledge.community.roster.people import Person
    from knowledge.store.rows.topics import TopicRow

WAITING, UNDER_WAY, DONE, DROPPED = "待议", "已定", "办完", "不议"
_WRITTEN = re.compile("[0-9]{1,9}")
GROUPS = (WAITING, UNDER_WAY, DONE, DROPPED)


@dataclass(frozen=True, slots=True)
class Shown:
    """One topic as the visitor reads it, and what they may do with it."""

    row: TopicRow
    number: str
    group: str
    place: str
    title: str
    told: str
    decision: str
    result: str
    responsible: str
    late: bool
    mine: bool
    decides: bool
    finishes: bool
    people: tuple[tuple[str, str], ...]
    """Id and name of who can be made responsible, of the topic that is opened."""


async def show(visit: Visit) -> web.Response:
    """Show the topics of the visitor's places, the newest first, and the form for a new one."""
    return await _show(visit)


async def add(visit: Visit) -> web.Response:
    """Put a topic into the box."""
    said = await _said(visit)
    place, title, told = (said.get(name, "") for name in ("place", "title", "told"))
    return await _do(
        visit, said, lambda work: topics.raise_topic(work, visit.me.id, place, title, told)
    )


async def decide(visit: Visit) -> web.Response:
    """Write down a decision."""
    said = await _said(visit)
    made = topics.Decision(
        held_on=_date(said.get("held_on", "")),
        words=said.get("words", ""),
        responsible=said.get("responsible", ""),
        due=_date(said.get("due", "")),
    )
    return await _do(
        visit, said, lambda work: topics.decide(work, _number(visit), visit.me.id, made)
    )


async def drop(visit: Visit) -> web.Response:
    """Say why a topic will not be spoken of."""
    said = await _said(visit)
    words = said.get("reason", "")
    return await _do(
        visit, said, lambda work: topics.drop(work, _number(visit), visit.me.id, words)
    )


async def finish(visit: Visit) -> web.Response:
    """Write down what came of a decision."""
    said = await _said(visit)
    words = said.get("result", "")
    return await _do(
        visit, said, lambda work: topics.finish(work, _number(visit), visit.me.id, words)
    )


async def _do(visit: Visit, said: dict[str, str], deed: Callable[[Work], object]) -> web.Response:
    """Do it and show the list; what will not do is said above what was written."""
    try:
        await visit.act(deed)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _show(visit, refusal.say, said)
    return visit.back("/topics")


async def _show(
    visit: Visit, trouble: str = "", said: dict[str, str] | None = None
) -> web.Response:
    about = _number(visit)
    found = await visit.glance(lambda work: _rows(work, visit.me, about))
    return visit.page(
        "topics.html",
        status=409 if trouble else 200,
        groups={
            name: ones for name in GROUPS if (ones := [one for one in found if one.group == name])
        },
        places=_places(visit),
        trouble=trouble,
        said=said or {},
        about=about,
        most=topics.TITLE,
        words=topics.WORDS,
    )


def _places(visit: Visit) -> list[Place]:
    """Where the visitor may raise a topic, the nearest first."""
    near = topics.above(visit.me, visit.hood)
    found = [
        place
        for place in visit.hood.places.values()
        if place.kind in topics.LEVELS
        and (place.id in near or topics.holds_office(visit.me, place.id, visit.hood))
    ]
    return sorted(found, key=lambda place: (place.id not in near, -place.kind.depth))


def _rows(work: Work, me: Person, about: int) -> list[Shown]:
    rows = topics_at(work.session, topics.seen_by(me, work.hood))
    return [_shown(work, row, me, opened=row.id == about) for row in rows]


def _shown(work: Work, row: TopicRow, me: Person, *, opened: bool) -> Shown:
    stands, mine = topics.standing(work, row, me.id), row.raised_by == me.id
    office = Relation.SUBTREE in stands
    hidden = row.dropped and not (mine or office)
    people = topics.candidates(work.hood, row.place_id) if opened and office else ()
    decides = row.waiting and may(me, Act.TOPIC_DECIDE, stands)
    return Shown(
        row=row,
        number=topic_number(row.id),
        group=_group(row),
        place=work.hood.label(row.place_id),
        title=HIDDEN if hidden else mask(row.title),
        told="" if hidden else mask(row.told),
        decision=mask(row.decision or ""),
        result=mask(row.done_words),
        responsible=_called(work.hood.person(row.responsible)),
        late=row.under_way and row.due is not None and row.due < work.now.date(),
        mine=mine,
        decides=decides,
        finishes=row.under_way and may(me, Act.TOPIC_FINISH, stands),
        people=tuple((one.id, _called(one)) for one in people),
    )


def _group(row: TopicRow) -> str:
    if row.waiting:
        return WAITING
    if row.dropped:
        return DROPPED
    return UNDER_WAY if row.under_way else DONE


def _called(person: Person | None) -> str:
    """Role and 称呼: 邻长张师傅; the role once only."""
    if person is None:
        return ""
    role = next((grant.role.value for grant in person.grants if grant.role in HELPERS), "")
    return person.called if role in person.called else f"{role}{person.called}"


async def _said(visit: Visit) -> dict[str, str]:
    form = await visit.request.post()
    return {name: cleaned(value) for name, value in form.items() if isinstance(value, str)}


def _number(visit: Visit) -> int:
    """The topic that is written about or opened, 0 for none."""
    said = visit.request.match_info.get("topic") or visit.request.query.get("about", "")
    return int(said) if _WRITTEN.fullmatch(said) else 0


def _date(said: str) -> date:
    """The day of a form; one that no meeting is held on where it is none."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return date.min
