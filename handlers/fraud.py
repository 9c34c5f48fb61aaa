"""Swindles: what gives a pasted text away, and whether somebody asks if it is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from knowledge.community.triggers import Triggers
from knowledge.community.wording import either, read_list, sign, wordings

ENOUGH = 2.5
"""Weight from which a text is suspect without anybody asking; chosen on our own examples."""
SPOKEN = 15
"""A text shorter than this was hardly pasted."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A likely swindle: `points` are its signs in Chinese, heaviest first; `robbed` = too late."""

    points: tuple[str, ...]
    weight: float
    asked: bool
    robbed: bool = False


@dataclass(frozen=True, slots=True)
class _Sign:
    weight: float
    point: str
    pattern: re.Pattern[str]


def suspect(text: str) -> Suspicion | None:
    """What plain `text` shows of a swindle, or None if it is not about one."""
    found = [each for each in _likely(text) if each.pattern.search(text)]
    weight = sum(each.weight for each in found)
    asked = _is_asked(text, spotted=bool(found))
    robbed = _was_robbed(text)
    pasted = weight >= ENOUGH and len(text) >= SPOKEN
    if not (robbed or asked or pasted):
        return None
    if not asked and sign("反诈提醒", "fraud").search(text):
        return None
    points = tuple(each.point for each in sorted(found, key=lambda each: -each.weight))
    return Suspicion(points, weight, asked, robbed)


def _is_asked(text: str, *, spotted: bool) -> bool:
    """Whether somebody asks if something he met is a swindle."""
    if sign("问骗子", "fraud").search(text):
        return True
    if not sign("问真假", "fraud").search(text):
        return False
    return spotted or sign("遇到了", "fraud").search(text) is not None


def _was_robbed(text: str) -> bool:
    """Money or data went to a swindler, told by somebody who is in it."""
    lost = sign("已经上当", "fraud").search(text) is not None
    old_story = sign("不是真事").search(text) or sign("已经过去").search(text)
    return lost and not old_story and not sign("假设").search(text)


def _likely(text: str) -> list[_Sign]:
    signs = _signs()
    return [signs[number] for number in _triggers().possible(text)]


@cache
def _triggers() -> Triggers:
    return Triggers(each.pattern.pattern for each in _signs())


@cache
def _signs() -> tuple[_Sign, ...]:
    return tuple(
        _Sign(
            weight=float(weight.value),
            point=point.value,
            pattern=re.compile(either(wordings(block, "说法"))),
        )
        for block in read_list("fraud")
        if (weight := block.first("分量")) and (point := block.first("破绽"))
    )
