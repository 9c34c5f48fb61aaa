"""Reading a choice: a digit, or the words that stand for one (好, 没好, 满意 …)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.intents.verdict import GOOD_BUT, SO_SO, UNHAPPY
from knowledge.faq.script import to_simplified
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Mapping

HALF_WIDTH = {
    ord(full): half for full, half in zip("０１２３４５６７８９　", "0123456789 ", strict=True)
}
DIGITS = {han: value for value, han in enumerate("零一二三四五六七八九")} | {
    sign: value for value, sign in enumerate("①②③④⑤⑥⑦⑧⑨", 1)
}
_DIGIT = re.compile(
    r"([0-9零一二三四五六七八九①-⑨])(?:(?:\s*[、，。.,:：;；!！~]\s*|\s+)(?!天|日|月|号|栋|楼|单元|点|个|块|年)(.*))?",
    re.DOTALL,
)
_TIGHT = re.compile(r"([0-9])([^\s0-9栋幢单元楼号#座层个户天点月日年块次\-].*)", re.DOTALL)
_NTH = re.compile(r"(?:我?选\s*第?|第)\s*([0-9一二三四五六七八九])\s*(?:个|条|项|件)?[吧呢啊]?")
"""第二个, 选2."""
_AMOUNT = re.compile(
    r"([0-9])\s*(?P<to>[到至~～—])?(?P<or>[、，,])?\s*(?P<more>\d{1,3})?\s*"
    r"(?:多?分钟|个?小时|个?钟头|刻钟|秒|盏|辆|米|斤|公里|成(?!功)|%|[点号日月天栋层])"
    r"|(?P<hour>[0-9])[:：.]\d\d(?!\d)"
)
"""A span, an amount, a time: 9分钟到, 8到10分钟, 7、8号, 9:30."""
_MANY = re.compile(r"[789][人位家名级路度]")
"""Seven and more are counted; the digits of a task in hand, which end it, are as high."""
_NOISE = re.compile(r"[\s，,。.！!~～…]+$|^@\S+\s+")

WORDS: dict[str, tuple[str, ...]] = {
    "对": (
        "对",
        "对的",
        "是",
        "是的",
        "好",
        "好的",
        "要得",
        "可以",
        "没错",
        "嗯",
        "嗯嗯",
        "行",
        "确认",
        "ok",
    ),
    "好了": (
        "好了",
        "好哒",
        "修好了",
        "修好哒",
        "好",
        "可以了",
        "解决了",
        "搞好了",
        "搞好哒",
        "亮了",
        "搞定了",
        "满意",
        "很满意",
        "非常满意",
        "那就好",
        "蛮好",
        "蛮好的",
        "还好",
    ),
    "没好": (
        "没好",
        "冇好",
        "还没好",
        "没修好",
        "冇修好",
        "不行",
        "还是不行",
        "又坏了",
        "还没解决",
    ),
    "满意": ("满意", "很满意", "蛮好", "非常满意"),
    "修好了，不满意": ("好了", "好哒", "修好了", "修好哒"),
    "接单": ("接单", "接", "我接", "我接了", "收到，我来", "我来", "我去", "我去看看", "马上去"),
    "不删": ("不", "不要", "不删了", "不要删", "别删", "算了", "取消"),
    "不说了": ("不说", "没有", "没了", "好", "好的", "嗯", "行", "谢谢"),
    "不归我管": ("不归我管", "不是我管", "不归我"),
}
"""Words that count as pressing the button of that label (research/ux.md §5.1 rule 4)."""


_YES = Expression(
    r"(?:(?:对|是|好|嗯|恩|哦|行|中|要得|可以|没错|冇错|没问题|冇问题|就是|啱|确认|登记|okk?)"
    r"(?:的|了|啊|呀|哦|嘞|咯|呢|吧|头|滴|哒|这里|那里|这样|那样|这个|这件事)*[,，。!！~\s]*)+"
    r"(?:(?<=[,，。!！~\s])(?:麻烦|请|劳烦|拜托|希望)?(?:[你您]们?|师傅|帮忙)*(?:尽快|赶紧|赶快|快点|快些|早点|抓紧)[^,，。?？\d]{0,6})?"
    r"|[👌👍🆗]+"
)
"""Ways to say 对: 对对对, 没错，就是这里, 恩, 对，麻烦快点."""
_SAME = Expression(
    r"(?:对|是|嗯|恩|好|行|应该|就)*(?:是|的)*(?:同一|一)(?:个|件|码)(?:事)?(?:的|吧|啊|呀)*|一样的?|就是[那这]个"
    r"|(?:对|是|嗯|恩|好|行|可以|没错)(?:的|啊|呀|吧)*"
)
_APART = Expression(
    r"(?:不是|不一样|不同|两码事|另外?|重新|要|单独|新)+(?:同?一)?(?:个|件|的|回事|登记|报|事)*[啊吧哦呢]?(?:[，, ].*)?"
)
_WAYS = {
    "对": _YES,
    "关注": _SAME,
    "重办": _SAME,
    "不是一件事": _APART,
    "一般": SO_SO,
    "不满意": UNHAPPY,
    "修好了，不满意": GOOD_BUT,
}
"""Labels with many ways to say them."""
_POLITE = re.compile(
    r"^(?:好的?|好[嘞咧勒]|行|嗯+|收到|要得)(?:[，,。!！\s]+|(?=我))"
    r"|^(?:谢谢[您你]?|多谢|辛苦了?)[，,。!！\s]*(?=\S)"
    r"|[，,。!！\s]*(?:谢谢|多谢|感谢|辛苦)(?:[了您你啦]|师傅|大家)*$"
)
"""Thanks and assent around the words that choose: "谢谢，好了", "好的我接"."""
BAD_AGAIN = re.compile(
    r"(?:怎么|怎哪)?(?:还是?|又|根本|并)?(?:没有?|冇)(?:修|弄|搞|办)?好(?![吃看玩意气心脸])|又坏(?:了|哒)|还没解决"
)
"""Words that open a closed matter again; "不行" alone is too common for that."""
GOOD_ALONE = frozenset(WORDS["好了"]) - {"好", "可以了", "那就好", "蛮好", "蛮好的", "还好"}
"""Words that confirm where nobody asks."""
WITH_WORDS = frozenset({"没好"})
"""Labels whose words people go on from: "没好，还是不亮"."""


def read_choice(text: str, labels: Mapping[int, str]) -> tuple[int, str] | None:
    """Return (digit, what follows) if the text chooses one of the labels, given by their digits.

    "2 亮一下又熄了" gives (2, "亮一下又熄了"); "2栋" and "2 天" choose nothing.
    """
    plain = _plain(text)
    found = _by_digit(plain)
    if found:
        sign = found[1]
        digit = int(sign) if sign.isascii() else DIGITS[sign]
        return digit, (found[2] or "").strip()
    nth = _NTH.fullmatch(plain)
    if nth:
        return int(nth[1]) if nth[1].isascii() else DIGITS[nth[1]], ""
    return _by_words(plain, labels)


def begins_with_digit(text: str) -> bool:
    """Whether the text can choose by a digit at all."""
    plain = _plain(text)
    return _by_digit(plain) is not None


def _plain(text: str) -> str:
    """The text in simplified script and half width, without what only rounds it off."""
    return _NOISE.sub("", to_simplified(text.strip()).translate(HALF_WIDTH))


def _by_digit(plain: str) -> re.Match[str] | None:
    """The digit that chooses and what follows it; no 9 of 9分钟到, which would end the task."""
    if _MANY.match(plain):
        return None
    amount = _AMOUNT.match(plain)
    if amount is None:
        return _DIGIT.fullmatch(plain) or _TIGHT.fullmatch(plain)
    spans = amount["hour"] or amount["to"] or not (amount["more"] or amount["or"])
    if spans or int(amount["more"] or 0) == int(amount[1]) + 1:
        return None
    return _DIGIT.fullmatch(plain) or _TIGHT.fullmatch(plain)


def says_good(text: str) -> bool:
    """Whether the text says 好了 by itself (修好了, 亮了 …); a mere 好 says nothing."""
    plain = _plain(text)
    return {plain, _POLITE.sub("", plain)} & GOOD_ALONE != set()


def says_bad(text: str) -> str | None:
    """Return what follows words that say 没好 (又坏了, 没修好 …); None for any other text."""
    plain = _plain(text)
    found = BAD_AGAIN.match(plain)
    return plain[found.end() :].strip(" ，,。.！!、~…") if found else None


def _by_words(plain: str, labels: Mapping[int, str]) -> tuple[int, str] | None:
    for said in dict.fromkeys((plain, _POLITE.sub("", plain))):
        for digit, label in labels.items():
            if said.casefold() in (label, *WORDS.get(label, ())):
                return digit, ""
            way = _WAYS[label].fullmatch(said.casefold()) if label in _WAYS else None
            if way is not None:
                return digit, way.groupdict().get("why") or ""
    for digit, label in labels.items():
        for word in (label, *WORDS.get(label, ())) if label in WITH_WORDS else ():
            if plain.startswith(word):
                return digit, plain.removeprefix(word).strip(" ，,。.！!、~…")
    return None
