"""What must hold (DESIGN §10): where each figure stands, its bar and its stretch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

RATIO, LIMIT, SAME = "ratio", "limit", "same"


@dataclass(frozen=True, slots=True)
class Goal:
    """One bar: `where` is the path to its figure (`road.times_the_peer`), `most` = not above it."""

    name: str
    beside: str
    where: str
    bar: float
    stretch: float
    most: bool = False
    kind: str = RATIO
    """Only a ratio is looked at by `--quick`: a limit depends on the machine, and the `same` is said by
    another ratio (where every group always waits for a reply, its wait is replies a second)."""

    owed: float | None = None
    """What was reached where that is hardly half the bar, or less: the quick look says so, and fails
    only on a figure that has fallen to half of this."""

    @property
    def bench(self) -> str:
        """The benchmark that measures it."""
        return self.where.split(".", maxsplit=1)[0]

    def reached(self, figures: Mapping[str, Any]) -> float | None:
        """Return the figure, None where it or its peer was not measured."""
        found: Any = figures
        for name in self.where.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return None if found is None else float(found)

    def holds(self, figure: float, *, half: bool = False) -> bool:
        """Whether the bar is reached, with `half` whether half of it is."""
        share = 2.0 if half else 1.0
        return figure <= self.bar * share if self.most else figure >= self.bar / share

    def has_fallen(self, figure: float) -> bool:
        """Whether not even half the bar is reached, or half of what was where the bar is owed."""
        once = self.bar if self.owed is None else self.owed
        return figure > once * 2 if self.most else figure < once / 2

    def __str__(self) -> str:
        sign = "≤" if self.most else "≥"
        return f"{self.name}（{self.beside}）{sign} {self.bar:g}"


GOALS = (
    Goal(
        "64 个群一起说话，每秒条数",
        "一般的 aiogram 机器人的倍数",
        "road.times_the_peer",
        15,
        40,
        owed=3.0,
    ),
    Goal(
        "同上，两边都说到自己的极限，99 % 的条几秒内办完",
        "它的几成",
        "road.p99_of_the_peer",
        1 / 20,
        1 / 100,
        most=True,
        kind=SAME,
    ),
    Goal(
        "同上，两边都按它的极限说，99 % 的条几秒内办完",
        "它的几成",
        "road.paced.p99_of_the_peer",
        1 / 20,
        1 / 100,
        most=True,
        owed=0.5,
    ),
    Goal("循环最长停顿，毫秒", "–", "road.longest_stall_ms", 50, 20, most=True, kind=LIMIT),
    Goal("报修落盘，SQLite FULL", "每步各自提交的倍数", "report.times_the_peer", 10, 50, owed=5.6),
    Goal(
        "报修落盘，PostgreSQL",
        "每步各自提交的倍数",
        "report.postgresql.times_the_peer",
        15,
        30,
        owed=9.7,
    ),
    Goal("过 20 条规则", "NoneBot2 的倍数", "gate.times_the_peer.nonebot2", 100, 500, owed=16.0),
    Goal("过 20 条规则", "aiogram F 的倍数", "gate.times_the_peer.aiogram", 30, 150, owed=7),
    Goal("群发", "平台允许的速度", "push.achieved_of_allowed", 0.97, 0.99, kind=LIMIT),
    Goal("启动到第一个答案", "先全部载入的几成", "start.time_of_the_peer", 1 / 5, 1 / 8, most=True),
    Goal("同上，内存", "先全部载入的几成", "start.memory_of_the_peer", 1 / 3, 1 / 4, most=True),
    Goal(
        "一条告诉 500 个网页，每页处理器",
        "光写套接字的倍数",
        "fanout.sockets.cpu_of_a_bare_write",
        2,
        1.6,
        most=True,
    ),
    Goal(
        "20 条一起来",
        "一条一条的几成",
        "fanout.sockets.joined_of_one_by_one",
        1 / 6,
        1 / 9,
        most=True,
    ),
    Goal(
        "闲着的网页，每页 KB",
        "–",
        "fanout.sockets.linli.kb_per_idle_socket",
        20,
        15,
        most=True,
        kind=LIMIT,
    ),
    Goal(
        "500 个网页里最后一个听到，毫秒",
        "–",
        "fanout.sockets.linli.last_told_ms",
        300,
        150,
        most=True,
        kind=LIMIT,
    ),
)
