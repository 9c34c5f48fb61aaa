"""What a callback means: words, pictures and presses of a member, or an event of the platform."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.channels.wecom_bot.frames import EVENT, id_of
from bot.wechat.trouble import Garbled
from handlers.messages import ChatRef, Event, EventKind, direct
from knowledge.community.days.zone import ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.wecom_bot.frames import Frame

NAME = "wecom_bot"
LONGEST_TEXT = 4000
LONGEST_QUOTE = 200
MOST_PICTURES = 9
TAKEN_OVER = "disconnected_event"
PRESSED = "template_card_event"
ENTERED = "enter_chat"

_CALL = re.compile(r"\s*@\S+\s*")
"""How a message in a group begins: `@机器人 正文`."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture lies for five minutes, and the key that opens it."""

    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A callback as we understand it."""

    event: Event
    pictures: tuple[Picture, ...] = ()
    happened: str = ""
    """Kind of an event that is neither said nor pressed."""
    task: str = ""
    """Id of the card that was pressed."""


def read_callback(frame: Frame, now: datetime) -> Heard:
    """Return what a callback brings; raises Garbled."""
    body = frame.body
    kind = str(body.get("msgtype", ""))
    if frame.cmd == EVENT or kind == "event":
        return _event(body, now)
    parts = _parts(body, kind)
    words = "\n".join(text for one in parts if (text := _words(one)))
    if body.get("chattype") == "group":
        words = _CALL.sub("", words, count=1) if _CALL.match(words) else words
    pictures = tuple(found for one in parts if (found := _picture(one)))
    event = _spoken(body, now, text=words.strip()[:LONGEST_TEXT], quote=_quote(body))
    return Heard(event, pictures[:MOST_PICTURES])


def _event(body: Mapping[str, Any], now: datetime) -> Heard:
    happened = _table(body, "event").get("eventtype")
    if happened == PRESSED:
        pressed = _table(_table(body, "event"), PRESSED)
        token, task = id_of(pressed, "event_key"), id_of(pressed, "task_id")
        return Heard(_spoken(body, now, kind=EventKind.PRESS, token=token), task=task)
    if not isinstance(happened, str) or not happened:
        raise Garbled("eventtype")
    if happened == TAKEN_OVER:
        return Heard(Event(NAME, "", ChatRef(NAME, ""), "", now), happened=happened)
    return Heard(_spoken(body, now), happened=happened)


def _spoken(body: Mapping[str, Any], now: datetime, **more: Any) -> Event:
    sender = id_of(body.get("from"), "userid")
    group = body.get("chattype") == "group"
    chat = ChatRef(NAME, id_of(body, "chatid")) if group else direct(NAME, sender)
    if group and chat.account is not None:
        raise Garbled("chatid")
    return Event(
        channel=NAME,
        event_id=id_of(body, "msgid"),
        chat=chat,
        sender=sender,
        at=_moment(body.get("create_time"), now),
        addressed=True,  # in groups the platform brings only what is said to the bot
        **more,
    )


def _parts(body: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    """Return the message, or the parts of a mixed one."""
    if kind != "mixed":
        return [body]
    items = _table(body, "mixed").get("msg_item")
    if not isinstance(items, list):
        raise Garbled("msg_item")
    return [one for one in items if isinstance(one, dict)]


def _words(part: Mapping[str, Any]) -> str:
    """Return the words of a text, or those that the platform has heard in a voice message."""
    kind = part.get("msgtype")
    if kind not in ("text", "voice"):
        return ""
    content = _table(part, kind).get("content", "")
    if not isinstance(content, str):
        raise Garbled("content")
    return content


def _picture(part: Mapping[str, Any]) -> Picture | None:
    if part.get("msgtype") != "image":
        return None
    image = _table(part, "image")
    url, key = image.get("url"), image.get("aeskey", "")
    if not isinstance(url, str) or not isinstance(key, str):
        raise Garbled("image")
    return Picture(url, key)


def _quote(body: Mapping[str, Any]) -> str | None:
    """Return the words that are replied to: the platform gives no id of their message."""
    quote = body.get("quote")
    text = quote.get("text") if isinstance(quote, dict) else None
    content = text.get("content") if isinstance(text, dict) else None
    return content[:LONGEST_QUOTE] if isinstance(content, str) and content else None


def _table(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    if not isinstance(value, dict):
        raise Garbled(name)
    return value


def _moment(seconds: Any, now: datetime) -> datetime:
    """Return the moment that the platform gives in Unix seconds; without one it is now."""
    if seconds is None:
        return now
    if type(seconds) is not int:
        raise Garbled("create_time")
    try:
        return datetime.fromtimestamp(seconds, ZONE)
    except (ValueError, OverflowError, OSError):
        raise Garbled("create_time") from None
