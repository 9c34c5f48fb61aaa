"""What people read who ask who we are, what we can do, or who is responsible for their building."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.answers import GREETING
from handlers.phrases.names import named

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOW = GREETING.partition("\n")[2]
WHO_WE_ARE = f"我是社区的自动助手，是程序，不是真人，不收钱；答不准的转给社区的人。\n{_HOW}"
WHAT_WE_DO = f"{GREETING}\n要找人回复 0。"
NONE_OF_OURS = f"这个我帮不上，社区的事可以找我：\n{_HOW}"
HUSH = "好的，打扰了。想少收提醒，回复“少发点”；\n群里要我只在 @ 我时说话，请社区改一下群的设置。"
WHICH_PLACE = "邻长按楼栋分。请带上小区和几栋几单元再问，\n例如：桂花园3栋2单元的邻长是谁？"
WHICH_BUILDING = "邻长按楼栋分，请带上几栋几单元再问。"
NOBODY = "花名册里还没有人"


def leaders(name: str, place: str, people: Sequence[str]) -> str:
    """Who is responsible for a place, the nearest first, each with the post held."""
    who = "、".join(people) or NOBODY
    return f"{named(name)}{place}：{who}。\n有事直接说一句，我转给他们；电话不在这里公布。"
