"""`linli notices`: which notices there are, and what they will send when and to whom."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from bot.commands.rounds import COMMANDS
from bot.rules import calendar_of
from bot.terminal.calendar_page import calendar_page
from bot.terminal.day import Day
from bot.terminal.outlook import now_of, outlook, usable_notices
from knowledge.community.days.zone import ZONE, local

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.terminal.invocation import Invocation
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.planner import Planned

FORTNIGHT = timedelta(days=13)
YEAR = timedelta(days=365)
STATUS = {"send": "发送", "moved": "改期", "dropped": "不发"}
_WEEKDAYS = "一二三四五六日"


@click.group(options_metavar="[选项]", subcommand_metavar="命令 …")
def notices() -> None:
    """通知：列出、预览、现在就发、进度、暂停、取消、更正。"""


for command in COMMANDS:
    notices.add_command(command)


@notices.command("list", options_metavar="[选项]")
@click.pass_obj
def list_(invocation: Invocation) -> None:
    """列出能用的通知：编号、标题、触发、受众、下一次。"""
    found = _read(invocation.folder())
    now, calendar = now_of(invocation), calendar_of(invocation.settings())
    coming: dict[str, datetime] = {}
    for one in outlook(invocation, found, now, now + YEAR, calendar):
        if one.at:
            coming[one.notice_id] = min(one.at, coming.get(one.notice_id, one.at))
    for notice in found:
        triggers = "；".join(trigger.text for trigger in notice.triggers)
        next_time = _said(coming[notice.id]) if notice.id in coming else "一年内没有"
        click.echo(
            f"{notice.id}  《{notice.title}》  {triggers}  受众：{'、'.join(notice.audience)}  "
            f"下次：{next_time}"
        )


@notices.command(options_metavar="[选项]")
@click.option("--from", "first", type=Day(), metavar="D", help="从哪天起，默认今天")
@click.option("--to", "last", type=Day(), metavar="D", help="到哪天为止（含），默认两周")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 数组")
@click.option("--markdown", is_flag=True, help="输出一页日历")
@click.pass_obj
def preview(
    invocation: Invocation,
    *,
    first: date | None,
    last: date | None,
    as_json: bool,
    markdown: bool,
) -> None:
    """预览这几天会发什么、几点、发到哪里，为什么改期或不发。不会真的发。"""
    first = first or now_of(invocation).date()
    last = last or first + FORTNIGHT
    if last < first:
        raise click.BadParameter(f"{last} 在 {first} 前面", param_hint="--to")
    start = datetime.combine(first, time(), ZONE)
    end = datetime.combine(last + timedelta(days=1), time(), ZONE)
    found, calendar = _read(invocation.folder()), calendar_of(invocation.settings())
    planned = outlook(invocation, found, start, end, calendar)
    for year in sorted(calendar.unknown_years):
        click.echo(f"{year} 年的放假和调休还不知道，先按周一到周五算工作日。", err=True)
    if as_json:
        rows = [_as_json(one) for one in planned]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    page = calendar_page(planned, found, first, last) if markdown else _in_words(planned)
    for line in page:
        click.echo(line)


def _read(folder: Path) -> tuple[Notice, ...]:
    """Return the usable notices; say on stderr how many mistakes the files have."""
    found, problems = usable_notices(folder)
    wrong = sum(problem.level == "error" for problem in problems)
    if wrong:
        click.echo(
            f"通知有 {wrong} 处写错，写错的没有算进来；运行 linli check 看怎么改。", err=True
        )
    return found


def _as_json(one: Planned) -> dict[str, Any]:
    """Return the object of CONTRACT §3.2; a private chat stands there as `channel:account`."""
    return {
        "planned": local(one.planned).isoformat(),
        "at": local(one.at).isoformat() if one.at else None,
        "id": one.notice_id,
        "chats": [chat.replace(":@", ":", 1) for chat in one.chats],
        "body": one.body,
        "status": one.status,
        "why": one.why,
    }


def _in_words(planned: Sequence[Planned]) -> Iterator[str]:
    """The plan by day, for reading."""
    if not planned:
        yield "这几天没有要发的通知。"
    for day, rows in groupby(planned, key=lambda one: one.planned.date()):
        yield f"{day}（周{_WEEKDAYS[day.weekday()]}）"
        for one in rows:
            why = f"：{one.why}" if one.why else ""
            yield (
                f"  {one.planned:%H:%M} {STATUS[one.status]} {one.notice_id} "
                f"→ {len(one.chats)} 个聊天{why}"
            )
            yield f"      {one.body.splitlines()[0]}"


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} 周{_WEEKDAYS[moment.weekday()]}"
