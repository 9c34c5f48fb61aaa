"""Why each of the last messages in groups was, or was not, answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.finding import well
from handlers.intents.calling import uncalled
from handlers.messages import DIRECT_MARK, direct, event_from_payload
from handlers.thinking.considering import consider
from handlers.thinking.thought import Scene
from knowledge.store import migrate
from knowledge.store.database import Database
from knowledge.store.rows.messages import InboxRow, OutboxRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.doctor.finding import Finding
    from handlers.messages import ChatRef, Event
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.faq.shelf import View

LAST = 20
KEPT = 2000
UNSEEN = "没有叫它、也不用它管的话一概不存，所以看不到；原话也不在这里显示"


@dataclass(frozen=True, slots=True)
class Town:
    """What decided: people and groups, the answers, and how the bot is called."""

    hood: Neighbourhood
    faq: View
    names: tuple[str, ...]


IDLE = "闲话"
"""How the reading of words begins that say nothing by themselves."""
FOLLOWED = "接着刚才说的那件事：回的数字、地点、好了没好"


@dataclass(slots=True)
class Reasons:
    """Reasons found before, by message: they hold while people, groups and answers are the same."""

    town: Town | None = None
    known: dict[int, str] = field(default_factory=dict)

    def of(self, town: Town) -> dict[int, str]:
        """Return what is known; nothing once something has changed, or when it grows too long."""
        if self.town != town or len(self.known) > KEPT:
            self.town, self.known = town, {}
        return self.known


@dataclass(frozen=True, slots=True)
class Heard:
    """One stored group message: whether it was answered, and why."""

    at: datetime
    chat: str
    answered: bool
    why: str

    @property
    def said(self) -> str:
        """The verdict in one line."""
        return f"{'回了' if self.answered else '没出声'}：{self.why}"


def explain_silence(url: str, town: Town) -> Iterator[Finding]:
    """Tell of the last group messages that were stored: answered or not, and why."""
    database = Database(url)
    found: list[Heard] = []
    try:
        if migrate.current(url) != migrate.HEAD:
            return  # the database's own findings have said why
        with database.view() as session:
            found = heard_lately(session, town, LAST)
    except SQLAlchemyError:
        return
    finally:
        database.close()
    for one in found:
        yield well(f"为什么没回 {one.at:%m-%d %H:%M} {one.chat}", one.said)
    if not found:
        yield well("为什么没回", "最近没有存下来的群消息", UNSEEN)


def heard_lately(
    session: Session,
    town: Town,
    last: int,
    chat: ChatRef | None = None,
    reasons: Reasons | None = None,
) -> list[Heard]:
    """Return the last group messages, of one group or of all, the newest first."""
    known = (reasons or Reasons()).of(town)
    query = select(InboxRow).where(InboxRow.chat_id.not_like(f"{DIRECT_MARK}%"))
    if chat is not None:
        query = query.where(InboxRow.channel == chat.channel, InboxRow.chat_id == chat.id)
    rows = session.scalars(query.order_by(InboxRow.id.desc()).limit(last)).all()
    answered = _answered(session, rows)
    return [_explained(row, town, known, answered=row.id in answered) for row in rows]


def _explained(row: InboxRow, town: Town, known: dict[int, str], *, answered: bool) -> Heard:
    chat = town.hood.chat(row.channel, row.chat_id)
    name = chat.name if chat else row.chat_id
    silent = _silent(row, known=chat is not None)
    if silent:
        return Heard(row.received_at, name, answered=False, why=silent)
    if row.id not in known:
        event = event_from_payload(row.channel, row.event_id, row.payload)
        known[row.id] = _why(event, town) if event.text else "按了按钮、撤回了，或只有照片"
    why = known[row.id]
    if answered and why.startswith(IDLE):
        why = FOLLOWED
    return Heard(row.received_at, name, answered=answered, why=why)


def _silent(row: InboxRow, *, known: bool) -> str:
    """Why nothing could be said at all, "" where the words decide."""
    if not known:
        return "这个群不在花名册的 chats.csv 里"
    if row.state == "quarantined":
        return f"处理不了（{row.fault}），放在一边了"
    return "" if row.payload else "看过以后知道是闲聊，内容已经删了"


def _answered(session: Session, rows: Sequence[InboxRow]) -> set[int]:
    """Return the ids of the messages that made the bot say something there, or to the sender."""
    if not rows:
        return set()
    senders = {direct(row.channel, row.payload.get("sender", "")).id for row in rows}
    told = select(OutboxRow.key).where(
        OutboxRow.chat_id.in_({row.chat_id for row in rows} | senders),
        OutboxRow.created_at >= min(row.received_at for row in rows),
        OutboxRow.key.like("inbox:%"),
    )
    return {int(key.split(":")[1]) for key in session.scalars(told)}


def _why(event: Event, town: Town) -> str:
    """The reason that the chat's own function gives, as it would decide today."""
    chat = town.hood.chat(event.channel, event.chat.id)
    scene = Scene(
        hood=town.hood,
        faq=town.faq,
        now=event.at,
        addressed=bool(event.addressed) or any(name in event.text for name in town.names),
        chat=chat,
        sender=town.hood.by_account(event.channel, event.sender),
        mode=chat.mode if chat else "仅@",
    )
    why = consider(uncalled(event.text, town.names), scene, len(event.images)).why
    return why.partition("：")[0]  # what follows are words of the message
