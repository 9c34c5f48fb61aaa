"""What a sentence about a ticket may mention, already in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number
from knowledge.community.privacy import cut

if TYPE_CHECKING:
    from knowledge.community.tickets.ticket import Kind, Lane

PLACE_WORDS = ("单元", "小区", "社区", "街道", "网格", "栋", "幢", "座")
"""How names of places end; 楼 is none, for 楼道 after 综合楼 is a word of its own."""
QUOTE = 40
"""Most characters of somebody's own words that are repeated."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One ticket in words: `owner` is like 张师傅 ("" = nobody), `reporter` like 李娭毑."""

    no: int
    lane: Lane
    kind: Kind
    matter: str
    place: str = ""
    owner: str = ""
    role: str = ""
    reporter: str = ""
    images: int = 0
    voices: int = 0

    @property
    def number(self) -> str:
        """The number as people read it."""
        return ticket_number(self.no)

    @property
    def titled(self) -> str:
        """`楼道灯不亮（0127）`."""
        return f"{self.matter}（{self.number}）"

    @property
    def where(self) -> str:
        """`楼道灯不亮 · 3栋2单元`."""
        return " · ".join(part for part in (self.matter, self.place) if part)

    @property
    def about(self) -> str:
        """`6栋停电`; 7栋1单元 and 单元门禁坏了 share the word between them."""
        ends = (word for word in PLACE_WORDS if self.place.endswith(word))
        shared = next((word for word in ends if self.matter.startswith(word)), "")
        return f"{self.place}{self.matter.removeprefix(shared) or self.matter}"

    @property
    def owner_in_role(self) -> str:
        """`邻长张师傅`; the role once only where the name holds it already."""
        return self.owner if self.role in self.owner else f"{self.role}{self.owner}"

    @property
    def resident(self) -> str:
        """Who reported it, also when no name is known."""
        return self.reporter or "居民"


def short(words: str, limit: int = QUOTE) -> str:
    """Somebody's words on one line, cut where they are too long, but never inside a number."""
    line = " ".join(words.split())
    return line if len(line) <= limit else cut(line, limit - 1) + "…"


def attached(images: int, voices: int = 0) -> str:
    """`照片 2 张、语音 1 段`, or nothing."""
    counted = ((images, f"照片 {images} 张"), (voices, f"语音 {voices} 段"))
    return "、".join(words for count, words in counted if count)


def along(images: int, voices: int = 0) -> str:
    """` · 照片 2 张`, or nothing."""
    told = attached(images, voices)
    return f" · {told}" if told else ""
