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

TERMS = {
    "三长": (
        "三长是邻长、组长、片长：邻长管一栋楼或一个单元，组长管一个网格，片长管一个小区。\n"
        "有事先找最近的邻长，到时候没办，自动往上找一级。\n问“我的邻长是谁”，我说名字。"
    ),
    "吹哨": (
        "一件事要好几家一起办，社区“吹哨”点名，点到的“报到”，各办各的一份，进度写在一处。\n"
        "您不用跑，直接说事就行。"
    ),
    "点单": (
        "居民点单（说要什么帮忙），社区派单，志愿者接单，谁先接算谁的。\n"
        "直接说就行，例如：想请人帮我换个灯泡。"
    ),
    "议事": "要大家商量的事，在网页“议事”里提一个议题。\n怎么定的、谁负责、哪天前办好、结果怎样，都在那里看得到。",
    "应急响应圈": (
        "险情一报，最近的邻长、组长马上收到；没人接，往上一级找，直到有人应。\n"
        "有危险，您先打 119、110、120。"
    ),
}
"""How things are done here, in the words that people hear about it."""


def vacant(post: str) -> str:
    """Nobody holds a post."""
    return f"{post}暂缺"


def away(post: str, name: str, acting: str) -> str:
    """Who holds a post is on leave, and who stands in, if anybody does."""
    stands_in = f"，{acting}代" if acting else ""
    return f"{post}{name}（请假{stands_in}）"


def meanwhile(vacancies: Sequence[str], answering: str) -> str:
    """Who answers while a post is empty."""
    return f"{'、'.join(vacancies)}，事情先由{answering}接。\n"


def leaders(name: str, place: str, people: Sequence[str], meanwhile: str = "") -> str:
    """Who is responsible for a place, the nearest first, each with the post held."""
    who = "、".join(people) or NOBODY
    return (
        f"{named(name)}{place}：{who}。\n{meanwhile}有事直接说一句，我转给他们；电话不在这里公布。"
    )
