"""One notice of `notices/*.md`: what it says, to whom, when, and how long its facts hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.notices.audience import EVERYBODY
from knowledge.community.notices.posting import ASKING_TOPICS, posted_text, signed
from knowledge.files.checks import STALE

if TYPE_CHECKING:
    from datetime import date

    from knowledge.community.notices.quiz import Quiz
    from knowledge.community.notices.trigger import Trigger


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as read; `valid_until` None = 长期, `checked` None = 核对 not written.

    `short` has at most 120 characters, `broadcast` at most 150, `long` as many as it likes;
    `daily` = 提醒：日常, `relayed` = 传达：逐级, `quiz` = 知识抢答. `file` and `line` say where its heading stands.
    """

    id: str
    title: str
    topic: str = ""
    triggers: tuple[Trigger, ...] = ()
    audience: tuple[str, ...] = (EVERYBODY,)
    valid_until: date | None = None
    source: str = ""
    checked: date | None = None
    short: str = ""
    long: str = ""
    broadcast: str = ""
    daily: bool = False
    quiz: Quiz | None = None
    relayed: bool = False
    grounds: tuple[str, ...] = ()
    """编号 of the FAQ entries whose facts it repeats (依据); when one may not be given, nor may it."""
    stopped: str = ""
    """Why it may not be sent whatever the day, in Chinese."""
    file: str = ""
    line: int = 0

    @property
    def series(self) -> tuple[str, ...]:
        """The names of the 轮播 series it belongs to."""
        return tuple(dict.fromkeys(one.series for one in self.triggers if one.series))

    @property
    def asks_receipt(self) -> bool:
        """Whether people are asked to answer 收到."""
        return self.topic in ASKING_TOPICS and self.quiz is None

    @property
    def is_everyday(self) -> bool:
        """Whether it is a 日常 reminder to roles or single places, free of the weekly budgets."""
        return self.daily and EVERYBODY not in self.audience

    @property
    def last_day(self) -> date | None:
        """The last day on which its facts may be sent; None = no end is known."""
        ends = (self.valid_until, self.checked + STALE if self.checked else None)
        return min((day for day in ends if day), default=None)

    def unusable(self, day: date) -> str:
        """Say why its facts must not be sent on that day; "" when they may (CONTRACT §3.1)."""
        if self.stopped:
            return self.stopped
        if self.valid_until and day > self.valid_until:
            return f"有效期到 {self.valid_until}，已过期"
        if self.checked and day > self.checked + STALE:
            return f"{self.checked} 以后没有再核对，超过 12 个月"
        return ""

    def posted(self, code: str) -> str:
        """Return the text exactly as it is posted with that proof code, at most 150 characters."""
        if self.quiz is not None:
            return signed(self.quiz.asked(self.short), code)
        return posted_text(self.topic, self.short, code)
