"""`linli check`: what is wrong in the files that people edit, and how to mend it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import click

from bot.clocks import SystemClock
from bot.config import Settings, read_settings
from bot.manners import manners_of
from bot.rules import calendar_of
from knowledge.community.days.zone import local
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.notices.grounds import check_grounds
from knowledge.community.notices.notice_folder import read_notice_sheet
from knowledge.community.notices.notice_review import review
from knowledge.community.notices.timetable import read_activity
from knowledge.community.roster.roster import read_roster
from knowledge.community.words.scams import read_scam
from knowledge.faq.sheet import read_entries
from knowledge.files.problem import Problem
from knowledge.files.standing import read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from bot.terminal.invocation import Invocation

LEVELS = {"error": "✗ 错误", "warning": "! 提醒"}


@click.command(options_metavar="[选项]")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 数组")
@click.pass_obj
def check(invocation: Invocation, *, as_json: bool) -> None:
    """检查设置、问答、通知、花名册，指出哪一行怎么改。只看，不动文件。"""
    folder = invocation.folder()
    read, problems = read_settings(folder)
    settings = read or Settings.model_construct()  # the defaults, whatever else is wrong
    found = problems_in(folder, settings, today_of(invocation))
    report([*problems, *found], as_json=as_json)


def problems_in(folder: Path, settings: Settings, today: date) -> list[Problem]:
    """Return the findings about everything that editors keep."""
    return [
        *faq_problems(folder, settings, today),
        *_town_problems(folder, settings, today),
        *read_sheet(folder / "timetable", read_activity).problems,
        *read_sheet(folder / "scams", partial(read_scam, today=today)).problems,
    ]


def today_of(invocation: Invocation) -> date:
    """Return the day that the command's clock shows."""
    return local(invocation.now or SystemClock().now()).date()


def faq_problems(folder: Path, settings: Settings, today: date) -> Iterable[Problem]:
    """Return the findings about the questions."""
    if not (folder / "faq").is_dir():
        return [_absent("faq", "问答")]
    return read_entries(folder / "faq", today=today, links=settings.faq.allow_links)[1]


def _town_problems(folder: Path, settings: Settings, today: date) -> Iterable[Problem]:
    """Return the findings about roster and notices: who hears a notice stands in the roster."""
    problems: list[Problem] = []
    hood = None
    if (folder / "roster").is_dir():
        roster, problems[:] = read_roster(folder / "roster")
        hood = Neighbourhood.from_roster(roster) if roster else None
    else:
        problems.append(_absent("roster", "花名册"))
    if not (folder / "notices").is_dir():
        return [_absent("notices", "通知"), *problems]
    sheet = read_notice_sheet(folder / "notices", today=today, links=settings.faq.allow_links)
    reviewed = review(
        sheet, hood, today, calendar=calendar_of(settings), manners=manners_of(settings)
    )
    facts = {entry.id: entry for entry in read_entries(folder / "faq")[0]}
    return [*sheet.problems, *check_grounds(sheet, facts), *reviewed, *problems]


def report(problems: Sequence[Problem], *, as_json: bool) -> None:
    """Print the findings, the worst kind last said in one line; exit 1 if one is an error."""
    errors = sum(problem.level == "error" for problem in problems)
    if as_json:
        rows = [problem.as_json() for problem in problems]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(f"{LEVELS[problem.level]} {problem}")
        click.echo(f"{errors} 个错误，{len(problems) - errors} 个提醒。{_meanwhile(errors)}")
    if errors:
        raise SystemExit(1)


def tell_problems(problems: Iterable[Problem]) -> None:
    """Say the findings beside what a command prints."""
    for problem in problems:
        click.echo(f"{LEVELS[problem.level]} {problem}", err=True)


def _meanwhile(errors: int) -> str:
    return "有错误的暂不使用，没有错误的照常使用。" if errors else ""


def _absent(name: str, called: str) -> Problem:
    fix = "运行 linli init 得到一份样本，再把这个文件夹拷过来"
    return Problem(name, 1, "文件夹", "warning", f"没有{called}文件夹", fix)
