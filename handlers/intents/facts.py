"""What is told of now beside a question: 火已经到阳台了 of 火已经到阳台了怎么办."""

from __future__ import annotations

import re

from handlers.intents.questions import asks_something
from knowledge.community.words.wording import sign
from knowledge.files.expression import Expression

_CLAUSE = re.compile(r"[,，。.!！?？;；\n]+")
_NOW = Expression(
    "已经|正[在往冒烧漏拿打砍追]|都[^,，。]{1,8}了|一直|还[在往冒烧漏]|此刻|眼下|现在|不停|越来越"
    "|[火烟][^,，。]{0,3}(?:烧|窜|蹿|蔓延|燃|扑|卷|冒|飘|灌|涌)(?:到|进|上|过|出)[^,，。怎该]{1,8}了"
)
"""Words that tell how it is now: 火烧到阳台了; a bare 着火了 beside 怎么办 is asked by anybody."""
_TO_LEARN = Expression("想学|学一?下|学习|想(?:了解|知道|请教)|科普|培训|讲座|演练|预防")
"""Whoever says so asks for another day."""
_SUPPOSED = Expression(
    "如果|要是|万一|假如|假设|倘若|若是|一旦|要不是|不然|否则|幸亏|幸好|好在|多亏|亏得|得亏|差点|险些|以后|平时|遇到|碰到"
)
"""What follows them has not come true, until the question to it is asked."""
_ASKED = re.compile(
    r"(?:我们?|你们|大家)?(?:现在|这时候?)?(?:该|应该|应当|要|可以|能|需要)?"
    r"(?:[在是有到去为做干说]?(?:怎么|怎样|如何|什么|哪|谁|多少)|(?:打|拨|报|找|喊|叫|问|联系)(?:哪|什么|谁|多少)"
    r"|(?:要不要|有没有|会不会|是不是|能不能|该不该|危不危|要紧不|要紧吗|危险吗|有事吗|有事不)).*"
)
_FEWEST = 4
"""Characters that tell something by themselves."""


def present_fact(text: str) -> str:
    """What plain `text` tells of now beside its question; "" where it only asks or supposes, or asks who pays."""
    if not _NOW.search(text) or not asks_something(text):
        return ""
    if sign("追责").search(text) or _TO_LEARN.search(text):
        return ""
    told = ",".join(_facts(text))
    return told if _NOW.search(told) and len(told) >= _FEWEST and told != text else ""


def _facts(text: str) -> list[str]:
    """The clauses without their questions; what is supposed goes as far as its question."""
    facts, supposed = [], False
    for clause in _CLAUSE.split(text):
        asks = asks_something(clause)
        supposed = supposed or _SUPPOSED.search(clause) is not None
        told = "" if supposed else _ASKED.sub("", clause)
        supposed = supposed and not asks
        if told and not asks_something(told):
            facts.append(told)
    return facts
