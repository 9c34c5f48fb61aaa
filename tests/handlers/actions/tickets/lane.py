"""A small lane for the tests of tickets: its people, its groups, and time that can be let pass."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from handlers.actions.menus import open_menus, options_of, press
from handlers.actions.tickets import filing
from handlers.actions.tickets.index import chosen
from handlers.actions.tickets.request import Request
from handlers.messages import ChatRef, Event, EventKind, direct
from handlers.work import Rules, Work
from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.hours import Hours
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.community.tickets.ticket import Kind, Lane
from knowledge.store.proof import verify_all
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.tickets import by_no
from scheduler.deadlines import Deadlines
from scheduler.digests import DigestHeart
from scheduler.reminders import ReminderHeart

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from sqlalchemy import Update
    from sqlalchemy.orm import Session

    from bot.clocks import VirtualClock
    from knowledge.store.database import Database
    from knowledge.store.rows.tickets import TicketRow

PLACES = (
    Place("s", None, PlaceKind.STREET, "荷花街道"),
    Place("c", "s", PlaceKind.COMMUNITY, "荷花社区"),
    Place("e", "c", PlaceKind.ESTATE, "荷花小区"),
    Place("g", "e", PlaceKind.GRID, "一网格"),
    Place("b3", "g", PlaceKind.BUILDING, "3栋"),
    Place("b3-1", "b3", PlaceKind.UNIT, "1单元"),
    Place("b3-2", "b3", PlaceKind.UNIT, "2单元"),
    Place("b6", "g", PlaceKind.BUILDING, "6栋"),
)


def _person(who: str, name: str, title: str, role: Role, place: str, **more: Any) -> Person:
    return Person(id=who, name=name, title=title, grants=(Grant(role, (place,)),), **more)


PEOPLE = (
    _person("li", "李桂香", "李娭毑", Role.RESIDENT, "b3-2", phone="13800001111", door="502"),
    _person("wang", "王秀", "王嫂", Role.RESIDENT, "b3-2"),
    _person("zhao", "赵敏", "赵姐", Role.RESIDENT, "b3-1"),
    _person("zhang", "张建国", "张师傅", Role.NEIGHBOUR_LEADER, "b3"),
    _person("liu", "刘芳", "刘姐", Role.GROUP_LEADER, "g"),
    _person("chen", "陈立", "陈片长", Role.AREA_LEADER, "e"),
    _person("office", "王霞", "王主任", Role.COMMUNITY, "c"),
    _person("street", "何军", "何主任", Role.STREET, "s"),
    _person("du", "杜明", "杜督办", Role.SUPERVISOR, "s"),
    _person("he", "何电工", "何师傅", Role.VOLUNTEER, "e"),
)
HOOD = Neighbourhood(PLACES, PEOPLE, (GroupChat("web", "g-3", "3栋群", "b3", "积极"),))
GROUP = ChatRef("web", "g-3")
LIGHT = Request(
    kind=Kind.REPAIR,
    category="light",
    lane=Lane.P2,
    matter="楼道灯不亮",
    place="b3-2",
    words="三栋二单元楼道灯又不亮哒",
)
LEAK = replace(
    LIGHT, category="leak", lane=Lane.P1, matter="水管爆裂", words="五楼水管爆哒，水往楼下灌！"
)


def _arrived(now: datetime) -> Update:
    """What a sender would have sent by then."""
    due = (OutboxRow.state == "pending", OutboxRow.not_before <= now)
    return update(OutboxRow).where(*due).values(state="sent")


@dataclass
class LaneOf:
    """The lane with its database and its clock."""

    database: Database
    clock: VirtualClock
    hood: Neighbourhood = HOOD
    rules: Rules = field(default_factory=lambda: Rules(channels=("web",)))
    away: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.calendar = WorkCalendar()
        self._chance = random.Random(7)
        self._events = 0
        self._heard = 0

    def work(self, session: Session, who: str = "", chat: ChatRef | None = None) -> Work:
        self._events += 1
        event = None
        if who:
            where = chat or direct("web", who)
            event = Event("web", str(self._events), where, who, self.clock.now(), EventKind.MESSAGE)
        return Work(
            session=session,
            now=self.clock.now(),
            hood=self.hood,
            faq=None,  # type: ignore[arg-type]  # tickets never ask the knowledge
            rules=self.rules,
            chance=self._chance,
            cause=f"test:{self._events}",
            expect=lambda _chat, _who, _until: None,
            away=self.away,
            event=event,
            calendar=self.calendar,
        )

    def report(self, who: str, request: Request, chat: ChatRef = GROUP, **more: Any) -> int:
        """Somebody reports something in the group; the ticket's number."""
        act = filing.report if request.lane in (Lane.P0, Lane.P1) else filing.draft
        with self.database.transaction() as session:
            return act(self.work(session, who, chat), who, chat, request, **more).no

    def filed(self, who: str = "li", request: Request = LIGHT) -> int:
        """A ticket that its reporter has confirmed."""
        no = self.report(who, request)
        if request.lane in (Lane.P2, Lane.P3):
            self.does(who, filing.file, no, chat=GROUP)
        return no

    def does(
        self,
        who: str,
        action: Callable[..., object],
        no: int,
        *args: Any,
        chat: ChatRef | None = None,
        **more: Any,
    ) -> None:
        """Somebody acts on a ticket, in the private chat unless told otherwise."""
        with self.database.transaction() as session:
            ticket = by_no(session, no)
            assert ticket is not None
            action(self.work(session, who, chat), ticket, who, *args, **more)

    def chooses(self, who: str, digit: int, words: str = "", chat: ChatRef | None = None) -> None:
        """Somebody answers the newest menu with a digit."""
        where = chat or direct("web", who)
        with self.database.transaction() as session:
            work = self.work(session, who, where)
            menu = open_menus(work, where, who)[0]
            option = next(one for one in options_of(work, menu) if one.digit == digit)
            press(work, option.token, where, who)
            chosen(work, who, option.action, option.args, words)

    def passes(self, span: timedelta) -> None:
        """Time passes; everything due happens at its own moment."""
        self.until(self.clock.now() + span)

    def until(self, end: datetime) -> None:
        """Time passes until a moment; what is to be told by then is told."""
        hearts = (Deadlines(), DigestHeart(), ReminderHeart())
        while True:
            with self.database.transaction() as session:
                dues = [(heart.next_due(session, self.clock.now()), heart) for heart in hearts]
                found = [(due, heart) for due, heart in dues if due is not None and due <= end]
                if not found:
                    break
                due, heart = min(found, key=lambda one: one[0])
                self.clock.move_to(due)
                session.execute(_arrived(due))
                heart.run_due(self.work(session))
        self.clock.move_to(end)
        with self.database.transaction() as session:
            session.execute(_arrived(end))

    def ticket(self, no: int) -> TicketRow:
        with self.database.view() as session:
            found = by_no(session, no)
            assert found is not None
            session.expunge(found)
            return found

    def state(self, no: int) -> str:
        return self.ticket(no).state

    def outbox(self, chat: ChatRef | str | None = None) -> list[OutboxRow]:
        where = direct("web", chat) if isinstance(chat, str) else chat
        with self.database.view() as session:
            rows = list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))
            session.expunge_all()
        return [row for row in rows if where is None or row.chat_id == where.id]

    def told(self) -> int:
        """How many messages there are."""
        with self.database.view() as session:
            return session.scalar(select(func.count()).select_from(OutboxRow)) or 0

    def hears(self, chat: ChatRef | str) -> str:
        """The newest words in a chat (a person's id = the private chat)."""
        said = self.outbox(chat)
        return said[-1].text if said else ""

    def flaws(self) -> list[object]:
        """What `ticket verify` finds."""
        with self.database.view() as session:
            return list(verify_all(session, self.calendar, Hours())[1])
