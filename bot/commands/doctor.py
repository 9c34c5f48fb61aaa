"""`linli doctor`: what is wrong with this installation, and how it is mended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from bot.clocks import SystemClock
from knowledge.community.days.zone import local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.config import Settings
    from bot.doctor.finding import Finding
    from bot.terminal.invocation import Invocation


@click.command(options_metavar="[选项]")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 数组")
@click.pass_obj
def doctor(invocation: Invocation, *, as_json: bool) -> None:
    """体检：机器、资料夹、数据库、渠道、备份，和最近的话为什么没回。有毛病就说怎么治。"""
    found = list(_examine(invocation))
    ills = sum(not one.ok for one in found)
    if as_json:
        rows = [one.as_json() for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo(f"{'✓' if one.ok else '✗'} {one.name}：{one.message}")
            if one.fix:
                click.echo(f"    → {one.fix}")
        click.echo(f"{len(found)} 项，{ills} 项有毛病。")
    if ills:
        raise SystemExit(1)


def _examine(invocation: Invocation) -> Iterator[Finding]:
    from bot.commands.check import problems_in, today_of
    from bot.config import Settings, read_settings
    from bot.doctor.backups import look_at_backups
    from bot.doctor.channels import look_at_channels
    from bot.doctor.files import look_at_files
    from bot.doctor.machine import look_at_machine
    from bot.doctor.model import look_at_model
    from bot.doctor.records import look_at_records
    from bot.doctor.service import look_at_service

    folder = invocation.folder()
    now = local(invocation.now or SystemClock().now())
    read, wrong = read_settings(folder)
    settings = read or Settings.model_construct()  # the defaults, whatever else is wrong
    yield from look_at_machine(folder, settings, now)
    yield from look_at_files([*wrong, *problems_in(folder, settings, today_of(invocation))])
    url = settings.database.address(folder)
    yield from look_at_records(url, now)
    yield from look_at_service(folder, url)
    yield from look_at_channels(settings, folder)
    yield from look_at_model(settings)
    yield from look_at_backups(folder, settings, now)
    yield from _silence(folder, settings)


def _silence(folder: Path, settings: Settings) -> Iterator[Finding]:
    """Nothing can be explained while the roster is wrong; `check` has said so then."""
    from bot.commands.ask import read_faq
    from bot.doctor.silence import Town, explain_silence
    from bot.terminal.hood import hood_of

    try:
        hood = hood_of(folder, settings)
    except click.ClickException:
        return
    faq = read_faq(folder, settings)
    yield from explain_silence(
        settings.database.address(folder), Town(hood, faq, settings.bot.names)
    )
