"""docs/speed.md, written by the benchmark: machine, every bar with what was reached, all figures."""

from __future__ import annotations

import json
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bot.benches.goals import GOALS
from bot.benches.sampling import first_lines, sampled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.benches.goals import Goal

TITLE = """# 速度

这一页由 `linli bench --markdown > docs/speed.md` 写成，数字全是那一次量的，没有手改过。
比的是同一次运行里的另一个程序（`requirements-bench.txt`），所以倍数比绝对的数可靠；机器忙的时候（load 高于核数）绝对的数只会更差。
群里说的话没有一句重复：真的群里也几乎没有，重复的量到的只是程序记得多少。
"""
MEANING = "没到的，后面是占处理器时间最多的三处（采样，函数名和份额）；启动的是载入哪个包最费时间；网页是另外的进程，没有采样。"


SIZES = """## 要多大的机器

由 `linli bench city` 量到的代价推算：每人一天 5 条，5 % 是对机器人说的（假定），晚高峰一小时占一成。量的时候数据库在同一个进程里，处理器连它的在内；一个区要有两台能扛住高峰的，坏一台不误事。

| 居民 | 群 | 高峰每秒条数 | 高峰占处理器（核） | 一天的行数 | 一天的数据（GB） | 通知发遍：一个 Telegram 机器人 | 各群自己的钥匙，一个核 |
|---|---|---|---|---|---|---|---|"""
SIZE = (
    "| {residents} | {groups:,} | {peak_messages_per_second:,} | {cores_at_the_peak} | {rows_a_day:,}"
    " | {gigabytes_a_day} | {notice_one_telegram_bot_minutes} 分钟 | {notice_own_keys_seconds} 秒 |"
)


def _road() -> object:
    return import_module("bot.benches.road").ours_alone()


def _gate() -> object:
    return import_module("bot.benches.gate").ours_alone()


def _report() -> object:
    return import_module("bot.benches.report").ours_alone()


def _start() -> object:
    return import_module("bot.benches.start").imported()


PROFILED: dict[str, Callable[[], object]] = {
    "road": _road,
    "gate": _gate,
    "report": _report,
    "start": _start,
}
"""What can be looked into, each without its peers; `start` counts by itself."""


def page(figures: Mapping[str, Any], profiles: Mapping[str, list[str]]) -> str:
    """Return the page for the figures of all benchmarks and the profiles of what missed its bar."""
    machine = "、".join(f"{name} {value}" for name, value in figures["machine"].items())
    rows = "\n".join(_rows(figures, profiles))
    head = "| 目标 | 和什么比 | 要求 | 更好 | 量到 | 到了吗 |\n|---|---|---|---|---|---|"
    measured = {name: value for name, value in figures.items() if name != "machine"}
    blocks = "\n".join(_block(name, value) for name, value in measured.items())
    goals = f"## 要求\n\n{head}\n{rows}\n\n{MEANING}\n"
    return f"{TITLE}\n机器：{machine}\n\n{goals}{_sizing(figures)}\n## 全部数字\n{blocks}"


def profiles_of(
    figures: Mapping[str, Any], runs: Mapping[str, Callable[[], object]] = PROFILED
) -> dict[str, list[str]]:
    """Run every benchmark of this process that missed a bar again, and look where its time goes."""
    missed = {goal.bench for goal in GOALS if not _fine(goal, figures)}
    return {name: _profile(run) for name, run in runs.items() if name in missed}


def _profile(run: Callable[[], object]) -> list[str]:
    with sampled() as seen:
        found = run()
    return first_lines(found if isinstance(found, Counter) else seen)


def _sizing(figures: Mapping[str, Any]) -> str:
    """The table of what districts of several sizes need, from the costs that `city` measured."""
    sizes = figures.get("city", {}).get("sizes", {})
    rows = "\n".join(SIZE.format(residents=name, **size) for name, size in sizes.items())
    return f"\n{SIZES}\n{rows}\n" if rows else ""


def _rows(figures: Mapping[str, Any], profiles: Mapping[str, list[str]]) -> Iterator[str]:
    for goal in GOALS:
        figure = goal.reached(figures)
        sign = "≤" if goal.most else "≥"
        found = "没有量" if figure is None else f"{figure:,.3g}"
        yield (
            f"| {goal.name} | {goal.beside} | {sign} {goal.bar:.3g} | {sign} {goal.stretch:.3g}"
            f" | {found} | {_verdict(goal, figure, profiles)} |"
        )


def _verdict(goal: Goal, figure: float | None, profiles: Mapping[str, list[str]]) -> str:
    if figure is None or goal.holds(figure):
        return "到了" if figure is not None else "–"
    return "；".join(("没到", *(f"`{line}`" for line in profiles.get(goal.bench, ()))))


def _fine(goal: Goal, figures: Mapping[str, Any]) -> bool:
    figure = goal.reached(figures)
    return figure is None or goal.holds(figure)


def _block(name: str, value: object) -> str:
    return f"\n### {name}\n\n```json\n{json.dumps(value, ensure_ascii=False, indent=1)}\n```\n"
