"""A helper's tasks as cards: what is late, new, in hand, waiting to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.tickets.wording import person_name, role_on_chain, sheet
from handlers.phrases.lanes import LANE_TITLES
from handlers.phrases.moments import when
from knowledge.community.people import LADDER
from knowledge.community.ticket import (
    STATE_WORDS,
    UNFINISHED,
    URGENT,
    WAITING_FOR_CLAIM,
    Lane,
    State,
)
from knowledge.store.lists import tasks_of
from knowledge.store.rows.tickets import TicketRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from handlers.work import Work

LATE, NEW, DOING, CONFIRM = "late", "fresh", "doing", "confirm"
SECTIONS = ((LATE, "超时"), (NEW, "新任务"), (DOING, "在办"), (CONFIRM, "待确认"))
"""The sections of the desk in reading order, with their headings."""


HEIGHTS = {role.value: height for height, role in enumerate(LADDER)}
MOST = 10
"""Cards that a section shows at first: more cannot be taken in on a phone, and load slowly."""


@dataclass(frozen=True, slots=True)
class Task:
    """One ticket as a card; `due` is like 今天 21:00, empty when no clock runs.

    `raised` is the rung that was told because the viewer missed a promise, "" for none.
    """

    no: int
    number: str
    matter: str
    place: str
    kind: str
    urgent: str
    state: str
    resident: str
    owner: str
    images: int
    voices: int
    due: str
    raised: str
    section: str
    open_to_claim: bool
    unfinished: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the desk with its first cards; `count` = all of its tasks."""

    mark: str
    word: str
    count: int
    tasks: list[Task]


def sections(work: Work, person_id: str, most: int = MOST) -> list[Section]:
    """Return every section that has tasks, at most so many cards in each."""
    rows = _urgent_first([*tasks_of(work.session, person_id), *_handled_by(work, person_id)])
    sorted_in: dict[str, list[TicketRow]] = {mark: [] for mark, _ in SECTIONS}
    heights = _Heights(work, person_id)
    for row in rows:
        sorted_in[_section_of(row, work.now, heights.raised(row))].append(row)
    return [
        Section(mark, word, len(found), [task_of(work, row, person_id) for row in found[:most]])
        for mark, word in SECTIONS
        if (found := sorted_in[mark])
    ]


def task_of(work: Work, ticket: TicketRow, viewer: str) -> Task:
    """Return one ticket as a card for a viewer."""
    told = sheet(work, ticket)
    state = State(ticket.state)
    due = due_of(ticket)
    raised = _Heights(work, viewer).raised(ticket)
    return Task(
        no=ticket.no,
        number=told.number,
        matter=ticket.matter,
        place=told.place,
        kind=ticket.kind,
        urgent=LANE_TITLES.get(Lane(ticket.lane), ""),
        state=STATE_WORDS[state],
        resident=told.resident,
        owner=person_name(work, ticket.owner_id),
        images=told.images,
        voices=told.voices,
        due=when(due, work.now) if due else "",
        raised=raised,
        section=_section_of(ticket, work.now, raised),
        open_to_claim=state in WAITING_FOR_CLAIM,
        unfinished=state in UNFINISHED,
    )


def due_of(ticket: TicketRow) -> datetime | None:
    """Return the promise that runs now: to take it, else to solve it."""
    state = State(ticket.state)
    if state in WAITING_FOR_CLAIM:
        return ticket.claim_due
    return ticket.solve_due if state in UNFINISHED else None


class _Heights:
    """How high on the ladder the viewer stands at each place; looked up once a place."""

    def __init__(self, work: Work, viewer: str) -> None:
        self._work, self._viewer = work, viewer
        self._mine: dict[str | None, int] = {}

    def raised(self, ticket: TicketRow) -> str:
        """Return the rung told last where it is above the viewer's own."""
        if ticket.place_id not in self._mine:
            role = role_on_chain(self._work, ticket, self._viewer)
            self._mine[ticket.place_id] = HEIGHTS.get(role, len(LADDER))
        return ticket.rung if HEIGHTS.get(ticket.rung, -1) > self._mine[ticket.place_id] else ""


def _section_of(ticket: TicketRow, now: datetime, raised: str) -> str:
    state, due = State(ticket.state), due_of(ticket)
    if state is State.HANDLED:
        return CONFIRM
    if state in UNFINISHED and (raised or (due is not None and due <= now)):
        return LATE
    return NEW if state in WAITING_FOR_CLAIM else DOING


def _handled_by(work: Work, person_id: str) -> list[TicketRow]:
    query = select(TicketRow).where(
        TicketRow.owner_id == person_id, TicketRow.state == State.HANDLED
    )
    return list(work.session.scalars(query.order_by(TicketRow.no)))


def _urgent_first(rows: Iterable[TicketRow]) -> list[TicketRow]:
    return sorted(rows, key=lambda row: (Lane(row.lane) not in URGENT, row.lane, row.no))
