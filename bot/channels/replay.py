"""The channel of stories: arrives at once, fails on demand, remembers its cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.messages import Capabilities, Outcome, Receipt, Window

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.messages import ChatRef, Event, Outgoing

NAME = "replay"
DOWN = timedelta(minutes=10)
"""Between two tries while the story says "down"; its "up" lets everything be tried at once."""
CAPABILITIES = Capabilities(
    hears="all",
    pushes=True,
    buttons=8,
    edits=False,
    images=True,
    text_bytes=4096,
    windows=(Window(20, 60, per_chat=True), Window(30, 1, per_chat=False)),
)
"""Windows as CONTRACT §6 promises: 20 in 60 s for a chat, 30 in 1 s in all."""


@dataclass(slots=True)
class Fault:
    """How the channel misbehaves at present."""

    down: bool = False
    retry_after: float | None = None
    lost_receipts: int = 0


@dataclass(slots=True)
class Replay:
    """A channel without a network; `arrived` is called for each message that gets through."""

    arrived: Callable[[Outgoing], None]
    name: str = NAME
    capabilities: Capabilities = CAPABILITIES
    fault: Fault = field(default_factory=Fault)
    _cards: dict[ChatRef, list[Outgoing]] = field(default_factory=dict)

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Nothing listens by itself: the story speaks."""

    async def stop(self) -> None:
        """Nothing to let go."""

    async def send(self, out: Outgoing) -> Receipt:
        """Let the message arrive, unless the story says otherwise."""
        if self.fault.down:
            return Receipt(Outcome.LATER, retry_after=DOWN.total_seconds(), detail="down")
        if self.fault.retry_after is not None:
            return Receipt(Outcome.LATER, retry_after=self.fault.retry_after, detail="429")
        self.arrived(out)
        if out.buttons:
            self._cards.setdefault(out.chat, []).append(out)
        if self.fault.lost_receipts > 0:
            self.fault.lost_receipts -= 1
            return Receipt(Outcome.UNKNOWN, detail="lost_ack")
        return Receipt(Outcome.SENT, reference=out.key)

    def token(self, chat: ChatRef, label: str) -> str | None:
        """Return what the button with that label carries on the newest card that has it."""
        for card in reversed(self._cards.get(chat, [])):
            for button in card.buttons:
                if button.label == label:
                    return button.token
        return None
