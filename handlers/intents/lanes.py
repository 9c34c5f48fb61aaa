"""The lane and the reason in what is written behind 改急127."""

from __future__ import annotations

import re

from knowledge.community.tickets.ticket import LANE_WORDS, Lane
from knowledge.files.expression import Expression

_SAID = Expression(
    rf"(?:为|成|到)?\s*([pP]\s*[0-3]|{'|'.join(LANE_WORDS.values())})[\s,，:：。、]*(.*)", re.DOTALL
)
_NAMED = {word: lane for lane, word in LANE_WORDS.items()}


def read_lane(text: str) -> tuple[Lane | None, str]:
    """The lane that `P1 水漫到楼下了` or `紧急 …` names and the words behind it; None = none."""
    found = _SAID.fullmatch(text.strip())
    if found is None:
        return None, text
    said = "".join(found[1].upper().split())
    return _NAMED.get(said) or Lane(said), found[2].strip()
