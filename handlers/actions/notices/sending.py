"""Sending notices once and only once: what the plan has decided, and what an office sends now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from handlers.actions.auditing import note
from handlers.actions.notices.delivering import report_at
from handlers.actions.notices.loudspeakers import script_of
from handlers.actions.notices.posting import Post, post
from handlers.actions.notices.quizzes import quiz_of
from handlers.actions.notices.relays import begin
from handlers.actions.notices.resending import must_be_through, unended
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About
from handlers.actions.windows import can_be_told
from handlers.messages import ChatRef
from knowledge.community.notices.audience import chats_for
from knowledge.community.notices.planner import Done
from knowledge.community.notices.posting import proof_code
from knowledge.community.refusals import IllegalStep
from knowledge.store.rows.notices import NoticeChangeRow, RoundRow, SendingRow
from knowledge.store.tickets import pressing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.planner import Planned

NO_CHANNEL = "在用的渠道里找不到"
DISTURBS = timedelta(days=1)
"""For how long something urgent holds notices back: a matter that nobody ends is no reason for ever."""
MEMORY = timedelta(days=400)
"""How far back the series remember."""
RECENT = timedelta(days=21)
"""How far back the budgets remember: the week in which something four days old may have been."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What becomes of one planned sending: when it goes out (None = not at all), and as what."""

    notice: Notice
    planned: Planned
    at: datetime | None
    status: str


def claim_sending(work: Work, ruling: Ruling) -> int:
    """Record the ruling for each chat and queue its message; return how many were new.

    Who is found on no channel that runs gets nothing, and that is written down.
    """
    notice, one = ruling.notice, ruling.planned
    what = replace(
        _post(work, notice, one.planned, ruling.at, About(notice_id=notice.id)),
        status=ruling.status,
        code=one.code,
        body=one.body,
        why=one.why,
    )
    chats = reached(work, one.chats)
    lost = {name: _chat(name) for name in one.chats if name not in chats}
    nothing = replace(what, at=None, status="unreached", why=NO_CHANNEL, report_at=None)
    return _post_all(work, notice, what, chats) + post(work, nothing, lost)


def _post(work: Work, notice: Notice, planned: datetime, at: datetime | None, about: About) -> Post:
    """Return what a notice's chats get at a moment; `at` None = nothing."""
    code = proof_code(notice.id, planned)
    counted = at is not None and (notice.asks_receipt or notice.quiz is not None)
    return Post(
        notice_id=notice.id,
        planned=planned,
        at=at,
        status="now",
        code=code,
        title=title_of(notice),
        body=notice.posted(code),
        asks_receipt=at is not None and notice.asks_receipt,
        report_at=report_at(work, at, quiz=notice.quiz is not None) if at and counted else None,
        about=about,
        script=script_of(notice),
        quiz=quiz_of(notice),
        relayed=notice.relayed,
    )


def _post_all(work: Work, notice: Notice, what: Post, chats: Mapping[str, ChatRef]) -> int:
    """Post it, and hand it to the highest level where it is passed on level by level."""
    done = post(work, what, chats)
    if notice.relayed and what.at is not None and done:
        begin(work, notice, what)
    return done


def unclaimed(session: Session, one: Planned) -> tuple[str, ...]:
    """Return the chats of a planned sending about which nothing is decided yet."""
    rows = session.execute(
        select(SendingRow.channel, SendingRow.chat_id).where(
            SendingRow.notice_id == one.notice_id, SendingRow.planned == one.planned
        )
    )
    had = {f"{channel}:{chat}" for channel, chat in rows}
    return tuple(chat for chat in one.chats if chat not in had)


def disturbed(work: Work, chats: Iterable[str]) -> set[str]:
    """Return those groups in which, or in whose places, a P0 or P1 of the last day is going on."""
    going_on = pressing(work.session, work.now - DISTURBS)
    if not going_on:
        return set()
    asked = {chat for _, chat in going_on}
    places = {place for place, _ in going_on if place is not None}
    return {name for name in chats if name in asked or _lies_around(work, name, places)}


def _lies_around(work: Work, name: str, places: set[str]) -> bool:
    group = work.hood.chat(*name.split(":", 1))
    if group is None:
        return False
    within = work.hood.within
    return any(within(place, group.scope) or within(group.scope, place) for place in places)


def send_now(work: Work, notice: Notice, who: str = "") -> int:
    """Send a notice at once to its whole audience; return how many chats get it.

    `who` asks for it, "" for a command.

    Budgets do not hold it back, quiet hours do: it then goes out at their end. A second time in
    the same minute is the same sending.

    Raises:
        IllegalStep: its facts must not be sent any more, it reaches nobody, or it is on its way.
    """
    must_be_sendable(notice, work.now.date())
    chats = reached(work, chats_for(notice.audience, work.hood))
    if not chats:
        raise IllegalStep(f"《{notice.title}》的受众里现在没有群，也没有人。")
    at = work.rules.manners.first_loud(work.now)
    planned = unended(work, notice, work.now.replace(second=0, microsecond=0))
    must_be_through(work, notice, planned)
    what = _post(work, notice, planned, at, About(notice_id=notice.id, not_before=at))
    count = _post_all(work, notice, what, chats)
    note(work, who, "notice.send", notice.id, f"{count} 处")
    return count


def must_be_sendable(notice: Notice, day: date) -> None:
    """Raise IllegalStep where the facts of a notice must not be sent on that day."""
    if withheld := notice.unusable(day):
        raise IllegalStep(f"《{notice.title}》不能发：{withheld}。先核对，再改文件里的日期。")


def reached(work: Work, chats: Iterable[str]) -> dict[str, ChatRef]:
    """Return where each chat of a plan is reached, leaving out channels that do not run."""
    found: dict[str, ChatRef] = {}
    for name in chats:
        chat: ChatRef | None = _chat(name)
        if chat is not None and not _speaks_now(work, chat):
            person = work.hood.by_account(chat.channel, chat.account) if chat.account else None
            chat = private_chat(work, person.id) if person else None
        if chat is not None:
            found[name] = chat
    return found


def _speaks_now(work: Work, chat: ChatRef) -> bool:
    """Tell whether the channel runs, and may speak there now."""
    return chat.channel in work.rules.channels and can_be_told(work.session, chat, work.now)


def _chat(name: str) -> ChatRef:
    return ChatRef(*name.split(":", 1))


def title_of(notice: Notice) -> str:
    """Return how a notice is called where it is counted or asked about."""
    return f"{notice.topic or '社区'}提醒"


def rounds_known(session: Session) -> tuple[int | None, datetime | None]:
    """Return what changes when anybody begins or ends a round: a plan made before it is stale."""
    query = select(func.max(RoundRow.id), func.max(RoundRow.cancelled_at))
    newest, ended = session.execute(query).one()
    return newest, ended


def recorded(session: Session, before: datetime) -> list[Done]:
    """Return what was decided before a moment, as far back as a plan has to remember.

    Of the last weeks every decision for every chat, so that budgets are kept; of the year before
    only which round went out when, so that a series goes on where it was.
    """
    recent = before - RECENT
    rounds = session.execute(
        select(RoundRow.notice_id, RoundRow.planned, RoundRow.begun_at).where(
            RoundRow.planned.between(before - MEMORY, recent), RoundRow.cancelled_at.is_(None)
        )
    )
    old = [Done(notice, planned, "", at) for notice, planned, at in rounds]
    rows = session.execute(
        select(
            SendingRow.notice_id,
            SendingRow.planned,
            SendingRow.channel,
            SendingRow.chat_id,
            SendingRow.at,
        )
        .where(SendingRow.planned > recent)
        .order_by(SendingRow.id)
    )
    return old + [
        Done(notice, planned, f"{channel}:{chat}", at)
        for notice, planned, channel, chat, at in rows
    ]


def note_change(work: Work, who: str, notice_id: str, before: str, after: str) -> None:
    """Write down that a notice's text was changed on the page, and what it said before."""
    work.session.add(
        NoticeChangeRow(notice_id=notice_id, at=work.now, who=who, before=before, after=after)
    )
    note(work, who, "notice.edit", notice_id)
