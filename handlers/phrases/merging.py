"""What is said when two requests are one, or turn out to be two after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number

if TYPE_CHECKING:
    from handlers.phrases.sheet import Sheet

HOW = "请写并到哪一件，例如：并单128 127（128 并到 127 里）"


def merged(t: Sheet, into: Sheet) -> str:
    """To everybody who waits for the one that goes."""
    return f"{t.titled}和 {into.number} 是同一件事，合到一起办，有消息一起告诉您。"


def merged_here(t: Sheet, into: Sheet, count: int) -> str:
    """To whoever merged them."""
    return f"{t.number} 并到 {into.number}，共 {count} 户。并错了请发：拆单{t.no}"


def is_part_of(no: int, whole: int, state: str, owner: str) -> str:
    """To whoever takes, or reports of, the one that went."""
    by = f"，{owner}负责" if owner else ""
    return (
        f"{ticket_number(no)} 和 {ticket_number(whole)} 是同一件事，合到一起办"
        f"（{state}{by}）。请用 {ticket_number(whole)}。"
    )


def split(t: Sheet) -> str:
    """To everybody who waits for it: it goes on by itself."""
    return f"{t.titled}单独办，时限照原来的算，还是{t.owner or '社区'}负责。"


def split_here(t: Sheet, out_of: Sheet) -> str:
    """To whoever split them."""
    return f"{t.number} 从 {out_of.number} 拆出来了，回到并单之前的样子。"


def first_split(into: Sheet) -> str:
    """The one it is a part of is a part of another."""
    return f"{into.number} 自己也并到别的单里了，请先拆 {into.number}。"


def no_other(no: int) -> str:
    """The one that it is to be a part of is not there, or not theirs to see."""
    return f"没有找到要并进去的 {ticket_number(no)}。{HOW}"


def into_itself(t: Sheet) -> str:
    """It is to be a part of itself."""
    return f"{t.number} 不能并到自己里。{HOW}"


def other_is_over(t: Sheet, state: str) -> str:
    """The one that it is to be a part of is closed already."""
    return f"{t.number} 现在是“{state}”，并不进去了，请并到没办完的一件里。"


def in_private(t: Sheet) -> str:
    """One of the two is told in private only."""
    return f"{t.number} 不能并：两件里有只在私聊里办的。"
