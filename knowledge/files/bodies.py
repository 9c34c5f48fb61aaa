"""The three lengths of one text: 【短】 for a chat, 【长】 behind a link, 【广播】 for a loudspeaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHORT_LIMIT = 120
"""Characters that a chat shows first."""

_MARK = re.compile(r"^[ \t\u3000]*【(短|长|長|广播|廣播)】[ \t\u3000]*", re.MULTILINE)
_SIMPLE = {"長": "长", "廣播": "广播"}
_ENDS = ("。", "！", "？", "；", "\n", "!", "?")
_PAUSES = ("，", "、", ",", " ")


@dataclass(frozen=True, slots=True)
class Bodies:
    """A text in its lengths; `short` is as written, `long` and `broadcast` may be empty."""

    short: str
    long: str
    broadcast: str


def split_body(text: str) -> Bodies:
    """Return the parts of a body; text without a mark, or before the first one, is short."""
    pieces = _MARK.split(text)
    parts = {"短": [pieces[0].strip()], "长": [], "广播": []}
    for mark, part in zip(pieces[1::2], pieces[2::2], strict=True):
        parts[_SIMPLE.get(mark, mark)].append(part.strip())
    joined = {mark: "\n".join(filter(None, texts)) for mark, texts in parts.items()}
    return Bodies(joined["短"], joined["长"], joined["广播"])


def cut_at_sentence(text: str, limit: int = SHORT_LIMIT) -> str:
    """Return the text up to the last sentence that ends within `limit` characters."""
    if len(text) <= limit:
        return text
    room = text[:limit]
    for ends in (_ENDS, _PAUSES):
        cut = max(room.rfind(end) for end in ends)
        if cut >= limit // 3:
            return room[: cut + 1].rstrip(" ，、,\n")
    return room[:-1] + "…"
