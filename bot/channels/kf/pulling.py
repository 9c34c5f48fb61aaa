"""What a pulled message says: words, a tapped line, a picture, an arrival, a sending that failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.wechat.channel import event_of
from bot.wechat.trouble import Garbled
from handlers.messages import EventKind

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.messages import Event

FROM_PERSON, FROM_SYSTEM = 3, 4
"""Values of `origin`; 5 is a member of staff who answers by hand."""
OLD = timedelta(minutes=10)
"""At the very first pull the platform gives three days: what is older than this is over."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """One message that concerns us."""

    event: Event
    media_id: str = ""
    spoken: bool = False
    """Whether it is a voice."""
    welcome: str = ""
    """Code with which who has just come in may be greeted."""
    failed: str = ""
    """Id of a message of ours that did not arrive."""
    fail_type: int = 0
    unread: bool = False

    def is_old(self, now: datetime) -> bool:
        """Whether it was said long before we began to listen."""
        return now - self.event.at > OLD


def read_message(channel: str, raw: Any) -> Pulled | None:
    """Return what a message says, None for what is none of our business; raises Garbled."""
    if not isinstance(raw, dict):
        raise Garbled("message")
    if raw.get("origin") == FROM_SYSTEM:
        return _happened(channel, raw)
    if raw.get("origin") != FROM_PERSON:
        return None
    kind = raw.get("msgtype")
    if kind == "text":
        return Pulled(_said(channel, raw, _table(raw, "text")))
    if kind in ("image", "voice"):
        media = _word(_table(raw, kind), "media_id")
        return Pulled(_event(channel, raw), media_id=media, spoken=kind == "voice")
    return Pulled(_event(channel, raw), unread=True)


def _happened(channel: str, raw: dict[str, Any]) -> Pulled | None:
    event = _table(raw, "event")
    kind = event.get("event_type")
    if kind not in ("enter_session", "msg_send_fail"):
        return None
    who = raw | {"external_userid": event.get("external_userid")}
    if kind == "enter_session":
        code = _word(event, "welcome_code")
        return Pulled(_event(channel, who), welcome=code) if code else None
    kept = event.get("fail_type")
    number = kept if isinstance(kept, int) else 0
    return Pulled(_event(channel, who), failed=_word(event, "fail_msgid"), fail_type=number)


def _said(channel: str, raw: dict[str, Any], text: dict[str, Any]) -> Event:
    token = _word(text, "menu_id")
    if token:
        return _event(channel, raw, kind=EventKind.PRESS, token=token)
    return _event(channel, raw, text=_word(text, "content"))


def _event(channel: str, raw: dict[str, Any], **more: Any) -> Event:
    name, at = _word(raw, "msgid"), raw.get("send_time")
    if not name or isinstance(at, bool) or not isinstance(at, int):
        raise Garbled("msgid")
    fields = {"FromUserName": _word(raw, "external_userid"), "CreateTime": str(at)}
    return event_of(channel, fields, name, **more)


def _table(raw: dict[str, Any], name: str) -> dict[str, Any]:
    found = raw.get(name)
    if not isinstance(found, dict):
        raise Garbled(name)
    return found


def _word(raw: dict[str, Any], name: str) -> str:
    found = raw.get(name)
    if found is None:
        return ""
    if not isinstance(found, str) or "\0" in found:
        raise Garbled(name)
    return found
