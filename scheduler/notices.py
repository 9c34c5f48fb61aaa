"""The heart of notices: plans a few days ahead, claims each sending by a unique row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.actions.notices.paces import paces
from handlers.actions.notices.receipts import receipts_due, tell_receipts
from handlers.actions.notices.sending import (
    Ruling,
    claim_sending,
    disturbed,
    recorded,
    rounds_known,
    unclaimed,
)
from handlers.actions.overdue import overdue_at, settle_overdue
from knowledge.community.days.zone import ZONE
from knowledge.community.notices.manners import still_makes_sense
from knowledge.community.notices.planner import plan
from knowledge.store.stamps import mark, set_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.days.calendar import WorkCalendar
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.notices.manners import Manners
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.planner import Planned

BACK = timedelta(days=4)
"""A notice may move by three days (CONTRACT §3.2); older ones are settled."""
AHEAD = timedelta(days=8)
ON_TIME = timedelta(minutes=2)
"""Later than this a sending counts as missed while the service was down."""
AT_ONCE = 500
"""Chats claimed in one transaction, so that an urgent message never waits behind ten thousand."""
LOOK_AGAIN = timedelta(minutes=10)
"""Pause before a chat in which something urgent is going on is looked at again."""
SOMETHING_URGENT = "群里有急事，没有打扰"
BORN = "notices_born"
FOREVER = datetime.max.replace(tzinfo=ZONE)


class NoticeHeart:
    """Sends what the plan says, once for each chat; late ones only while they make sense."""

    name = "notices"

    def __init__(
        self,
        notices: Callable[[], tuple[Notice, ...]],
        hood: Callable[[], Neighbourhood],
        calendar: WorkCalendar,
        manners: Manners,
        channels: frozenset[str],
    ) -> None:
        self._notices = notices
        self._hood = hood
        self._calendar = calendar
        self._manners = manners
        self._channels = channels
        self._agenda: list[Planned] = []
        self._made_for: tuple[object, ...] = ()
        self._planned_until = FOREVER
        self._held: dict[tuple[str, datetime], datetime] = {}

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return when the next notice goes out, the next count is told, or the plan has to go on."""
        moments = [self._when(one) for one in self._plan(session, now)]
        moments += filter(None, (receipts_due(session), overdue_at(session)))
        return min((self._planned_until, *moments))

    def run_due(self, work: Work) -> int:
        """Send what is due, some chats at a time, settle what came too late, tell the counts."""
        due = [one for one in self._plan(work.session, work.now) if self._when(one) <= work.now]
        done, left = 0, False
        for one in due:
            chats = unclaimed(work.session, one)
            held = disturbed(work, chats) if one.at else set()
            free = tuple(chat for chat in chats if chat not in held)
            done += self._send(work, replace(one, chats=free[:AT_ONCE]), due)
            left = left or bool(held) or len(free) > AT_ONCE
            if held and len(free) <= AT_ONCE:
                done += self._hold(work, replace(one, chats=tuple(sorted(held))))
        settled = settle_overdue(work)
        if settled or (due and not left):
            self._made_for = ()
        return done + settled + tell_receipts(work)

    def _send(self, work: Work, one: Planned, due: Sequence[Planned]) -> int:
        late = one.at is not None and work.now - one.at > ON_TIME
        newer = _newer(one, due, self._notices())
        if late and not still_makes_sense(_moment(one), work.now, newer, self._manners):
            return self._decide(work, one, None, "missed")
        return self._decide(work, one, work.now if one.at else None, "late" if late else one.status)

    def _hold(self, work: Work, one: Planned) -> int:
        """Let it wait while something urgent goes on there; when its day is over it is left out."""
        again = work.now + LOOK_AGAIN
        if still_makes_sense(_moment(one), again, False, self._manners):  # noqa: FBT003 -- as named there.
            self._held[one.notice_id, one.planned] = again
            return 0
        return self._decide(work, replace(one, why=SOMETHING_URGENT), None, "held")

    def _decide(self, work: Work, one: Planned, at: datetime | None, status: str) -> int:
        notice = next(notice for notice in self._notices() if notice.id == one.notice_id)
        return claim_sending(work, Ruling(notice, one, at, status))

    def _when(self, one: Planned) -> datetime:
        """When to look at it: its moment, or the next look at a group that must not be disturbed."""
        return max(_moment(one), self._held.get((one.notice_id, one.planned), _moment(one)))

    def _plan(self, session: Session, now: datetime) -> list[Planned]:
        wanted = paces(session)
        key = (self._notices(), self._hood(), now.date(), wanted, rounds_known(session))
        if key != self._made_for:
            born = _born(session, now)
            planned = plan(
                self._notices(),
                self._hood(),
                max(born, now - BACK),
                now + AHEAD,
                calendar=self._calendar,
                manners=replace(self._manners, paces=wanted),
                done=recorded(session, now),
            )
            reached = ((one, self._reached(one.chats)) for one in planned)
            self._agenda = [replace(one, chats=chats) for one, chats in reached if chats]
            self._held = {one: until for one, until in self._held.items() if until > now}
            self._made_for, self._planned_until = key, now + AHEAD
        return self._agenda

    def _reached(self, chats: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out the groups of channels that do not run; people are found on another one."""
        return tuple(
            chat for chat in chats if chat.split(":", 1)[0] in self._channels or ":@" in chat
        )


def _moment(one: Planned) -> datetime:
    return one.at or one.planned


def _newer(one: Planned, due: Sequence[Planned], notices: tuple[Notice, ...]) -> bool:
    """Tell whether a later one of the same notice or series is due as well."""
    series = {notice.id: (notice.series or (notice.id,)) for notice in notices}
    mine = set(series[one.notice_id])
    return any(
        other.at is not None
        and one.at is not None
        and other.at > one.at
        and mine & set(series[other.notice_id])
        for other in due
    )


def _born(session: Session, now: datetime) -> datetime:
    """Return since when this database sends notices: nothing older is ever caught up."""
    found = mark(session, BORN)
    return datetime.fromisoformat(found) if found else now


def remember_birth(session: Session, now: datetime) -> None:
    """Note the moment at which notices begin, once."""
    if mark(session, BORN) is None:
        set_mark(session, BORN, now.isoformat())
