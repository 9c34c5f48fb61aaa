"""What is said about the topics of the residents' meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

NO_SUCH_TOPIC = "没有找到这个议题。"
NO_PLACE = "请选一个地方：自己的小区、社区或街道。"
NO_TITLE = "请写一句要议什么，最多 {most} 字。"
TOO_LONG = "“{what}”太长了，最多 {most} 字，请删去 {over} 字。"
ENOUGH = "您已有 {most} 个议题等着议，先等这些有了结果。"
SETTLED = "这个议题已经有结果了，请刷新看看。"
NOT_UNDER_WAY = "这个议题还没有定，或者已经办完了。"
NO_DECISION = "请写明议定了什么。"
NO_REASON = "请写明为什么不议，大家都看得到。"
NO_RESULT = "请写明办成了什么样，大家都看得到。"
WRONG_MEETING = "开会的日子请写今天或以前 60 天里的一天。"
WRONG_DUE = "期限请写今天以后、两年以内的一天。"
NOBODY = "请选一个负责的人：管这里的三长、社区、街道、物业、志愿者或部门。"
DROPPED = "不议：{reason}"
GONE = "不议：提的人自己删除了"
HIDDEN = "一个议题"
"""The title of a dropped topic for who is neither its raiser nor of the office."""


def topic_number(topic_id: int) -> str:
    """`议-0007`."""
    return f"议-{topic_id:04d}"


def day(on: date) -> str:
    """`12月3日`."""
    return f"{on.month}月{on.day}日"


def task(number: str, title: str, decision: str, held_on: date, due: date) -> str:
    """Return what the responsible person is told."""
    return (
        f"【议事 {number}】{day(held_on)}议定，请您负责：{title}\n"
        f"决议：{decision}\n"
        f"请在{day(due)}前办好，办好后在网页“议事”里写上结果。"
    )
