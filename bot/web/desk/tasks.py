"""A helper's tasks as cards: what is late, new, in hand, waiting to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.actions.names import look_up_names
from handlers.actions.tickets.wording import person_name, role_on_chain, sheet
from handlers.phrases.lanes import LANE_TITLES
from handlers.phrases.moments import when
from knowledge.community.roster.people import LADDER
from knowledge.community.tickets.ticket import (
    STATE_WORDS,
    UNFINISHED,
    URGENT,
    WAITING_FOR_CLAIM,
    Lane,
    State,
)
from knowledge.store.lists import by_numbers, desk_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from handlers.work import Work
    from knowledge.store.lists import Outline
    from knowledge.store.rows.tickets import TicketRow

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
    sorted_in: dict[str, list[Outline]] = {mark: [] for mark, _ in SECTIONS}
    heights = Heights(work, person_id)
    for one in _urgent_first(desk_of(work.session, person_id)):
        sorted_in[_section_of(one, work.now, heights.raised(one))].append(one)
    shown = [one.no for found in sorted_in.values() for one in found[:most]]
    rows = by_numbers(work.session, shown)
    look_up_names(work, (row.reporter for row in rows.values()))
    return [
        Section(
            mark,
            word,
            len(found),
            [task_of(work, rows[one.no], person_id) for one in found[:most]],
        )
        for mark, word in SECTIONS
        if (found := sorted_in[mark])
    ]


def task_of(work: Work, ticket: TicketRow, viewer: str) -> Task:
    """Return one ticket as a card for a viewer."""
    told = sheet(work, ticket, viewer)
    state = State(ticket.state)
    due = due_of(ticket)
    raised = Heights(work, viewer).raised(ticket)
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


def due_of(ticket: TicketRow | Outline) -> datetime | None:
    """Return the promise that runs now: to take it, else to solve it."""
    state = State(ticket.state)
    if state in WAITING_FOR_CLAIM:
        return ticket.claim_due
    return ticket.solve_due if state in UNFINISHED else None


class Heights:
    """How high on the ladder the viewer stands at each place; looked up once a place."""

    def __init__(self, work: Work, viewer: str) -> None:
        self._work, self._viewer = work, viewer
        self._mine: dict[str | None, int] = {}

    def raised(self, ticket: TicketRow | Outline) -> str:
        """Return the rung told last where it is above the viewer's own."""
        if ticket.place_id not in self._mine:
            role = role_on_chain(self._work, ticket, self._viewer)
            self._mine[ticket.place_id] = HEIGHTS.get(role, len(LADDER))
        return ticket.rung if HEIGHTS.get(ticket.rung, -1) > self._mine[ticket.place_id] else ""


def _section_of(ticket: TicketRow | Outline, now: datetime, raised: str) -> str:
    state, due = State(ticket.state), due_of(ticket)
    if state is State.HANDLED:
        return CONFIRM
    if state in UNFINISHED and (raised or (due is not None and due <= now)):
        return LATE
    return NEW if state in WAITING_FOR_CLAIM else DOING


def _urgent_first(rows: Iterable[Outline]) -> list[Outline]:
    return sorted(rows, key=lambda row: (Lane(row.lane) not in URGENT, row.lane, row.no))
