"""The fixed words by which people steer the bot: 进度, 接127, 完127 换了新灯, 请假 3天 …"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """Every command; the value is the word people type."""

    PROGRESS = "进度"
    TASKS = "任务"
    ACCEPT = "接"
    DONE = "完"
    NOTE = "进展"
    TRANSFER = "转"
    URGE = "催"
    LEAVE = "请假"
    RECEIVED = "收到"
    MORE = "更多"
    MY_DATA = "我的数据"
    ERASE = "删除我的数据"
    WITHDRAW = "算了"
    HELP = "帮助"


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `no` is the ticket's number, `rest` what follows (a remark, a name, days)."""

    word: Word
    no: int | None = None
    rest: str = ""
