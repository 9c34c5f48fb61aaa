"""`linli bench`: how fast it is on this machine."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import click

NAMES = (
    *("start", "gate", "answer", "report", "index", "figures", "push", "pages", "office", "scale"),
)
"""What can be measured; each is one module of `bot.benches` with `measure() -> dict`."""


@click.command(options_metavar="[选项]")
@click.argument("name", required=False, type=click.Choice(NAMES), metavar="[名字]")
@click.option(
    "--full", is_flag=True, help="index 连 100,000 条也测，push 发满 10,000 个群（各要几分钟）"
)
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON")
def bench(name: str | None, *, full: bool, as_json: bool) -> None:
    """测速：start 启动、gate 闲话过滤、answer 问答、report 报修、index 检索、push 群发、pages 网页、scale 几个进程；不写名字就都测。"""
    from bot.benches.machine import machine

    figures: dict[str, Any] = {"machine": machine()}
    sizes = {"index": {"full": full}, "push": {"full": full}}
    for one in (name,) if name else NAMES:
        figures[one] = import_module(f"bot.benches.{one}").measure(**sizes.get(one, {}))
        if not as_json:
            _show({one: figures[one]})
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))


def _show(figures: dict[str, Any], margin: str = "") -> None:
    for name, value in figures.items():
        if isinstance(value, dict):
            click.echo(f"{margin}{name}：")
            _show(value, f"{margin}  ")
        else:
            click.echo(f"{margin}{name} = {value}")
