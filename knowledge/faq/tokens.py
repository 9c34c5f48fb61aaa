"""The pieces by which two questions are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING

from knowledge.faq.words import normalise, words
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAIR = 2
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_LATIN = re.compile(r"[a-z]+|[0-9]+")
_NUMBER = re.compile(
    r"\d+|[零一二两三四五六七八九十百千万]{1,6}(?= ?[岁个年月天日号级人次倍成楼层栋元块])"
    "|[一二两三四五六七八九][百千万][一二三四五六七八九](?![百千万])"
)
_NEGATED = re.compile("(?<![好是能有要会不])(?:不(?![一久同动仅但管只])|没(?!有$|$)|无法|未)")
_ASKS = Expression(
    "什么|怎么|为什么|哪|谁|几|多少|多久|多大|多长|多远|多高|吗|呢$|能不|可不|是不|有不|会不|行不|要不"
    "|不$|没$|没有$|否|可以.*(?:吗|不|么)$|么$|怎|么样|条件|流程|标准|手续|材料|规定|政策|电话"
)
_EMPTY = frozenset(
    "怎么办弄搞做理请问吗呢的了是我要想有没不在个啊吧去到给让能可以会得什哪里几多少咯啦哦嘛"
)
_AGE = re.compile(" ?周?岁")
_TELLING = 100
"""Below it only an age tells one matter from another; how many of something there are does not."""
_REMEMBERED = 1024
"""Numbers kept: residents write any, and the process lives for months."""
_EITHER = re.compile(r"(\w)[不没]\1")
_ANNOUNCED = Expression("有冇|还是.{1,8}$|先.{2,12}还是先|请教|想问|请问|咨询|问一?下")
_WHETHER = "?whether"
KINDS = tuple(
    (name, re.compile(pattern))
    for name, pattern in {
        "?why": "为什么|怎么会|怎么[不没]|原因|凭什么",
        "?how": "怎么(?![不没会])|方法|步骤|流程|途径|方式",
        "?when": "什么时候|多久|几点|几号|哪天|哪年|时间|日期|期限",
        "?cost": "多少钱|费用|收费|价格|要钱|免费|花钱|手续费|多少元|利息|贵",
        "?where": "哪里|在哪|去哪|哪个地方|地址|地点|位置",
        "?who": "谁|哪个部门|什么人|哪些人|找哪个|哪个管",
        "?many": "多少|几个|几次|几岁|多大|几年|几份",
        "?what": "什么(?!时候|人)|哪些",
        _WHETHER: "吗|么$|不$|没$|能不|可不可|是否|可以.{0,6}(?:吗|不)|要.{0,8}(?:吗|不)$",
        "?fail": "不了|不能|无法|失败|没法|不成功|不到|不通过|不上|错误",
        "?not": "不|没|无|未",
        "?cancel": "取消|关闭|注销|退|删除|停",
        "?open": "开通|申请|办理|激活|启用|打开|开启",
        "?change": "修改|更改|变更|换|改",
        "?look": "查|看|显示|了解",
    }.items()
)
_WANTED = {
    "?why": "reason",
    "?how": "way",
    "?where": "way",
    "?who": "way",
    "?when": "amount",
    "?cost": "amount",
    "?many": "amount",
}


def wanted(kinds: Iterable[str]) -> frozenset[str]:
    """Return what kinds of question want: a reason, a way or an amount, never one for another."""
    return frozenset(_WANTED[kind] for kind in kinds if kind in _WANTED)


_GIVEN = {
    "amount": Expression(r"\d ?(?:元|天|日|年|月|岁|小时|分钟|倍|点|次|以下|万)"),
    "way": Expression("[打找去到向问带]|申请|办理|搜"),
    "reason": Expression("因为|由于|为的是|免得|所以|不能|不得|不准|违法|要先"),
}


def given(answer: str) -> frozenset[str]:
    """Return what kinds of question a normalised answer has something for."""
    return frozenset(kind for kind, pattern in _GIVEN.items() if pattern.search(answer))


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text taken apart; `all` is everything that can match.

    That is: 1–2 characters, Latin words and numbers of the plain text; what is asked for
    (`?when`); which synonyms occur (`=12`).
    """

    text: str
    all: frozenset[str]
    kinds: frozenset[str]
    numbers: frozenset[str]
    negated: bool


def take_apart(text: str) -> Tokens:
    """Return the tokens of a question as somebody wrote it."""
    plain = normalise(text)
    joined = plain.replace(" ", "")
    kinds = frozenset(name for name, pattern in KINDS if pattern.search(plain))
    if _EITHER.search(text):
        kinds |= {_WHETHER}
    return Tokens(
        text=joined,
        all=kinds | grams_of(plain),
        kinds=kinds,
        numbers=numbers_of(plain),
        negated=bool(_NEGATED.search(joined)),
    )


def grams_of(plain: str) -> set[str]:
    """Return the characters, pairs, Latin words, numbers and synonyms of a normalised text."""
    joined, known = plain.replace(" ", ""), words()
    grams = set(_LATIN.sub("", joined))
    grams.update(map(add, joined, joined[1:]), _LATIN.findall(plain))
    grams.update(known.groups[one] for one in known.group_pattern.findall(plain))
    return grams


def is_pair(token: str) -> bool:
    """Whether a token is two characters that stand together."""
    return len(token) == _PAIR and token[0] not in "?="


def names_matter(token: str) -> bool:
    """Tell whether a token is a pair or more that names something, or stands for a synonym."""
    return token[0] == "=" or (len(token) > 1 and token[0] != "?" and _EMPTY.isdisjoint(token))


def content_of(tokens: Iterable[str]) -> frozenset[str]:
    """Return the tokens that name a matter; 怎么弄 names none."""
    return frozenset(one for one in tokens if one[0] not in "?=" and _EMPTY.isdisjoint(one))


def numbers_of(plain: str) -> frozenset[str]:
    """Return what tells matters apart by number, in digits: ages, sums, telephones, years."""
    return frozenset(
        number
        for one in _NUMBER.finditer(plain)
        if int(number := _number(one[0])) >= _TELLING or _AGE.match(plain, one.end())
    )


def is_question(text: str) -> bool:
    """Whether a text has the form of a question, mark or no mark."""
    marked = "？" in text or "?" in text or _EITHER.search(text) or _ANNOUNCED.search(text)
    return bool(marked or _ASKS.search(normalise(text)))


@lru_cache(maxsize=_REMEMBERED)
def _number(text: str) -> str:
    """Return a number in digits, so that 六十五岁 and 65 岁, 三千六 and 3600 are equal."""
    if text[0].isdigit():
        return text.lstrip("0") or "0"
    total, digit, unit = 0, 0, 1
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            total, digit = total + (digit or 1) * unit, 0
        else:
            digit = "零一二三四五六七八九".find(char.replace("两", "二"))
    spoken = unit > _UNITS["十"] and digit and "零" not in text
    return str(total + digit * (unit // 10 if spoken else 1))
