"""The leader's desk: one task a card, everything but the note without a keyboard."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.web.desk.tasks import MOST, sections, task_of
from bot.web.forms import check_length, cleaned
from bot.web.photos import keep_all, photos_of
from handlers.actions.notices.receipts import not_yet_answered
from handlers.actions.tickets.claiming import accept, refuse, transfer
from handlers.actions.tickets.standing import find
from handlers.actions.tickets.working import finish
from handlers.phrases.claiming import REASONS
from knowledge.community.hood.access import HELPERS, Act, Relation
from knowledge.community.refusals import NotFound, Refusal, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from bot.web.desk.tasks import Section, Task
    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.community.roster.people import Person
    from knowledge.store.rows.tickets import TicketRow

    Deed = Callable[[Work, TicketRow, str], None]

NO_NOTES: Mapping[int, str] = MappingProxyType({})
ALL = 10_000
NEAREST = 8
"""Most people offered at once for passing a task on."""


async def desk(visit: Visit) -> web.Response:
    """Show the tasks of the signed-in helper."""
    return await _desk(visit)


async def take(visit: Visit) -> web.Response:
    """接单."""
    return await _do(visit, Act.TICKET_CLAIM, accept)


async def pass_on(visit: Visit) -> web.Response:
    """转给别人: to the person whose button was pressed."""
    to = str((await visit.request.post()).get("person", ""))
    return await _do(
        visit,
        Act.TICKET_TRANSFER,
        lambda work, row, who: transfer(work, row, who, to),
        _from(visit),
    )


async def hand_back(visit: Visit) -> web.Response:
    """不归我管: with the reason whose button was pressed."""
    said = str((await visit.request.post()).get("reason", ""))
    reason = said if said in REASONS else REASONS[0]
    return await _do(
        visit, Act.TICKET_RETURN, lambda work, row, who: refuse(work, row, who, reason)
    )


async def done(visit: Visit) -> web.Response:
    """办结: with a note and photos, both optional; what cannot be taken leaves the note there."""
    note = cleaned(str((await visit.request.post()).get("note", "")))
    no = _number(visit)
    await visit.glance(lambda work: find(work, no, visit.me.id, Act.TICKET_FINISH).no)
    try:
        check_length(note)
        images = await keep_all(visit, await photos_of(visit))
    except Unreadable as refusal:
        return await _desk(visit, refusal.say, status=409, notes={no: note})
    return await _do(
        visit, Act.TICKET_FINISH, lambda work, row, who: finish(work, row, who, note, images)
    )


async def choose_person(visit: Visit) -> web.Response:
    """Show the people to whom the task can be passed on, the nearest first."""
    task, people = await visit.glance(
        lambda work: _with_people(work, _find(visit, work, Act.TICKET_TRANSFER), visit.me.id)
    )
    return visit.page("desk_transfer.html", task=task, people=people, back=_from(visit))


async def choose_reason(visit: Visit) -> web.Response:
    """Show the reasons for handing the task back."""
    task = await visit.glance(
        lambda work: task_of(work, _find(visit, work, Act.TICKET_RETURN), visit.me.id)
    )
    return visit.page("desk_return.html", task=task, reasons=REASONS)


async def _desk(
    visit: Visit, trouble: str = "", status: int = 200, notes: Mapping[int, str] = NO_NOTES
) -> web.Response:
    leads = visit.can(Act.NEIGHBOURS_READ, frozenset({Relation.SUBTREE}))

    most = ALL if "all" in visit.request.query else MOST

    def look(work: Work) -> tuple[list[Section], int]:
        silent = not_yet_answered(work, visit.me) if leads else []
        return sections(work, visit.me.id, most), sum(one.households for one in silent)

    found, missing = await visit.glance(look)
    return visit.page(
        "desk.html",
        status=status,
        sections=found,
        trouble=trouble,
        notes=notes,
        leads=leads,
        may_leave=visit.can(Act.LEAVE_TAKE, frozenset({Relation.OWN})),
        missing=missing,
    )


def _from(visit: Visit) -> str:
    """The page that a task is passed on from: the office watches others' on their own pages."""
    return f"/t/{_number(visit):04d}" if visit.can(Act.BOARD_READ) else "/desk"


async def _do(visit: Visit, act: Act, deed: Deed, page: str = "/desk") -> web.Response:
    """Do it and show the page again; a refusal is said on top of the desk."""
    try:
        await visit.act(lambda work: deed(work, _find(visit, work, act), visit.me.id))
    except NotFound:
        raise
    except Refusal as refusal:
        return await _desk(visit, refusal.say, status=409)
    return visit.back(page)


def _find(visit: Visit, work: Work, act: Act) -> TicketRow:
    return find(work, _number(visit), visit.me.id, act)


def _number(visit: Visit) -> int:
    return int(visit.request.match_info["no"])


def _with_people(
    work: Work, ticket: TicketRow, who: str
) -> tuple[Task, list[tuple[str, str, str]]]:
    """Return the task and (id, name, role) of those who could have it: first the deputy."""
    me = work.hood.person(who)
    path = work.hood.ancestors(ticket.place_id)
    helpers = [
        person
        for person in work.hood.people.values()
        if person.active and person.id != who and person.roles & HELPERS
    ]

    def distance(person: Person) -> tuple[bool, int]:
        heights = [path.index(scope) for scope in person.scopes() if scope in path]
        deputy = me is not None and person.id == me.deputy
        return not deputy, min(heights, default=len(path))

    nearest = sorted(helpers, key=distance)[:NEAREST]
    return task_of(work, ticket, who), [(one.id, one.called, _role(one)) for one in nearest]


def _role(person: Person) -> str:
    return next(grant.role.value for grant in person.grants if grant.role in HELPERS)
