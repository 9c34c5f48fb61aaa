"""What residents' words mean: noise, dialect and synonyms, from `words.txt` beside this file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.faq.script import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

LIST = Path(__file__).with_name("words.txt")
LONGEST = 600
"""Characters of a message that matching looks at; the question stands in them."""

_HIDDEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\x00-\x08\x0b-\x1f\x7f]"
)
_CALLED = re.compile(r"@\w{0,8}?(?:小助手|助手|机器人|小邻)|@\S{1,16}(?=\s|$)")
_POLITE = re.compile(
    "(?:请问|想问|问|咨询|请教|了解|打听|麻烦|打扰)(?:一下|下|大家|各位|哈|哈子)+"
    "|(?:我|我们)?(?:想|要)(?:请问|问|咨询|请教|了解|打听|知道)(?:一下|下)?"
    "|请问|求问|求助|请教|麻烦您|麻烦你|麻烦了|打扰了|不好意思|辛苦了?|劳驾"
    "|(?:你|您|大家|各位)(?:早上|下午|晚上)?好[啊呀]?|早上好|下午好|晚上好|在不在|在吗|在么|在嘛"
    "|有人(?:在)?[吗么嘛不]|有(?:没有|谁|人)(?:人)?(?:晓得|知道)|(?:谁|哪个|哪位)(?:晓得|知道)"
    "|谢谢(?:你|您|大家|各位|了|啦|哦)*|多谢|感谢|拜托(?:各位大神|大家|了)?|求大神(?:帮助|解答)?"
    "|各位(?:邻居|领导|老师|大神)?|亲们?|小助手|社区小助手|机器人"
    "|那个[,，、 ]|就是说|嗯+|呃+|额[,，、 ]|哈哈+|呵呵+|嘿嘿+"
)
_BLANK = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class Words:
    """Replacements (dialect, slips → plain words) and groups of words with one meaning."""

    plain: dict[str, str]
    pattern: re.Pattern[str]
    groups: dict[str, str]
    group_pattern: re.Pattern[str]


def read_words(text: str) -> Words:
    """Return the words of a list: `左 = 右` replaces, words on one line mean the same."""
    plain: dict[str, str] = {}
    groups: dict[str, str] = {}
    for number, raw in enumerate(text.splitlines()):
        line = raw.partition("#")[0].strip()
        left, equals, right = line.partition("=")
        if equals:
            plain[left.strip()] = right.strip()
        else:
            groups |= {word: f"={number}" for word in line.split() if word not in groups}
    return Words(plain, _any_of(plain), groups, _any_of(groups))


@cache
def words() -> Words:
    """Return the shipped list."""
    return read_words(LIST.read_text(encoding="utf-8"))


def normalise(text: str) -> str:
    """Return what a message says in plain simplified words; breaks become single spaces.

    Width, case, script, control and bidi characters, emoji, @mentions, greetings and politeness
    make no difference. A message of nothing but politeness keeps it.
    """
    text = _CALLED.sub(" ", _simplify(text[: LONGEST * 2]))[:LONGEST]
    return _in_plain_words(_POLITE.sub(" ", text)) or _in_plain_words(text)


def normalise_answer(text: str) -> str:
    """Return what an answer says in the same plain words; it calls and greets nobody."""
    return _in_plain_words(_simplify(text[:LONGEST])) if text else ""


def _simplify(text: str) -> str:
    return to_simplified(unicodedata.normalize("NFKC", _HIDDEN.sub("", text))).lower()


def _in_plain_words(text: str) -> str:
    known = words()
    plain = _BLANK.sub(" ", text).strip()
    return known.pattern.sub(lambda found: known.plain[found[0]], plain).strip()


def _any_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds the longest of the terms."""
    return re.compile(_branches(sorted(terms)) or "(?!)")


def _branches(terms: Iterable[str]) -> str:
    """Return sorted terms as a tree of their beginnings, which is searched much faster."""
    branches = []
    for first, group in groupby(terms, key=lambda term: term[:1]):
        rest = [term[1:] for term in group if first]
        if first:
            ends = "?" if "" in rest else ""
            inner = _branches(one for one in rest if one)
            branches.append(re.escape(first) + (f"(?:{inner}){ends}" if inner else ""))
    return "|".join(branches)
