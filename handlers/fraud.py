"""Swindles: what gives a pasted text away, and whether somebody asks if it is one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from knowledge.community.words.wording import Saying, Sayings, read_list, sign, wordings

if TYPE_CHECKING:
    from collections.abc import Container

    from knowledge.faq.answering import Verdict
    from knowledge.files.blocks import Block

ENOUGH = 2.5
"""Weight from which a text is suspect without anybody asking; chosen on our own examples."""
TRICKS = "fraud-"
"""How the 编号 of every entry about a swindle begins (CONTRACT §5)."""
SHORT_QUESTION = 30
"""Characters up to which a suspicious text is a question of general interest, not a paste."""
TELLING = 2.0
"""A sign of this weight tells a swindle even from an ordinary question."""
SPOKEN = 15
"""A text shorter than this was hardly pasted."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A likely swindle: `points` are its signs in Chinese, heaviest first; `robbed` = too late."""

    points: tuple[str, ...]
    weight: float
    asked: bool
    robbed: bool = False

    @property
    def evident(self) -> bool:
        """Whether somebody asks of what shows itself for a swindle."""
        return self.asked and self.weight >= ENOUGH


@dataclass(frozen=True, slots=True)
class _Sign:
    """One entry of the list; those without a point only tell how a text is meant."""

    title: str
    weight: float
    point: str
    words: Saying


def suspect(text: str, *, called: bool = False) -> Suspicion | None:
    """What plain `text` shows of a swindle, or None if it is not about one.

    `called`: it was said to us, where a few words are told and not pasted (中奖了要交税才能领).
    """
    found = _found(text)
    if not found:
        return None
    points = _with_points(found)
    weight = sum(each.weight for each in points)
    asked = _is_asked(found, points)
    robbed = "已经上当" in found and not _is_a_story(text)
    pasted = weight >= ENOUGH and (len(text) >= SPOKEN or (called and not _asks(text)))
    if pasted and not asked and points[0].weight < TELLING and "遇到了" not in found:
        pasted = not _asks(text)
    if not (robbed or asked or pasted) or (not asked and "反诈提醒" in found):
        return None
    return Suspicion(tuple(each.point for each in points), weight, asked, robbed)


def points_of(text: str) -> tuple[str, ...]:
    """The telling signs of a swindle in plain `text`, heaviest first."""
    return tuple(each.point for each in _with_points(_found(text)) if each.weight >= TELLING)


def _found(text: str) -> dict[str, _Sign]:
    signs = _signs()
    return {signs[at].title: signs[at] for at in _words().standing(text)}


def _with_points(found: dict[str, _Sign]) -> list[_Sign]:
    return sorted((each for each in found.values() if each.point), key=lambda each: -each.weight)


def trick_of(verdict: Verdict | None, *, addressed: bool) -> str | None:
    """The entry about a trick: for who called us the likeliest above the bar, else a sure one."""
    if verdict is None or not verdict.hits or verdict.withheld:
        return None
    best = verdict.hits[0]
    sure = verdict.action == "answer" or (addressed and best.score >= verdict.threshold)
    return best.faq_id if sure and best.faq_id.startswith(TRICKS) else None


def is_known_trick(text: str, verdict: Verdict | None) -> bool:
    """Whether plain `text` asks shortly about a trick in general to which there is a sure answer."""
    if verdict is None or verdict.action != "answer" or not _asks(text):
        return False
    return len(text) <= SHORT_QUESTION and verdict.hits[0].faq_id.startswith(TRICKS)


def _asks(text: str) -> bool:
    return sign("问的口气").search(text) is not None


def _is_asked(found: Container[str], points: list[_Sign]) -> bool:
    """Whether somebody wants to know if it is one, or what to do about one."""
    met = "遇到了" in found
    if "问骗子" in found or ("问真假" in found and (bool(points) or met)):
        return True
    return "问怎么办" in found and met and bool(points) and points[0].weight >= TELLING


def _is_a_story(text: str) -> bool:
    return any(sign(name).search(text) is not None for name in ("不是真事", "已经过去", "假设"))


@cache
def _words() -> Sayings:
    return Sayings(each.words for each in _signs())


@cache
def _signs() -> tuple[_Sign, ...]:
    return tuple(map(_sign, read_list("fraud")))


def _sign(block: Block) -> _Sign:
    weight, point = block.first("分量"), block.first("破绽")
    return _Sign(
        title=block.title,
        weight=float(weight.value) if weight else 0.0,
        point=point.value if point else "",
        words=Saying(wordings(block, "说法")),
    )
