"""The frames of the long connection (the platform's pages 101463 and 101031)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bot.wechat.trouble import Garbled

SUBSCRIBE = "aibot_subscribe"
PING = "ping"
MESSAGE = "aibot_msg_callback"
EVENT = "aibot_event_callback"
REPLY = "aibot_respond_msg"
WELCOME = "aibot_respond_welcome_msg"
UPDATE = "aibot_respond_update_msg"
PUSH = "aibot_send_msg"
BIGGEST = 1024 * 1024
"""Bytes of a frame; pictures come as addresses."""
LONGEST_ID = 128

_ID = re.compile(rf"[^\s\x00-\x1f\x7f\ud800-\udfff]{{1,{LONGEST_ID}}}")


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: a call of the platform (`cmd`), or its answer to one of ours (`code`)."""

    cmd: str
    req_id: str
    body: dict[str, Any]
    code: int | None = None


def read_frame(text: str) -> Frame:
    """Return what stands in a frame; raises Garbled."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise Garbled("frame") from None
    if not isinstance(raw, dict):
        raise Garbled("frame")
    cmd, code, headers, body = (raw.get(name) for name in ("cmd", "errcode", "headers", "body"))
    req_id = headers.get("req_id") if isinstance(headers, dict) else None
    if not isinstance(cmd, str | None) or not isinstance(req_id, str) or not req_id:
        raise Garbled("headers")
    if cmd is None and type(code) is not int:
        raise Garbled("errcode")
    return Frame(cmd or "", req_id, body if isinstance(body, dict) else {}, code)


def write_frame(cmd: str, body: dict[str, Any], req_id: str) -> str:
    """Return a frame of ours."""
    frame = {"cmd": cmd, "headers": {"req_id": req_id}, "body": body}
    return json.dumps(frame, ensure_ascii=False)


def new_id() -> str:
    """Return a number for a call of ours."""
    return uuid4().hex


def id_of(table: Any, name: str) -> str:
    """Return an id that the platform gives; raises Garbled."""
    value = table.get(name) if isinstance(table, dict) else None
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Garbled(name)
    return value
