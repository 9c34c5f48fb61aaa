"""What the reporter is asked before a request is logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases import safety
from handlers.phrases.names import named
from handlers.phrases.sheet import along
from knowledge.community.tickets.ticket import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.community.locating.housewords import HouseWords

YES = "对"
TOLD = "反映"
WHICH_ESTATE, WHICH_PART = "哪个小区", "哪一片"
PLACE_UNKNOWN = "地点待补"
PLACE_ALONE = "那里怎么了？请用一句话说，例如：楼道灯不亮。"
MATTER_NOT_UNDERSTOOD = "没听明白是什么事。请用几个字说，例如：楼道灯不亮。要找人回复 0。"
WHAT_IS_WRONG = "好的，请直接说哪里不对，例如：是4栋1单元，或者：是单元门坏了。要找人回复 0。"


def house(houses: HouseWords) -> str:
    """Ask for the house in the words of the place."""
    return f"请问是{houses.which}？\n（例如：{houses.example}。门牌号不用发在群里）"


def place_not_understood(houses: HouseWords) -> str:
    """A short answer named no place."""
    return f"没听明白是哪里。请说{houses.which}，例如：{houses.example}。要找人回复 0。"


def no_such_place(named: str, houses: HouseWords) -> str:
    """A house was named that is not here."""
    return (
        f"我们这里没有{named}。请再说一次是{houses.which}，例如：{houses.example}。要找人回复 0。"
    )


def ask_place(name: str, matter: str, images: int, which: str) -> str:
    """The place is missing, or only which of several it is."""
    noted = f"照片收到了：{matter}。" if images else f"记下了：{matter}。"
    return f"{named(name)}{noted}\n{which}"


def which_estate(number: str, estates: Sequence[str], what: str = WHICH_ESTATE) -> str:
    """A number that several estates, or parts of one, have: in which one?"""
    lines = [f"{digit} {estate}" for digit, estate in enumerate(estates, 1)]
    return "\n".join((f"{number}在{what}？回复数字就行：", *lines))


def name_estate(number: str) -> str:
    """A number that many estates have."""
    return f"好几个小区都有{number}。请带上小区的名字再说一次。"


def ask_matter(name: str, place: str, images: int) -> str:
    """What is wrong is missing."""
    noted = "照片收到了。\n" if images else f"{place}，记下了。\n" if place else ""
    return f"{named(name)}{noted}请问是什么事？\n（例如：楼道灯不亮）"


def ask_place_only(name: str, which: str) -> str:
    """An urgent matter is logged; only its place is missing."""
    return f"{named(name)}{safety.where(which)}"


def kind_word(kind: Kind, *, before_others: bool) -> str:
    """What a request is called: no complaint is called so where others read."""
    return TOLD if before_others and kind is Kind.COMPLAINT else kind.value


def confirm_draft(kind: str, matter: str, place: str, images: int, voices: int = 0) -> str:
    """Everything is there: is it right?"""
    return (
        "这样登记，对不对？\n"
        f"【{kind}】{matter} · {place or PLACE_UNKNOWN}{along(images, voices)}\n"
        "对，回复 1；不对，直接说哪里不对。"
    )


def second_matter(name: str, matter: str) -> str:
    """A message held another matter: it is taken up on request, after the first."""
    about = f"“{matter}”" if matter else "另一件事"
    return f"{named(name)}您还说了{about}。\n也要登记，回复 2。"


def in_private(name: str) -> str:
    """Said once in a group about a matter that is nobody else's business."""
    return f"{named(name)}这件事不在群里说，我私聊您了。"


def still_waiting(matter: str, which: str) -> str:
    """The one reminder of an unfinished report: it lacks the matter, else the place."""
    about = f"“{matter}”" if matter else "您刚才说的事"
    question = f"{which}？" if matter else "是什么事？"
    return f"{about}还差一句：{question}\n不用登记了，请回：算了"
