"""Events from outside (a weather warning, a fire in the estate): the notices that wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handlers.actions.notices.loudspeakers import script_of
from handlers.actions.notices.posting import Post, post
from handlers.actions.notices.sending import reached, title_of
from handlers.actions.telling import About
from knowledge.community.notices.audience import chats_for
from knowledge.community.notices.posting import proof_code
from knowledge.community.notices.recurrence import OnEvent

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.notices.notice import Notice


NEVER_PLANNED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in the claim of a sending that no calendar planned: its key alone makes it unique."""


WEATHER = "气象"
GRAVE = ("红", "橙")
"""Levels of an official weather warning that are told at any hour."""
PRESSING = frozenset({"火情", "燃气", "走失"})
"""Danger to life and missing persons: told at any hour."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: its kind (气象, 火情 …), where (None = everywhere), how grave."""

    kind: str
    place: str | None
    level: str
    text: str
    key: str
    """The same key is the same happening: it has one effect."""

    @property
    def presses(self) -> bool:
        """Whether it may be told in quiet hours too (research/civic.md §4.1)."""
        return self.kind in PRESSING or (self.kind == WEATHER and self.level[:1] in GRAVE)


def happen(work: Work, happening: Happening, notices: tuple[Notice, ...]) -> int:
    """Send every notice that waits for this to the groups of the place; return how many."""
    waiting = [notice for notice in notices if _waits(notice, happening)]
    return sum(_send(work, happening, notice) for notice in waiting)


def _waits(notice: Notice, happening: Happening) -> bool:
    rules = [trigger.rule for trigger in notice.triggers if isinstance(trigger.rule, OnEvent)]
    return any(
        rule.kind == happening.kind
        and rule.level in ("", happening.level)
        and not (rule.local and happening.place is None)
        for rule in rules
    )


def _send(work: Work, happening: Happening, notice: Notice) -> int:
    if notice.unusable(work.now.date()):
        return 0
    reach = _reach(work, happening, notice)
    chats = {
        name: chat
        for name, chat in reached(work, chats_for(notice.audience, work.hood)).items()
        if _concerns(work, reach, *name.split(":", 1))
    }
    return post(work, _post(work, happening, notice), chats)


def _post(work: Work, happening: Happening, notice: Notice) -> Post:
    at = work.now if happening.presses else work.rules.manners.first_loud(work.now)
    code = proof_code(notice.id, work.now)
    return Post(
        notice_id=f"{notice.id}#{happening.key}",
        planned=NEVER_PLANNED,
        at=at,
        status="event",
        code=code,
        title=title_of(notice),
        body=notice.posted(code),
        script=script_of(notice),
        why=f"{happening.kind}{happening.level}",
        asks_receipt=notice.asks_receipt,
        about=About(notice_id=notice.id, lane="P0" if happening.presses else None, not_before=at),
    )


def _reach(work: Work, happening: Happening, notice: Notice) -> str | None:
    """How far it is told: 本小区 = in the whole estate in which it has happened."""
    rules = [trigger.rule for trigger in notice.triggers if isinstance(trigger.rule, OnEvent)]
    local = any(rule.local and rule.kind == happening.kind for rule in rules)
    estate = work.hood.estate(happening.place) if local else None
    return estate.id if estate else happening.place


def _concerns(work: Work, reach: str | None, channel: str, chat_id: str) -> bool:
    if reach is None:
        return True
    group = work.hood.chat(channel, chat_id)
    person = work.hood.by_account(channel, chat_id.removeprefix("@"))
    place = group.scope if group else work.hood.home(person) if person else None
    return work.hood.within(place, reach) or work.hood.within(reach, place)
