"""All that crosses the border: what comes in, what goes out, and who carries it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

DIRECT_MARK = "@"
PULLED = "open311"
"""Channel of other systems: they ask how things stand and are told nothing."""

_HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff]"
)
"""Control, direction, private and half characters; the joiner inside emoji is left."""


def visible(text: str) -> str:
    """Return the text without characters that only mislead readers or break a database."""
    return _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class ChatKind(StrEnum):
    """Who hears what is said in a chat."""

    DIRECT = "direct"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class ChatRef:
    """Where something is said: ids are text; a private chat is `@` + account id.

    A topic of a forum group is the group's id, `#` and the topic's number.
    """

    channel: str
    id: str

    @property
    def kind(self) -> ChatKind:
        """Private chats carry the mark in their id."""
        return ChatKind.DIRECT if self.id.startswith(DIRECT_MARK) else ChatKind.GROUP

    @property
    def account(self) -> str | None:
        """The account at the other end of a private chat."""
        return self.id[1:] if self.kind is ChatKind.DIRECT else None

    def __str__(self) -> str:
        return f"{self.channel}:{self.id}"


def direct(channel: str, account: str) -> ChatRef:
    """Return the private chat of an account with the bot."""
    return ChatRef(channel, DIRECT_MARK + account)


class EventKind(StrEnum):
    """What a channel can tell us."""

    MESSAGE = "message"
    PRESS = "press"
    RECALL = "recall"  # of what was said before


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody said or pressed; unique by (channel, event_id)."""

    channel: str
    event_id: str
    chat: ChatRef
    sender: str
    """Account id on the channel."""
    at: datetime
    kind: EventKind = EventKind.MESSAGE
    text: str = ""
    name: str = ""
    """Display name as the platform gives it: a hint, never an authority."""
    addressed: bool | None = None
    """True/False when the platform knows (mention); None = look at the text."""
    images: tuple[str, ...] = ()
    """Ids of pictures, already stored and re-encoded, and of voices, which end on their kind."""
    quote: str | None = None
    token: str = ""
    """What the pressed button carried."""
    message: str = ""
    """The platform's id of the message, by which an edit or a recall names it."""

    def __post_init__(self) -> None:
        """Take out what nobody can see: no channel has to think of it."""
        object.__setattr__(self, "text", visible(self.text))
        object.__setattr__(self, "name", visible(self.name))

    def as_payload(self) -> dict[str, Any]:
        """Return the event as JSON-ready values for the inbox."""
        return {
            "chat": self.chat.id,
            "sender": self.sender,
            "at": self.at.isoformat(),
            "kind": self.kind.value,
            "text": self.text,
            "name": self.name,
            "addressed": self.addressed,
            "images": list(self.images),
            "quote": self.quote,
            "token": self.token,
            "message": self.message,
        }


def event_from_payload(channel: str, event_id: str, payload: dict[str, Any]) -> Event:
    """Rebuild the event that `as_payload` wrote down."""
    return Event(
        channel=channel,
        event_id=event_id,
        chat=ChatRef(channel, payload["chat"]),
        sender=payload["sender"],
        at=datetime.fromisoformat(payload["at"]),
        kind=EventKind(payload["kind"]),
        text=payload["text"],
        name=payload["name"],
        addressed=payload["addressed"],
        images=tuple(payload["images"]),
        quote=payload["quote"],
        token=payload["token"],
        message=payload.get("message", ""),  # rows of before 0020 have none
    )


@dataclass(frozen=True, slots=True)
class Button:
    """A labelled choice; the token is random and means nothing outside our database."""

    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message as a channel gets it; the text alone must be enough."""

    key: str
    chat: ChatRef
    text: str
    buttons: tuple[Button, ...] = ()
    images: tuple[str, ...] = ()
    ticket: str | None = None
    """Number of the ticket it is about, as people read it (0127)."""
    notice: str | None = None
    lane: str | None = None
    replaces: str = ""
    """References of the cards that this one takes the place of, where the channel can change them;
    the newest first, a space between."""


class Outcome(StrEnum):
    """What became of a sending, as honestly as the channel knows."""

    SENT = "sent"
    LATER = "later"
    GONE = "gone"
    NEEDS_HUMAN = "needs_human"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel's answer to one sending; `retry_after` in seconds."""

    outcome: Outcome
    reference: str = ""
    retry_after: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """At most `count` sendings in any `seconds`, for one chat or for the whole channel."""

    count: int
    seconds: float
    per_chat: bool


ANSWERS = Window(5, 48 * 3600, per_chat=True)
"""A channel that only answers: five messages within 48 hours after each word of theirs."""
ANSWERING = frozenset({"mp", "kf"})
"""Channels with this window (the platform's pages on customer service messages, and 94677)."""
AFTER_CONTACT = frozenset({"wecom_bot"})
"""Channels that reach a chat only after somebody there has spoken to the bot (page 101463)."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do; the README's table is made from it."""

    hears: str
    """all, addressed or none: which group messages reach us; direct: there are no groups."""
    pushes: bool
    buttons: int
    edits: bool
    images: bool
    text_bytes: int
    windows: tuple[Window, ...] = field(default=())
    idempotent: bool = False
    """A repeated sending with the same key shows once."""
    public_address: bool = False
    by_hand: bool = False
    """Somebody has to confirm each sending in the platform's own client."""
    answers: Window | None = None
    """Speaks only within this window after a word of theirs; None = at any time."""
    after_contact: bool = False
    """Speaks at any time, once somebody in the chat has spoken to the bot."""


class Channel(Protocol):
    """Where people talk; an adapter knows its platform and nothing of the neighbourhood."""

    name: str
    capabilities: Capabilities

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Begin to listen; `hear` returns only after the event is stored."""
        ...

    async def stop(self) -> None:
        """Finish what is being sent and let go."""
        ...

    async def send(self, out: Outgoing) -> Receipt:
        """Send one message and tell what became of it; never raises for the network."""
        ...


class Clock(Protocol):
    """Where "now" comes from."""

    def now(self) -> datetime:
        """Return the aware present moment."""
        ...
