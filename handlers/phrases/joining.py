"""What is said to somebody who reports what is reported already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.names import named
from handlers.phrases.sheet import short

if TYPE_CHECKING:
    from handlers.phrases.sheet import Sheet

LIFE = "有人用呼吸机"
WHAT_IS_OUT = "停的是水、电还是气？请连地方一起说一句，比如：3栋2单元停水了。"
FOLLOW, APART, REDO = "关注", "不是一件事", "重办"


def joined(t: Sheet, name: str, seen: str, doing: str, count: int, *, building: str = "") -> str:
    """Somebody had reported the same: counted, not doubled; `seen` is like 9 分钟前.

    `building` = another one than the report's, if it is.
    """
    you = f"您（{building}）" if building else "您"
    return (
        f"{named(name)}{t.about} {seen}有人报过（编号 {t.number}），{doing}。\n"
        f"已算上{you}，共 {count} 户。有消息我在这里说。"
    )


def is_it(t: Sheet, seen: str, doing: str) -> str:
    """Somebody had reported the like close by: only the reporter can tell whether it is the same."""
    return (
        f"{t.about} {seen}有人报过（编号 {t.number}），{doing}。\n"
        "是同一件事吗？是，回复 1 关注；不是，回复 2 另外登记。"
    )


AGAIN = "是它又这样了吗？是，回复 1 重办；不是，回复 2 另外登记。"


def is_it_again(t: Sheet, day: str) -> str:
    """The same person's matter of the kind was done lately; `day` = of its report."""
    return f"{day}您报过“{t.where}”（{t.number}），已经办过。\n{AGAIN}"


def is_that_it_again(t: Sheet) -> str:
    """The like before others who did not hear of it: neither what it was, nor where and when."""
    return f"您报过的 {t.number} 已经办过。\n{AGAIN}"


def known(t: Sheet, doing: str) -> str:
    """The same person has reported the same before."""
    return f"{t.about}已经登记过了（编号 {t.number}），{doing}。\n查进度请说：进度"


def doing_told(t: Sheet) -> str:
    """Nobody has taken it yet."""
    return f"已通知{t.owner_in_role}" if t.owner else "已列入督办清单"


def doing_taken(t: Sheet) -> str:
    """Somebody is on it."""
    return f"{t.owner_in_role}已接单"


def doing_noted(t: Sheet, words: str) -> str:
    """What the handler said last."""
    return f"{t.owner_in_role}说：{short(words, 14).rstrip('。')}"


ASK_LIFE = "家里有人用呼吸机、制氧机的，马上回复 1。"


def life(t: Sheet) -> str:
    """Somebody depends on electricity: told at once."""
    return f"马上告诉{t.owner}！请先用备用电源，呼吸困难立即打 120。"


def still_there(t: Sheet, count: int) -> str:
    """A neighbour says that it is not solved here."""
    return f"记下了，{t.titled}有 {count} 户说没好，已告诉{t.owner or '社区'}。"
