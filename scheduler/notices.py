"""The heart of notices: plans a few days ahead, claims each sending by a unique row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.actions.notices import Decision, claim_sending, recorded
from handlers.actions.paces import paces
from handlers.actions.receipts import receipts_due, tell_receipts
from knowledge.community.manners import still_makes_sense
from knowledge.community.planner import Done, plan
from knowledge.community.zone import ZONE
from knowledge.store.stamps import mark, set_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.calendar import WorkCalendar
    from knowledge.community.manners import Manners
    from knowledge.community.neighbourhood import Neighbourhood
    from knowledge.community.notice import Notice
    from knowledge.community.planner import Planned

BACK = timedelta(days=4)
"""A notice may move by three days (CONTRACT §3.2); older ones are settled."""
AHEAD = timedelta(days=8)
MEMORY = timedelta(days=400)
"""How far back the budgets and series remember."""
ON_TIME = timedelta(minutes=2)
"""Later than this a sending counts as missed while the service was down."""
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

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return when the next notice goes out, the next count is told, or the plan has to go on."""
        moments = [_moment(one) for one in self._plan(session, now)]
        if receipts := receipts_due(session):
            moments.append(receipts)
        return min((self._planned_until, *moments))

    def run_due(self, work: Work) -> int:
        """Send what is due, note what came too late, tell the counts."""
        due = [one for one in self._plan(work.session, work.now) if _moment(one) <= work.now]
        done = sum(self._send(work, one, due) for one in due)
        if due:
            self._made_for = ()
        return done + tell_receipts(work)

    def _send(self, work: Work, one: Planned, due: Sequence[Planned]) -> int:
        notice = next(notice for notice in self._notices() if notice.id == one.notice_id)
        late = one.at is not None and work.now - one.at > ON_TIME
        newer = _newer(one, due, self._notices())
        if late and not still_makes_sense(_moment(one), work.now, newer, self._manners):
            return claim_sending(work, Decision(notice, one, None, "missed"))
        at = work.now if one.at else None
        return claim_sending(work, Decision(notice, one, at, "late" if late else one.status))

    def _plan(self, session: Session, now: datetime) -> list[Planned]:
        wanted = paces(session)
        key = (self._notices(), self._hood(), now.date(), wanted)
        if key != self._made_for:
            born = _born(session, now)
            done = [Done(*row) for row in recorded(session, now - MEMORY)]
            planned = plan(
                self._notices(),
                self._hood(),
                max(born, now - BACK),
                now + AHEAD,
                calendar=self._calendar,
                manners=replace(self._manners, paces=wanted),
                done=done,
            )
            reached = ((one, self._reached(one.chats)) for one in planned)
            self._agenda = [replace(one, chats=chats) for one, chats in reached if chats]
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
