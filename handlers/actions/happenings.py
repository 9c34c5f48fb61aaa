"""Events from outside (a weather warning, a fire in the estate): the notices that wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from handlers.actions.delivering import deliver, text_for
from handlers.messages import ChatRef
from knowledge.community.audience import chats_for
from knowledge.community.posting import proof_code
from knowledge.community.recurrence import OnEvent
from knowledge.store.rows.notices import SendingRow

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.notice import Notice


NEVER_PLANNED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in the claim of a sending that no calendar planned: its key alone makes it unique."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: its kind (气象, 火情 …), where (None = everywhere), how grave."""

    kind: str
    place: str | None
    level: str
    text: str
    key: str
    """The same key is the same happening: it has one effect."""


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
    sent = 0
    for name in chats_for(notice.audience, work.hood):
        channel, chat_id = name.split(":", 1)
        if channel in work.rules.channels and _concerns(work, happening, channel, chat_id):
            sent += _claim(work, happening, notice, ChatRef(channel, chat_id))
    return sent


def _concerns(work: Work, happening: Happening, channel: str, chat_id: str) -> bool:
    if happening.place is None:
        return True
    group = work.hood.chat(channel, chat_id)
    person = work.hood.by_account(channel, chat_id.removeprefix("@"))
    place = group.scope if group else work.hood.home(person) if person else None
    return work.hood.within(place, happening.place) or work.hood.within(happening.place, place)


def _claim(work: Work, happening: Happening, notice: Notice, chat: ChatRef) -> int:
    code = proof_code(notice.id, work.now)
    body = text_for(work, notice, chat.channel, notice.posted(code))
    row = SendingRow(
        notice_id=f"{notice.id}#{happening.key}",
        planned=NEVER_PLANNED,
        channel=chat.channel,
        chat_id=chat.id,
        status="event",
        why=f"{happening.kind}{happening.level}",
        at=work.now if body else None,
        code=code,
        title=f"{notice.topic or '社区'}提醒",
        asks_receipt=notice.asks_receipt,
        body=body,
    )
    try:
        with work.session.begin_nested():
            work.session.add(row)
            work.session.flush()
    except IntegrityError:
        return 0  # the same happening again
    if row.body:
        deliver(work, row, chat, urgent=True)
    return 1
