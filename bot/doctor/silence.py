"""Why each of the last messages in groups was, or was not, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.finding import well
from handlers.considering import consider
from handlers.intents.thought import Scene
from handlers.messages import DIRECT_MARK, event_from_payload
from knowledge.store import migrate
from knowledge.store.database import Database
from knowledge.store.rows.messages import InboxRow, OutboxRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.doctor.finding import Finding
    from handlers.messages import Event
    from knowledge.community.neighbourhood import Neighbourhood
    from knowledge.faq.shelf import View

LAST = 20
UNSEEN = "没有叫它、也不用它管的话一概不存，所以看不到；原话也不在这里显示"


def explain_silence(
    url: str, hood: Neighbourhood, faq: View, names: tuple[str, ...]
) -> Iterator[Finding]:
    """Tell of the last group messages that were stored: answered or not, and why."""
    database = Database(url)
    try:
        if migrate.current(url) != migrate.HEAD:
            return  # the database's own findings have said why
        with database.view() as session:
            rows = session.scalars(
                select(InboxRow)
                .where(InboxRow.chat_id.not_like(f"{DIRECT_MARK}%"))
                .order_by(InboxRow.id.desc())
                .limit(LAST)
            ).all()
            for row in rows:
                yield _explained(session, row, hood, faq, names)
    except SQLAlchemyError:
        return
    finally:
        database.close()
    if not rows:
        yield well("为什么没回", "最近没有存下来的群消息", UNSEEN)


def _explained(
    session: Session,
    row: InboxRow,
    hood: Neighbourhood,
    faq: View,
    names: tuple[str, ...],
) -> Finding:
    chat = hood.chat(row.channel, row.chat_id)
    name = f"为什么没回 {row.received_at:%m-%d %H:%M} {chat.name if chat else row.chat_id}"
    if chat is None:
        return well(name, "没出声：这个群不在花名册的 chats.csv 里")
    if row.state == "quarantined":
        return well(name, f"没出声：处理不了（{row.fault}），放在一边了")
    if not row.payload:
        return well(name, "没出声：看过以后知道是闲聊，内容已经删了")
    event = event_from_payload(row.channel, row.event_id, row.payload)
    why = _why(event, hood, faq, names) if event.text else "按了按钮，或只有照片"
    spoke = session.scalar(select(exists().where(OutboxRow.key.like(f"inbox:{row.id}:%"))))
    return well(name, f"{'回了' if spoke else '没出声'}：{why}")


def _why(event: Event, hood: Neighbourhood, faq: View, names: tuple[str, ...]) -> str:
    """The reason that the chat's own function gives, as it would decide today."""
    chat = hood.chat(event.channel, event.chat.id)
    scene = Scene(
        hood=hood,
        faq=faq,
        now=event.at,
        addressed=bool(event.addressed) or any(name in event.text for name in names),
        chat=chat,
        sender=hood.by_account(event.channel, event.sender),
        mode=chat.mode if chat else "仅@",
    )
    why = consider(event.text, scene, len(event.images)).why
    return why.partition("：")[0]  # what follows are words of the message
