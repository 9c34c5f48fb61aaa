"""What a story shows: its sends and ticket steps in order, and whether its asserts hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from handlers.phrases.numbers import ticket_number
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.stories.story import Line
    from handlers.messages import Outgoing


class AssertionFailed(Exception):
    """An `assert` line does not hold."""


class Witness:
    """Sees everything that a story causes and hands it to `tell`, one document at a time."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self._tell = tell
        self._sends: list[tuple[int, dict[str, Any]]] = []
        self._line = 0
        self._last_step = 0

    def next_line(self) -> None:
        """Begin a line: what follows is caused by it."""
        self._line += 1

    def see_send(self, at: datetime, out: Outgoing) -> None:
        """Take in one message that arrived."""
        send = {
            "at": at.isoformat(),
            "type": "send",
            "chat": out.chat.id,
            "kind": out.chat.kind.value,
            "to": out.chat.account,
            "text": out.text,
            "buttons": [button.label for button in out.buttons],
            "images": len(out.images),
            "ticket": out.ticket,
            "notice": out.notice,
            "lane": out.lane,
        }
        self._sends.append((self._line, send))
        self._tell(send)

    def see_tickets(self, session: Session) -> None:
        """Take in the steps of tickets that were committed since the last look."""
        steps = session.execute(
            select(TicketEventRow, TicketRow.no)
            .join(TicketRow, TicketRow.id == TicketEventRow.ticket_id)
            .where(TicketEventRow.id > self._last_step)
            .order_by(TicketEventRow.id)
        )
        for step, no in steps:
            self._last_step = step.id
            if step.from_state != step.to_state:
                self._tell(_ticket_step(step, no))

    def check(self, line: Line) -> None:
        """Compare an `assert` line with the sends of the lines before it.

        Raises:
            AssertionFailed: naming the line and what was seen instead.
        """
        fields = line.fields
        after = self._line - fields.get("after", 1)
        chat = fields.get("chat")
        seen = [
            send
            for cause, send in self._sends
            if cause > after and (chat is None or send["chat"] == chat)
        ]
        wanted = fields.get("contains")
        hits = [send for send in seen if wanted is None or wanted in send["text"]]
        _hold(line, "count" not in fields or len(hits) == fields["count"], hits, seen)
        if wanted is not None and "count" not in fields:
            _hold(line, bool(hits), hits, seen)
        unwanted = fields.get("not_contains")
        if unwanted is not None:
            _hold(line, all(unwanted not in send["text"] for send in seen), hits, seen)


def _hold(line: Line, holds: bool, hits: list[Any], seen: list[Any]) -> None:  # noqa: FBT001 -- a predicate.
    if holds:
        return
    texts = "\n".join(f"  [{send['chat']}] {send['text']}" for send in seen) or "  （什么也没发）"
    raise AssertionFailed(
        f"第 {line.number} 行的 assert 不成立：{line.fields}；符合的有 {len(hits)} 条。看到的是：\n{texts}"
    )


def _ticket_step(step: TicketEventRow, no: int) -> dict[str, Any]:
    return {
        "at": step.at.isoformat(),
        "type": "ticket",
        "no": ticket_number(no),
        "from": step.from_state,
        "to": step.to_state,
        "by": step.actor,
        "reason": step.reason,
    }
