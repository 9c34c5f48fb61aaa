"""`linli bench`: how fast it is on this machine."""

from __future__ import annotations

import json
import logging
from importlib import import_module
from typing import Any

import click

NAMES = (
    *("start", "gate", "answer", "report", "road", "index", "fanout", "push"),
    *("pages", "scale", "city"),
)
"""What can be measured; each is one module of `bot.benches` with `measure() -> dict`."""
FULL = frozenset({"index", "push", "fanout", "city"})
"""What `--full` makes longer."""
QUICK = {"road": True, "report": True, "gate": False, "start": False, "fanout": False}
"""What `--quick` measures, and whether it is made shorter for that."""


@click.command(options_metavar="[选项]")
@click.argument("name", required=False, type=click.Choice(NAMES), metavar="[名字]")
@click.option(
    "--full",
    is_flag=True,
    help="index 连 100,000 条也测，push 发满 10,000 个群，fanout 5,000 个网页，city 跑一整天",
)
@click.option(
    "--quick",
    is_flag=True,
    help="两分钟以内，只看倍数；有一个不到要求的一半就退出 1（还欠着的，不到从前的一半才退出 1）",
)
@click.option("--db", "url", metavar="地址", help="city 用的空数据库，默认是临时的 SQLite")
@click.option("--residents", type=click.IntRange(1), metavar="人数", help="city 有多少居民")
@click.option("--groups", type=click.IntRange(1), metavar="群数", help="city 有多少个群")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON")
@click.option("--markdown", is_flag=True, help="都测一遍，输出 docs/speed.md")
def bench(
    name: str | None,
    *,
    full: bool,
    quick: bool,
    url: str | None,
    residents: int | None,
    groups: int | None,
    as_json: bool,
    markdown: bool,
) -> None:
    """测速：start 启动、gate 闲话过滤、answer 问答、report 报修、road 整条路、index 检索、fanout 和 pages 网页、月报、push 群发、scale 几个进程、city 一个区的一天；不写名字就都测。"""
    from bot.benches.machine import machine
    from bot.logs import set_up_logs

    set_up_logs(logging.ERROR)

    figures: dict[str, Any] = {"machine": machine()}
    silent = as_json or markdown
    district = {"url": url, "residents": residents, "groups": groups}
    for one in (name,) if name else QUICK if quick else NAMES:
        options: dict[str, Any] = {"full": True} if full and one in FULL else {}
        options |= {"quick": True} if quick and QUICK.get(one) else {}
        options |= {key: value for key, value in district.items() if value and one == "city"}
        figures[one] = import_module(f"bot.benches.{one}").measure(**options)
        if not silent:
            _show({one: figures[one]})
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))
    if markdown:
        _print_page(figures)
    if quick:
        _judge(figures)


def _print_page(figures: dict[str, Any]) -> None:
    from bot.benches.goals_page import page, profiles_of

    click.echo(page(figures, profiles_of(figures)), nl=False)


def _judge(figures: dict[str, Any]) -> None:
    """Raise where a ratio has fallen below half its bar, or half of what it was; what is owed is said."""
    from bot.benches.goals import GOALS, RATIO

    ratios = ((goal, goal.reached(figures)) for goal in GOALS if goal.kind == RATIO)
    measured = [(goal, figure) for goal, figure in ratios if figure is not None]
    fallen = [f"{goal}：量到 {figure:.3g}" for goal, figure in measured if goal.has_fallen(figure)]
    for goal, figure in measured:
        if not goal.holds(figure, half=True) and not goal.has_fallen(figure):
            click.echo(f"还欠着，不到要求的一半：{goal}：量到 {figure:.3g}", err=True)
    if fallen:
        raise click.ClickException("不到要求的一半，或者不到从前的一半：\n" + "\n".join(fallen))


def _show(figures: dict[str, Any], margin: str = "") -> None:
    for name, value in figures.items():
        if isinstance(value, dict):
            click.echo(f"{margin}{name}：")
            _show(value, f"{margin}  ")
        else:
            click.echo(f"{margin}{name} = {value}")
