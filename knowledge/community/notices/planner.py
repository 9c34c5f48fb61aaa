"""Which notice goes to which chats at which time: the one plan for preview and running clock."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from knowledge.community.days.zone import ZONE, local
from knowledge.community.notices.alike import Alike
from knowledge.community.notices.audience import chats_for, sharing
from knowledge.community.notices.budget import slot_at
from knowledge.community.notices.due import GRACE, Due, own_times, rank_at, series_times
from knowledge.community.notices.manners import DEFAULT_MANNERS
from knowledge.community.notices.placing import Placing
from knowledge.community.notices.posting import proof_code
from knowledge.community.notices.rotation import rotations
from knowledge.community.notices.trigger_days import Rank

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from datetime import date

    from knowledge.community.days.calendar import WorkCalendar
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.notices.manners import Manners
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.placing import Placed, Status


@dataclass(frozen=True, slots=True)
class Done:
    """What was decided before for one chat (`channel:id`); `at` None = it was dropped."""

    notice_id: str
    planned: datetime
    chat: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned time of a notice and the chats that share its fate.

    `chats` are `channel:id`, private ones `channel:@account`; `at` None = dropped; `body` is the
    text exactly as posted, `code` the proof code in it; `why` says why it was moved or dropped.
    """

    planned: datetime
    at: datetime | None
    notice_id: str
    chats: tuple[str, ...]
    body: str
    status: Status
    why: str
    code: str


def plan(
    notices: Sequence[Notice],
    hood: Neighbourhood,
    start: datetime,
    end: datetime,
    *,
    calendar: WorkCalendar,
    manners: Manners = DEFAULT_MANNERS,
    done: Iterable[Done] = (),
) -> list[Planned]:
    """Return every sending planned in [start, end), in order; pure and deterministic.

    Higher ranks choose first, then the earlier planned, then file order. What stands in `done` is
    fixed: it counts in the budgets and is not planned again. A plan looks a little beyond its end,
    so that it says the same about a day wherever it stops. Give `done` as far back as a series
    takes to go round once, else 轮播 begins anew.
    """
    planning = _Planning(notices, hood, calendar, manners, tuple(done))
    beyond = _end_of_week(end + GRACE)
    planning.place_own(start, beyond)
    planning.place_series(start, beyond)
    return [one for one in planning.result() if one.planned < end]


class _Planning:
    """One run of `plan`."""

    def __init__(
        self,
        notices: Sequence[Notice],
        hood: Neighbourhood,
        calendar: WorkCalendar,
        manners: Manners,
        done: tuple[Done, ...],
    ) -> None:
        self._notices = {notice.id: notice for notice in notices}
        heard = {one.audience: chats_for(one.audience, hood) for one in notices}
        kin = sharing(hood) if manners.apart_minutes else {}
        self._alike = Alike(heard.values(), _history(done, kin, manners.paces))
        firsts = {audience: self._alike.firsts(chats) for audience, chats in heard.items()}
        self._heard = {notice.id: heard[notice.audience] for notice in notices}
        self._chats = {notice.id: firsts[notice.audience] for notice in notices}
        self._calendar = calendar
        self._manners = manners
        self._placing = Placing(manners, kin)
        self._series = rotations(notices)
        self._had: defaultdict[tuple[str, datetime], set[str]] = defaultdict(set)
        self._remember(done)

    def place_own(self, start: datetime, end: datetime) -> None:
        """Place all notices that have a time of their own, rank by rank."""
        dues = [
            due
            for notice in self._notices.values()
            for planned, rank, following in own_times(notice, start, end, self._calendar)
            if (due := self._due(notice, planned, rank, following))
        ]
        dues.sort(key=lambda due: (due.rank, due.planned))
        for _, equals in groupby(dues, key=lambda due: due.rank):
            self._placing.place(equals)

    def place_series(self, start: datetime, end: datetime) -> None:
        """Give every turn of every series, in time order, to the notice that has waited longest."""
        turns = [
            (planned, order, following)
            for order, series in enumerate(self._series)
            for planned, following in series_times(series.trigger, start, end, self._calendar)
        ]
        audible = {notice_id for notice_id, chats in self._chats.items() if chats}
        own = {(due.notice.id, due.planned) for due in self._placing.placed}
        for planned, order, following in sorted(turns, key=lambda turn: turn[:2]):
            series = self._series[order]
            notice = series.turn(planned, audible)
            if not notice:
                continue
            if (notice.id, planned) in own:
                series.show(notice.id, planned)
            elif due := self._due(notice, planned, Rank.ROTATION, following):
                self._placing.place([due])
                if self._placing.went_out(due):
                    series.show(due.notice.id, planned)

    def result(self) -> list[Planned]:
        """Return the plan by planned time, then file order, then time of sending."""
        order = {notice_id: at for at, notice_id in enumerate(self._notices)}
        found = [
            _planned(due, placed._replace(at=at), chats)
            for due, ways in self._placing.placed.items()
            for placed, firsts in ways.items()
            for at, chats in self._by_time(due, placed, set(firsts))
        ]
        return sorted(found, key=lambda one: _reading_order(one, order))

    def _by_time(
        self, due: Due, placed: Placed, firsts: set[str]
    ) -> Iterable[tuple[datetime | None, tuple[str, ...]]]:
        """All chats that are placed alike, by the time at which jitter lets them have it."""
        chats = self._alike.all_of(firsts, self._heard[due.notice.id])
        if placed.at is None or not self._manners.jitter_minutes:
            return [(placed.at, chats)]
        times: defaultdict[datetime, list[str]] = defaultdict(list)
        for chat in chats:
            times[self._manners.spread(f"{due.notice.id} {due.planned} {chat}", placed.at)].append(
                chat
            )
        return [(at, tuple(some)) for at, some in times.items()]

    def _due(
        self, notice: Notice, planned: datetime, rank: Rank, following: date | None
    ) -> Due | None:
        """Return what is left to do at that time; None when every chat has had it."""
        had = self._had.get((notice.id, planned), ())
        chats = self._chats[notice.id]
        left = tuple(chat for chat in chats if chat not in had) if had else chats
        return Due(notice, planned, rank, left, following) if left or not had else None

    def _remember(self, done: tuple[Done, ...]) -> None:
        for one in done:
            if self._alike.stands_for_itself(one.chat) or self._placing.has_kin(one.chat):
                self._had[one.notice_id, one.planned].add(one.chat)
                if one.at:
                    theme = self._theme(one.notice_id, one.planned)
                    self._placing.spend(one.chat, slot_at(one.at), theme)
        turns = {(one.notice_id, one.planned): False for one in done}
        turns |= {(one.notice_id, one.planned): True for one in done if one.at}
        for (notice_id, planned), shown in turns.items():
            for series in self._series:
                series.remember(notice_id, planned, self._calendar, shown=shown)

    def _theme(self, notice_id: str, planned: datetime) -> str | None:
        """Under what a week counts a sending of the past; a notice that is gone has its own."""
        notice = self._notices.get(notice_id)
        if not notice:
            return notice_id
        return Due(notice, planned, rank_at(notice, planned, self._calendar), ()).theme


def _history(
    done: Iterable[Done], kin: Mapping[str, frozenset[str]], paces: Mapping[str, int]
) -> dict[str, Hashable]:
    """What tells chats with the same notices apart: what they had on which day, wish, and kin."""
    had: defaultdict[str, list[Hashable]] = defaultdict(list)
    for one in done:
        had[one.chat].append((one.notice_id, one.planned, one.at and slot_at(one.at).day))
    wishes: dict[str, Hashable] = {chat: (pace, *had[chat]) for chat, pace in paces.items()}
    return (
        {chat: tuple(items) for chat, items in had.items()} | wishes | {chat: chat for chat in kin}
    )


def _end_of_week(moment: datetime) -> datetime:
    """The Monday on which the week of a moment has ended: nothing later changes what is before."""
    monday = local(moment).date() + timedelta(days=7 - local(moment).weekday())
    return datetime.combine(monday, time(), ZONE)


def _planned(due: Due, placed: Placed, chats: tuple[str, ...]) -> Planned:
    code = proof_code(due.notice.id, due.planned)
    return Planned(
        planned=due.planned,
        at=placed.at,
        notice_id=due.notice.id,
        chats=chats,
        body=due.notice.posted(code),
        status=placed.status,
        why=placed.why,
        code=code,
    )


def _reading_order(one: Planned, order: dict[str, int]) -> tuple[datetime, int, bool, datetime]:
    at = one.at or one.planned
    return local(one.planned), order[one.notice_id], one.at is None, at
