"""What is asked about the bot itself, and what is said to it that is no business of a community."""

from __future__ import annotations

from knowledge.community.words.wording import sign

TERMS = ("三长", "吹哨", "点单", "议事", "应急响应圈")
_EDGES = " ,，。.！!？?~、;；:"


def asks_who_we_are(text: str) -> bool:
    """Whether plain `text` asks who or what we are, or what we cost."""
    return _is("是谁", text)


def asks_what_we_do(text: str) -> bool:
    """Whether plain `text` asks what we are good for, or how to use us."""
    return _is("本事", text)


def greets(text: str) -> bool:
    """Whether plain `text` only says hello, calls us, or wants to see how it begins."""
    return _is("招呼", text)


def is_none_of_ours(text: str) -> bool:
    """Whether plain `text` is chat with a machine: the time, a joke, praise or blame."""
    return _is("不归社区", text)


def hushes_us(text: str) -> bool:
    """Whether plain `text` wants us to be quiet."""
    return _is("太吵", text)


def term_asked(text: str) -> str:
    """The word of how a community works that plain `text` asks about; "" for none."""
    return next((term for term in TERMS if _is(term, text)), "")


def _is(title: str, text: str) -> bool:
    return sign(title, "itself").search(text.strip(_EDGES)) is not None
