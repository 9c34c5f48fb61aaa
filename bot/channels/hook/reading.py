"""Reading what a program sends: strict, so that nonsense is refused and not guessed at."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from handlers.messages import ChatKind, ChatRef, Event, EventKind, direct

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_ID = 128
LONGEST_TEXT = 4000
MOST_MEDIA = 9


class Nonsense(Exception):
    """The body is not what CONTRACT §8 says; the text names the field."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An event, and pictures that are not yet kept."""

    event: Event
    pictures: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A happening as it was told: kind, place (id or name, None = everywhere), level."""

    key: str
    kind: str
    place: str | None
    level: str
    text: str


def read_body(raw: bytes) -> dict[str, Any]:
    """Return the JSON object in a body; raises Nonsense for everything else."""
    try:
        body = json.loads(raw.decode("utf-8"))
        json.dumps(body, ensure_ascii=False).encode("utf-8")  # half characters cannot be stored
    except (ValueError, RecursionError):
        raise Nonsense("body") from None
    if not isinstance(body, dict):
        raise Nonsense("body")
    return body


def read_event(channel: str, body: Mapping[str, Any], now: datetime) -> Heard:
    """Return the message or the press that the body brings."""
    chat, sender = _table(body, "chat"), _table(body, "sender")
    chat_id, kind = _id(chat, "id"), chat.get("kind")
    if kind not in (ChatKind.DIRECT.value, ChatKind.GROUP.value):
        raise Nonsense("chat.kind")
    if kind == ChatKind.GROUP and chat_id.startswith("@"):
        raise Nonsense("chat.id")
    action = _text(body, "action", LONGEST_ID)
    addressed = body.get("addressed")
    if addressed is not None and not isinstance(addressed, bool):
        raise Nonsense("addressed")
    pictures = _pictures(body)
    event = Event(
        channel=channel,
        event_id=_id(body, "event_id"),
        chat=direct(channel, chat_id) if kind == ChatKind.DIRECT else ChatRef(channel, chat_id),
        sender=_id(sender, "id"),
        at=_moment(body, now),
        kind=EventKind.PRESS if action else EventKind.MESSAGE,
        text=_text(body, "text", LONGEST_TEXT),
        name=_text(sender, "name", LONGEST_ID),
        addressed=addressed,
        token=action,
    )
    if not (event.text or action or pictures):
        raise Nonsense("text")
    return Heard(event, pictures)


def read_happening(body: Mapping[str, Any], now: datetime) -> Told:
    """Return the happening that the body tells of."""
    place = body.get("place")
    if place is not None and not isinstance(place, str):
        raise Nonsense("place")
    _moment(body, now)
    return Told(
        key=_id(body, "key"),
        kind=_id(body, "kind"),
        place=place,
        level=_text(body, "level", LONGEST_ID),
        text=_text(body, "text", LONGEST_TEXT),
    )


def _table(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    if not isinstance(value, dict):
        raise Nonsense(name)
    return value


def _id(body: Mapping[str, Any], name: str) -> str:
    value = _text(body, name, LONGEST_ID)
    if not value.strip():
        raise Nonsense(name)
    return value


def _text(body: Mapping[str, Any], name: str, longest: int) -> str:
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise Nonsense(name)
    return value


def _moment(body: Mapping[str, Any], now: datetime) -> datetime:
    value = body.get("at")
    if value is None:
        return now
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(now.tzinfo) if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    except (TypeError, ValueError, OverflowError):
        raise Nonsense("at") from None


def _pictures(body: Mapping[str, Any]) -> tuple[bytes, ...]:
    media = body.get("media")
    if media is None:
        return ()
    if not isinstance(media, list) or len(media) > MOST_MEDIA:
        raise Nonsense("media")
    try:
        return tuple(base64.b64decode(one["data"], validate=True) for one in media)
    except (TypeError, KeyError, ValueError, binascii.Error):
        raise Nonsense("media") from None
