"""What people read when they take a request, pass it on or hand it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.sheet import short
from knowledge.community.tickets.ticket import URGENT

if TYPE_CHECKING:
    from handlers.phrases.sheet import Sheet

ACCEPT, TRANSFER, NOT_MINE = "接单", "转给别人", "不归我管"
REASONS = ("不是我这片的", "不归社区管", "我办不了", "事情没说清楚")
ASK_REASON = "为什么不归您管？"
ROLE_NEEDED = "这位不管这类事，转不过去。请转给邻长、组长、片长、社区、物业或志愿者。"


def ask_name(t: Sheet) -> str:
    """Passing on needs a name."""
    return f"转给谁？请发：转{t.no} 姓名"


def name_unknown(t: Sheet, name: str, word: str) -> str:
    """Nobody of that name; `word` = what they were to be named for: 转, 吹哨."""
    return f"没有找到“{short(name, 12)}”。请发：{word}{t.no} 姓名"


def has_it(t: Sheet) -> str:
    """Passed on to the one who has it."""
    return f"{t.number} 已经派给{t.owner}了。转给别人请发：转{t.no} 姓名"


def not_to_oneself(t: Sheet) -> str:
    """Passed on to oneself."""
    return f"不能转给自己。{t.number} 要自己办请发：接{t.no}"


def name_ambiguous(name: str, people: str) -> str:
    """Several of that name."""
    return f"叫“{short(name, 12)}”的不止一位：{people}。请说全名。"


def accepted(t: Sheet, details: str) -> str:
    """You have it now; `details` says where phone and door are, or is empty."""
    return "\n".join(
        line
        for line in (
            f"{t.titled}已接单，也告诉{t.resident}了。",
            details,
            f"到了请发：进展{t.no} 到了" if t.lane in URGENT else "",
            f"办完请发：完{t.no}，最好带一张照片。",
        )
        if line
    )


def details_link(t: Sheet, address: str) -> str:
    """Where phone and door can be seen."""
    return f"{t.resident}的电话和门牌：{address}（只有您能打开）"


def details(t: Sheet, phone: str, door: str) -> str:
    """Phone and door themselves, for the private chat of the assigned chain only."""
    parts = [f"电话 {phone}" if phone else "", f"门牌 {door}" if door else ""]
    known = "，".join(part for part in parts if part)
    return f"{t.resident}：{known}" if known else ""


def already_taken(t: Sheet) -> str:
    """Somebody else was first."""
    return f"{t.number} 已由{t.owner}接单，您不用管了，谢谢！"


def elsewhere(t: Sheet) -> str:
    """It proved to be at another place, where others are asked."""
    return f"{t.number} 地点改了，由那边的人去，您不用管了，谢谢！"


def taken_by_you(t: Sheet) -> str:
    """Accepted twice by the same person."""
    return f"{t.number} 已经在您手上了。办完请发：完{t.no}"


def transferred(t: Sheet) -> str:
    """Passed on by name."""
    return f"{t.number} 已转给{t.owner}，接了单我告诉{t.resident}。"


def complained_of(t: Sheet, called: str) -> str:
    """Nobody gets a complaint about themselves."""
    return f"{t.number} 说的就是{called}，不能转过去。请转给别人：转{t.no} 姓名"


def returned(t: Sheet) -> str:
    """Handed back: who decides now."""
    return f"收到，{t.number} 请{t.owner}来定。"


def declined(t: Sheet) -> str:
    """One of several who were asked does not take it; whoever has it stays."""
    return f"好的，{t.number} 由{t.owner}来接，您不用管了。"


def returned_too_often(t: Sheet) -> str:
    """A third 退单: the community fixes the owner."""
    return f"{t.number} 已经退过两次，不能再退，请{t.owner}定人。"


def cannot_return(t: Sheet) -> str:
    """There is nobody above who could decide."""
    return f"{t.number} 上面没有人可以改派了。请接单，或者发：转{t.no} 姓名"
