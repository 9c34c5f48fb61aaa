"""What the board says: names of figures and what exactly each counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handlers.phrases.moments import WEEKDAYS
from handlers.phrases.report import hour_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    class Bar(Protocol):
        """What is drawn as a bar."""

        @property
        def name(self) -> str: ...  # noqa: D102 -- as in handlers.board.charts.
        @property
        def count(self) -> int: ...  # noqa: D102
        @property
        def done(self) -> int | None: ...  # noqa: D102


class Meant(NamedTuple):
    """Name of a figure, and in a few words what is counted."""

    name: str
    meaning: str


TODAY = {
    "filed_today": Meant("今天新增", "今天登记的诉求"),
    "ended_today": Meant("今天办结", "今天由经办人办好或已结束的"),
    "open": Meant("在办", "登记了还没办好的"),
    "unconfirmed": Meant("待确认", "说办好了，等居民回话的"),
    "overdue": Meant("超时", "过了最初的接单或办结时限的"),
}
RATES = {
    "response": Meant("响应率", "首次响应时限内有人接手 ÷ 应响应的"),
    "in_time": Meant("承诺兑现", "在办结时限内办好 ÷ 办好的和已到时限的"),
    "solved": Meant("解决率", "最后一次回话是好了 ÷ 有回话的"),
    "content": Meant("满意率", "满意 ÷（满意 + 一般 + 不满意）"),
}
APART = {"solved": "没有回话", "content": "没有评价"}
PARTS = {"above": "分子", "below": "分母", "apart": "单列的", "missed": "没有按时的"}
REDONE = Meant("重办", "居民说没好、重新办理的")
WINDOWS = {1: "今天", 7: "近 7 天", 30: "近 30 天"}
ALL = "全部"
"""Where a viewer's range has several places."""

DAILY = "每天登记，其中已办好的"
DAILY_HEADS = ("哪一天", "登记", "已办好")
CATEGORY, KIND, HOT, HEAT = "类别前十", "按诉求种类", "热点楼栋", "一周里什么时候报得多"
HEADS = ("名称", "件数")
FINE = "楼栋一级不含不公开的诉求。"
NO_RANKING = "只看事情和地方，不给人排名，也不按人计数。"


def title(key: str, named: str) -> str:
    """What the list behind a figure is called; `named` = the name of a category or a kind."""
    word, _, rest = key.partition("-")
    if key in TODAY or key == "redone":
        return (TODAY | {"redone": REDONE})[key].name
    if word in RATES:
        return f"{RATES[word].name}：{PARTS.get(rest, '')}"
    if word == "hour":
        weekday, _, hour = rest.partition("-")
        return f"周{WEEKDAYS[int(weekday)]} {hour_name(int(hour))}登记的"
    if word == "day":
        return f"{rest} 登记的"
    return f"登记：{named or rest}" if rest else "登记"


def most(bars: Sequence[Bar]) -> str:
    """A chart of bars in one sentence."""
    if not bars:
        return "还没有数据。"
    told = "，".join(f"{bar.name} {bar.count} 件" for bar in bars[:5])
    rest = f"，共 {len(bars)} 项" if len(bars) > 5 else ""  # noqa: PLR2004 -- as many as are told.
    return f"由多到少：{told}{rest}。"


def daily(bars: Sequence[Bar]) -> str:
    """The chart of days in one sentence."""
    filed, done = sum(bar.count for bar in bars), sum(bar.done or 0 for bar in bars)
    top = max(bars, key=lambda bar: bar.count)
    if not filed:
        return "这些天没有登记。"
    return f"{len(bars)} 天共登记 {filed} 件，已办好 {done} 件；最多的一天是 {top.name}，{top.count} 件。"


def heat(total: int, weekday: int, hour: int) -> str:
    """The heat map in one sentence."""
    if not total:
        return "这些天没有登记。"
    return f"共 {total} 件，周{WEEKDAYS[weekday]} {hour_name(hour)}最多。"
