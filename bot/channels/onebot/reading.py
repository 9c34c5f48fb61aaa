"""What a frame of the client means: its answer to a call, or something that happened."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.channels.onebot.segments import Odd, segments_of
from handlers.messages import ChatRef, Event, EventKind, direct
from knowledge.community.days.zone import ZONE

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

NAME = "onebot"
LONGEST_TEXT = 4000
MOST_PICTURES = 9
DIGITS = 20
"""A number with more digits is nonsense and must not stop the decoder."""
UNREADABLE = {
    "record": "语音",
    "video": "视频",
    "file": "文件",
    "location": "位置",
    "contact": "名片",
    "share": "链接",
    "forward": "聊天记录",
    "json": "卡片",
    "xml": "卡片",
}
"""What people send and mean something by. A face asks for nothing."""
JOINED, LEFT = "joined", "left"
RECALLS = frozenset({"group_recall", "friend_recall"})
_NUMBER = re.compile(rf"-?[0-9]{{1,{DIGITS}}}")
_CHANGES = {
    ("group_increase", None): JOINED,
    ("group_decrease", "kick_me"): LEFT,
    ("group_decrease", "leave"): LEFT,
}
"""Notices about ourselves: what happened, and how."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that was said, or that happened to us in a group."""

    event: Event
    pictures: tuple[str, ...] = ()
    """Addresses, or `base64://…`."""
    happened: str = ""
    unreadable: str = ""
    """What came that we cannot take in, as people call it."""


def read_frame(text: str) -> dict[str, Any]:
    """Return the object in a frame; raises Odd."""
    try:
        frame = json.loads(text, parse_int=_number)
    except (ValueError, RecursionError):
        raise Odd("frame") from None
    if not isinstance(frame, dict):
        raise Odd("frame")
    return frame


def read_event(frame: Mapping[str, Any], me: str, ours: Container[str]) -> Heard | None:
    """Return what was said or happened, None when it is nothing to us; raises Odd.

    `me` = our own number, `ours` = ids of messages that we have sent.
    """
    kind = frame.get("post_type")
    if not isinstance(kind, str):
        raise Odd("post_type")
    if kind == "notice":
        return _recall(frame, me) or _change(frame, me)
    if kind != "message" or id_of(frame, "user_id") == me:
        return None
    return _message(frame, me, ours)


def id_of(frame: Mapping[str, Any], name: str) -> str:
    """Return a number of the platform as text; raises Odd."""
    value = frame.get(name)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return value
    if type(value) is not int:
        raise Odd(name)
    return str(value)


def online_of(frame: Mapping[str, Any]) -> bool | None:
    """Return whether a heartbeat says that the account is online; None = it does not say."""
    status = frame.get("status") if frame.get("meta_event_type") == "heartbeat" else None
    online = status.get("online") if isinstance(status, dict) else None
    return online if isinstance(online, bool) else None


def _message(frame: Mapping[str, Any], me: str, ours: Container[str]) -> Heard:
    group, sender = frame.get("message_type") == "group", id_of(frame, "user_id")
    if not group and frame.get("message_type") != "private":
        raise Odd("message_type")
    segments = segments_of(frame.get("message"))
    quote = next((fields.get("id", "") for kind, fields in segments if kind == "reply"), "")
    called = quote in ours or any(
        kind == "at" and fields.get("qq") == me for kind, fields in segments
    )
    words = "".join(fields.get("text", "") for kind, fields in segments if kind == "text")
    pictures = (_picture(fields) for kind, fields in segments if kind == "image")
    anonymous = group and frame.get("anonymous") is not None
    event = Event(
        channel=NAME,
        event_id=f"{me}.{id_of(frame, 'message_id')}.{id_of(frame, 'time')}",
        chat=ChatRef(NAME, id_of(frame, "group_id")) if group else direct(NAME, sender),
        sender=f"anonymous{sender}" if anonymous else sender,
        at=_moment(frame),
        text=words.strip()[:LONGEST_TEXT],
        name=_name(frame.get("sender")),
        addressed=True if called or not group else None,
        quote=quote or None,
        message=id_of(frame, "message_id"),
    )
    unreadable = next((UNREADABLE[kind] for kind, _ in segments if kind in UNREADABLE), "")
    shown = tuple(one for one in pictures if one)[:MOST_PICTURES]
    return Heard(event, shown, unreadable=unreadable)


def _recall(frame: Mapping[str, Any], me: str) -> Heard | None:
    """Return that somebody has taken back what they said; what others delete was said all the same."""
    kind = frame.get("notice_type")
    if kind not in RECALLS:
        return None
    sender, message = id_of(frame, "user_id"), id_of(frame, "message_id")
    group = kind == "group_recall"
    if sender == me or (group and id_of(frame, "operator_id") != sender):
        return None
    event = Event(
        channel=NAME,
        event_id=f"{me}.{message}.recalled",
        chat=ChatRef(NAME, id_of(frame, "group_id")) if group else direct(NAME, sender),
        sender=sender,
        at=_moment(frame),
        kind=EventKind.RECALL,
        message=message,
    )
    return Heard(event)


def _change(frame: Mapping[str, Any], me: str) -> Heard | None:
    """Return that we were taken into a group, or out of it."""
    kind, how = frame.get("notice_type"), frame.get("sub_type")
    happened = _CHANGES.get((str(kind), how if kind == "group_decrease" else None))
    if happened is None or id_of(frame, "user_id") != me:
        return None
    group, at = ChatRef(NAME, id_of(frame, "group_id")), _moment(frame)
    return Heard(Event(NAME, "", group, "", at), happened=happened)


def _picture(fields: Mapping[str, str]) -> str:
    file = fields.get("file", "")
    return file if file.startswith("base64://") else fields.get("url", "")


def _name(sender: Any) -> str:
    """Return the name that somebody has in the group, else their own."""
    if not isinstance(sender, dict):
        return ""
    names = (sender.get("card"), sender.get("nickname"))
    return next((one[:64] for one in names if isinstance(one, str) and one.strip()), "")


def _moment(frame: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromtimestamp(int(id_of(frame, "time")), ZONE)
    except (ValueError, OverflowError, OSError):
        raise Odd("time") from None


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= DIGITS else None
