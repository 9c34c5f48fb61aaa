"""What an adapter may ask of the application, beside handing in what it hears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    from handlers.messages import ChatRef, Event, Receipt


@dataclass(frozen=True, slots=True)
class Health:
    """How a channel stands with its platform; `detail` is a machine word, never a secret."""

    connected: bool
    detail: str = ""
    heard_at: datetime | None = None


class House(Protocol):
    """The application as an adapter sees it: it knows no tickets and no people."""

    def now(self) -> datetime:
        """Return the aware present moment."""
        ...

    def knows(self, chat: ChatRef) -> bool:
        """Tell whether the roster has this group."""
        ...

    async def wants(self, event: Event) -> bool:
        """Tell whether it is new and not mere chatter: only then its pictures are fetched."""
        ...

    def worth(self, event: Event) -> bool:
        """Tell whether it is not mere chatter."""
        ...

    async def amend(self, event: Event) -> bool:
        """Put an edit in the place of what nobody has acted on; False = it is something new."""
        ...

    async def retract(self, event: Event) -> bool:
        """Forget what was taken back; True = somebody has acted on it, so the recall is heard."""
        ...

    async def hold(self, event: Event, album: str, files: tuple[str, ...]) -> None:
        """Store a part of an album, with the platform's ids of its pictures."""
        ...

    async def held(self, channel: str) -> set[str]:
        """Return the albums of which parts are held."""
        ...

    async def parts(self, channel: str, album: str) -> list[tuple[Event, tuple[str, ...]]]:
        """Return the parts of an album with their pictures, in the order in which they came."""
        ...

    async def join(self, channel: str, album: str, whole: Event | None) -> None:
        """Let all parts be one event, to be handled now; None = nothing of them is kept."""
        ...

    async def keep_picture(self, data: bytes, who: str) -> str:
        """Keep a picture and return its id; raises Unreadable."""
        ...

    async def keep_voice(self, data: bytes, who: str) -> str:
        """Keep a voice and return its id; raises Unreadable."""
        ...

    def picture(self, media_id: str) -> Path | None:
        """Return the file of a picture."""
        ...

    async def set_aside(self, channel: str, event_id: str, why: str) -> None:
        """Quarantine what cannot be read, once; the administrators hear of the first of a day."""
        ...

    async def report(self, key: str, sentence: str, avoid: str = "") -> None:
        """Tell the administrators, not by the channel `avoid`; a key is told once for ever."""
        ...

    async def say(self, key: str, chat: ChatRef, sentence: str) -> None:
        """Queue a sentence for a chat; the same key is said once."""
        ...

    async def on_duty(self, post: str, deed: Callable[[], Awaitable[None]]) -> None:
        """Do what one process at a time may do (listening with one token), whenever that is us.

        Runs until cancelled; of several processes one acts and the others stand by.
        """
        ...

    async def on_line(self, channel: str, deed: Callable[[], Awaitable[None]]) -> None:
        """Do it while this process is the one that sends on the channel, over the same connection.

        Runs until cancelled.
        """
        ...

    async def holds_line(self, channel: str) -> bool:
        """Tell, looked at afresh, whether this process is the one that sends on the channel."""
        ...

    async def moves(self, channel: str) -> dict[str, str]:
        """Return the groups that have got a new id, as old → new."""
        ...

    async def note_move(self, channel: str, old: str, new: str) -> None:
        """Remember that a group has got a new id."""
        ...

    async def has_met(self, chat: ChatRef) -> bool:
        """Tell whether somebody in a chat has spoken to us; who erases their data has not."""
        ...

    async def meet(self, chat: ChatRef) -> None:
        """Remember that somebody in a chat has spoken to us, where only then we may push."""
        ...

    async def recall(self, name: str) -> str:
        """Return what a channel has written down under a name; "" = nothing."""
        ...

    async def remember(self, name: str, value: str) -> None:
        """Write something down that must outlive this process: how far a channel has read."""
        ...

    async def replies_left(self, chat: ChatRef) -> int:
        """Return how many messages a chat may still get, where a channel only answers."""
        ...

    async def awaiting(self, channel: str) -> tuple[str, ...]:
        """Return the references of messages that wait for a human hand."""
        ...

    async def settle(self, channel: str, reference: str, receipt: Receipt) -> None:
        """Write down what became of a message after it had been handed over."""
        ...


@runtime_checkable
class Housed(Protocol):
    """A channel that needs the house."""

    def move_in(self, house: House) -> None:
        """Get to know the house; called once, before `start`."""
        ...


@runtime_checkable
class Visited(Protocol):
    """A channel whose client holds a connection to our web server."""

    async def hang_up(self) -> None:
        """Let what is on its way come to its end and send the client away.

        Called before the web server stops: from then on it hears nothing.
        """
        ...


@runtime_checkable
class Watched(Protocol):
    """A channel that can tell how it stands with its platform."""

    def health(self) -> Health:
        """Return what is known without asking the platform."""
        ...
