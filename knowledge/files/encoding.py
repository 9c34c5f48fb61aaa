"""Read a text file whatever a Windows editor made of it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from knowledge.files.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 1_000_000
"""Bytes; a longer file is no list that a person keeps by hand."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8（带 BOM）"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAVE_AS_UTF8 = "用记事本打开，“另存为”时编码选 UTF-8 再保存"


def read_text(path: Path, name: str = "", limit: int = LIMIT) -> tuple[str, Problem | None]:
    """Return the file's text, and a finding when it is not plain UTF-8.

    An error-level finding comes with empty text: too long, unreadable, or not text at all.
    `name` is what the finding calls the file (default: its own name).
    """
    name = name or path.name
    try:
        if path.stat().st_size > limit:
            size = f"文件超过 {limit // 1_000_000} MB，没有读"
            return "", _error(name, size, "拆成几个小文件，一个主题一个")
        raw = path.read_bytes()
    except OSError as trouble:
        return "", _error(
            name, f"文件读不了（{trouble.strerror}）", "看看文件是否还在、有没有读取权限"
        )
    text, encoding = decode(raw)
    if text is None or "\0" in text:
        return "", _error(name, "这不是认得出编码的文本文件，没有读", _SAVE_AS_UTF8)
    if not encoding:
        return text, None
    message = f"文件编码是 {encoding}，已照样读取"
    return text, Problem(name, 1, "文件", "warning", message, _SAVE_AS_UTF8)


def decode(raw: bytes) -> tuple[str | None, str]:
    """Return the text (None if it cannot be read) and the encoding's name unless plain UTF-8."""
    for mark, codec, called in _MARKS:
        if raw.startswith(mark):
            return _try(raw, codec), called
    if (text := _try(raw, "utf-8")) is not None and "\0" not in text:
        return text, ""
    if codec := _wide(raw):
        return _try(raw, codec), "UTF-16"
    if text is not None:
        return text, ""
    return _try(raw, "gb18030"), "GB18030（ANSI）"


def _wide(raw: bytes) -> str:
    """Return the UTF-16 codec of unmarked text, told by the zero halves of its line ends."""
    if len(raw) % 2:
        return ""
    if b"\n\0" in raw and raw[1::2].count(0) > raw[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if b"\0\n" in raw and raw[::2].count(0) > raw[1::2].count(0) else ""


def _try(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _error(name: str, message: str, fix: str) -> Problem:
    return Problem(name, 1, "文件", "error", message, fix)
