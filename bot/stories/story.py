"""Stories: one JSON object a line, read and checked before anything is played (CONTRACT §6)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from knowledge.community.days.zone import ZONE, local
from knowledge.files.encoding import read_text

if TYPE_CHECKING:
    from pathlib import Path

REQUIRED: dict[str, tuple[tuple[str, type | tuple[type, ...]], ...]] = {
    "message": (("chat", str), ("from", str)),
    "press": (("chat", str), ("from", str), ("label", str)),
    "advance": (),
    "write": (("path", str),),
    "event": (("kind", str), ("text", str)),
    "fault": (("mode", str),),
    "assert": (),
}
OPTIONAL: dict[str, tuple[tuple[str, type | tuple[type, ...]], ...]] = {
    "message": (
        ("text", str),
        ("addressed", bool),
        ("images", int),
        ("event_id", str),
        ("quote", str),
        ("name", str),
    ),
    "press": (("event_id", str),),
    "write": (("content", (str, type(None))),),
    "event": (("place", (str, type(None))), ("level", (str, type(None))), ("key", str)),
    "fault": (("seconds", (int, float)), ("count", int)),
    "assert": (
        ("after", int),
        ("chat", str),
        ("contains", str),
        ("not_contains", str),
        ("count", int),
    ),
}
LONGEST = 50_000_000
"""Bytes of a story: a month of 2,000 requests has 1.5 MB."""
MODES = frozenset({"down", "up", "retry_after", "lost_ack"})


class BadStory(Exception):
    """The story cannot be played; the message names the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a story: its number in the file, its moment, its type and its fields."""

    number: int
    at: datetime
    type: str
    fields: dict[str, Any]


def read_story(path: Path) -> tuple[Line, ...]:
    """Return the lines of a story in order; raises BadStory with the first fault."""
    text, problem = read_text(path, limit=LONGEST)
    if problem is not None and problem.level == "error":
        raise BadStory(f"读不了故事文件 {path.name}：{problem.message}。{problem.fix}")
    lines: list[Line] = []
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            continue
        line = _read_line(number, raw, lines[-1].at if lines else None)
        lines.append(line)
    if not lines:
        raise BadStory("故事是空的：至少要有一行")
    return tuple(lines)


def _read_line(number: int, raw: str, before: datetime | None) -> Line:
    try:
        fields = json.loads(raw)
    except ValueError as fault:
        raise BadStory(f"第 {number} 行不是 JSON：看看引号、逗号和花括号有没有写全") from fault
    if not isinstance(fields, dict):
        raise BadStory(f"第 {number} 行要是一个对象 {{…}}")
    kind = fields.pop("type", None)
    if kind not in REQUIRED:
        raise BadStory(f"第 {number} 行：不认识的 type {kind!r}，可用：{'、'.join(REQUIRED)}")
    at = _moment(number, fields.pop("at", None), before)
    _check_fields(number, kind, fields)
    return Line(number, at, kind, fields)


def _moment(number: int, text: object, before: datetime | None) -> datetime:
    if text is None and before is not None:
        return before
    try:
        at = datetime.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        raise BadStory(
            f"第 {number} 行：at 要写成 2026-11-22T19:30:00+08:00，读到 {text!r}"
        ) from None
    at = local(at if at.tzinfo else at.replace(tzinfo=ZONE))
    if before is not None and at < before:
        raise BadStory(f"第 {number} 行：at 比上一行早，时间不能倒退")
    return at


def _check_fields(number: int, kind: str, fields: dict[str, Any]) -> None:
    required = dict(REQUIRED[kind])
    known = required | dict(OPTIONAL.get(kind, ()))
    for name in required:
        if name not in fields:
            raise BadStory(f"第 {number} 行：{kind} 少了 {name}")
    for name, value in fields.items():
        if name not in known:
            raise BadStory(f"第 {number} 行：{kind} 没有 {name} 这一项")
        if not isinstance(value, known[name]) or (isinstance(value, bool) and known[name] is int):
            raise BadStory(f"第 {number} 行：{name} 的值不对：{value!r}")
    if kind == "fault" and fields["mode"] not in MODES:
        raise BadStory(f"第 {number} 行：fault 的 mode 要是 {'、'.join(sorted(MODES))}")
