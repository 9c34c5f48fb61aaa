"""What stands in the records of a neighbourhood after a year: for pages to be measured over."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from bot.benches.archive import fill
from bot.benches.stage import MONDAY
from handlers.messages import ChatRef, Event
from knowledge.store.rows.audit import AuditRow
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.notices import ReceiptRow, SendingRow
from knowledge.store.rows.questions import AnswerRow, QuestionRow
from knowledge.store.rows.web import WebMessageRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.app import App
    from knowledge.community.hood.neighbourhood import Neighbourhood

TICKETS, MESSAGES, ANSWERS, QUESTIONS = 100_000, 20_000, 20_000, 2_000
TOLD, HEARD, DEEDS = 200_000, 30_000, 50_000
YEAR = 365
AT_ONCE = 5000


def furnish(session: Session, app: App) -> None:
    """Write a year of requests, talk, answers, open questions, notices, sendings and deeds."""
    hood, chance = app.town.hood, random.Random(9)  # noqa: S311 -- the same rows every time.
    fill(session, hood, TICKETS, MONDAY, YEAR)
    entries = list(app.papers.faq.current.entries)

    def back(number: int, count: int) -> Any:
        return MONDAY - timedelta(days=YEAR) * (1 - number / count)

    session.execute(
        insert(WebMessageRow),
        [
            {
                "key": f"bench-{n}",
                "chat_id": "g-gh3",
                "sender": "li",
                "name": "李娭毑",
                "text": "今天好冷",
                "buttons": [],
                "images": [],
                "at": back(n, MESSAGES),
            }
            for n in range(MESSAGES)
        ],
    )
    session.execute(
        insert(AnswerRow),
        [
            {"faq_id": chance.choice(entries), "at": back(n, ANSWERS), "score": 0.9}
            for n in range(ANSWERS)
        ],
    )
    session.execute(
        insert(QuestionRow), [_question(n, back(n, QUESTIONS)) for n in range(QUESTIONS)]
    )
    _send(session, hood)
    for table, rows in ((OutboxRow, _told(hood)), (InboxRow, _heard(hood)), (AuditRow, _deeds())):
        while batch := list(islice(rows, AT_ONCE)):
            session.execute(insert(table), batch)


def _question(number: int, at: Any) -> dict[str, Any]:
    waiting = number >= QUESTIONS - 40
    return {
        "who": "li",
        "channel": "web",
        "chat_id": "@li",
        "text": f"第 {number} 个没有答案的问题",
        "near": [],
        "assignee_id": "chen",
        "state": "open" if waiting else "answered",
        "asked_at": at,
    }


def _send(session: Session, hood: Neighbourhood) -> None:
    """Two notices a week into every group, with one 收到 each."""
    number = 0
    for week in range(52):
        for day in (2, 4):
            at = MONDAY - timedelta(weeks=week, days=day)
            for chat in hood.chats.values():
                number += 1
                session.add(
                    SendingRow(
                        id=number,
                        notice_id="fire-bedtime",
                        planned=at,
                        channel=chat.channel,
                        chat_id=chat.id,
                        status="send",
                        at=at,
                        title="睡前三关",
                        asks_receipt=True,
                    )
                )
                session.flush()
                session.add(ReceiptRow(sending_id=number, who="li", at=at))


def _told(hood: Neighbourhood) -> Iterator[dict[str, Any]]:
    chats = [chat.id for chat in hood.chats.values()]
    for number in range(TOLD):
        at = MONDAY - timedelta(days=90) * ((TOLD - number) / TOLD)
        yield {
            "key": f"clock:{number}:1",
            "channel": "web",
            "chat_id": chats[number % len(chats)],
            "kind": "group",
            "text": "收到请回复",
            "buttons": [],
            "images": [],
            "state": "failed" if number % 5000 == 0 else "sent",
            "not_before": at,
            "created_at": at,
            "sent_at": at,
            "attempts": 1,
        }


def _heard(hood: Neighbourhood) -> Iterator[dict[str, Any]]:
    chats = [chat.id for chat in hood.chats.values() if chat.channel == "web"]
    for number in range(HEARD):
        at = MONDAY - timedelta(days=7) * ((HEARD - number) / HEARD)
        chat = ChatRef("web", chats[number % len(chats)])
        said = ("小助手，老人坐公交要钱不", "今天天气真好", "三栋二单元楼道灯坏了")[number % 3]
        yield {
            "channel": "web",
            "event_id": f"bench:{number}",
            "chat_id": chat.id,
            "payload": Event("web", f"bench:{number}", chat, "li", at, text=said).as_payload(),
            "state": "done",
            "received_at": at,
            "done_at": at,
        }


def _deeds() -> Iterator[dict[str, Any]]:
    for number in range(DEEDS):
        yield {
            "at": MONDAY - timedelta(days=365) * ((DEEDS - number) / DEEDS),
            "who": ("chen", "zhang", "xie")[number % 3],
            "kind": ("sign", "export")[number % 2],
            "deed": ("sign.in", "export.report")[number % 2],
            "subject": "",
            "detail": "",
            "prev": "",
            "hash": str(number),
        }
