"""`linli bench`: how fast it is on this machine."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import click

NAMES = ("start", "gate", "answer", "report")
"""What can be measured; each is one module of `bot.benches` with `measure() -> dict`."""


@click.command(options_metavar="[选项]")
@click.argument("name", required=False, type=click.Choice(NAMES), metavar="[名字]")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON")
def bench(name: str | None, *, as_json: bool) -> None:
    """测速：start 启动、gate 闲话过滤、answer 问答、report 报修；不写名字就都测。"""
    from bot.benches.machine import machine

    figures: dict[str, Any] = {"machine": machine()}
    for one in (name,) if name else NAMES:
        figures[one] = import_module(f"bot.benches.{one}").measure()
        if not as_json:
            _show(one, figures[one])
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))


def _show(name: str, figures: dict[str, Any]) -> None:
    click.echo(f"{name}：")
    for key, value in figures.items():
        click.echo(f"  {key} = {value}")
