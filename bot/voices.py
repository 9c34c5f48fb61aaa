"""Voices: known by how they begin, kept as they came."""

from __future__ import annotations

import re

from knowledge.community.refusals import Unreadable

MAX_BYTES = 5 * 1024 * 1024
"""Some twenty minutes of speech as Telegram records it; WeCom ends a voice after one minute."""

TOO_LONG = "这段语音太长了（超过 5 MB），没有留下。请分几段说，或打几个字：哪里、什么事。"
NO_VOICE = "这段语音打不开，没有留下。请打几个字再说一次：哪里、什么事。"

_BEGINNINGS = {
    "ogg": re.compile(rb"OggS"),
    "amr": re.compile(rb"#!AMR"),
    "mp3": re.compile(rb"ID3|\xff[\xe2-\xff]"),
    "m4a": re.compile(rb"....ftyp(?:M4A|mp4|isom|3gp)", re.DOTALL),
}


def recorded_as(data: bytes) -> str:
    """Return the kind of recording; raises Unreadable: too long, or no voice."""
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_LONG)
    for kind, beginning in _BEGINNINGS.items():
        if beginning.match(data):
            return kind
    raise Unreadable(NO_VOICE)
