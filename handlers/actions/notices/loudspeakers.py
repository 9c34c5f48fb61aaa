"""What a loudspeaker gets: the plain 【广播】 of a notice, by day only (research/civic.md, no. 29)."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from knowledge.community.notices.manners import Manners
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.community.notices.notice import Notice

SILENT = Manners(quiet=((time(20, 0), time(8, 0)), (time(12, 0), time(14, 30))))
"""When no loudspeaker speaks, whatever the hours of the groups."""
_UNSPEAKABLE = Expression("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]|[【】①-⑨★☆]")


def script_of(notice: Notice) -> str:
    """Return the text to be read aloud; "" where the notice has none, or is a quiz."""
    return "" if notice.quiz else " ".join(_UNSPEAKABLE.sub("", notice.broadcast).split())


def first_spoken(moment: datetime) -> datetime:
    """Return the moment itself, or the next one at which loudspeakers may speak."""
    return SILENT.first_loud(moment)
