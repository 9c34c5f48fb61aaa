"""`linli ticket import`: cases of another system into the same ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.clocks import SystemClock
from bot.commands.check import tell_problems
from bot.terminal.acting import act

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation
    from handlers.work import Work
    from knowledge.community.tickets.casesheet import Case
    from knowledge.community.tickets.categories import Category
    from knowledge.files.sheets import Sheet

OTHER = "other-repair"
"""What a case is whose words say nothing that we know."""


@click.command("import", options_metavar="[选项]")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="文件")
@click.option("--source", default="企业微信", show_default=True, help="从哪个系统来，记在单子里")
@click.option("--dry-run", is_flag=True, help="只说会导入什么，不动数据库")
@click.pass_obj
def import_cases(invocation: Invocation, path: Path, *, source: str, dry_run: bool) -> None:
    """导入别的系统里的事件：企业微信居民上报导出的表，或 CSV。再导一次不会重复。

    没办完的在这里接着办，派给邻长；办完的只记下来，不通知任何人。有错的行不导入，改好再导一次。
    """
    from knowledge.community.tickets.casesheet import read_cases

    sheet = _read(path)
    cases = read_cases(sheet, SystemClock(invocation.now).now())
    tell_problems(sheet.problems)
    going_on = sum(case.end is None for case in cases)
    counted = f"{len(cases)} 件：{going_on} 件接着办，{len(cases) - going_on} 件已经办完"
    if dry_run:
        for case in cases[:20]:
            click.echo(
                f"  第 {case.line} 行  {case.reference}  {case.at:%Y-%m-%d}  {case.words[:30]}"
            )
        click.echo(f"会导入 {counted}")
    elif cases:
        new = act(
            invocation, f"import:{source}:{path.name}", lambda work: _take(work, source, cases)
        )
        click.echo(f"导入好了：新的 {new} 件，{len(cases) - new} 件以前导过")
    if any(problem.level == "error" for problem in sheet.problems):
        raise SystemExit(1)


def _take(work: Work, source: str, cases: list[Case]) -> int:
    from handlers.actions.tickets.importing import take_over
    from handlers.intents.plain import plain
    from knowledge.community.tickets.discretion import is_aside

    taken = 0
    for case in cases:
        known = _category(case)
        private = is_aside(known, known.kind, plain(case.words))
        taken += take_over(work, source, case, known, private=private) is not None
    return taken


def _category(case: Case) -> Category:
    """By the name or code that was given, else by what the words say."""
    from handlers.intents.read import read_intent
    from knowledge.community.tickets.categories import all_categories

    known = {code: one for one in all_categories() for code in (one.name, one.code)}
    return known.get(case.category) or read_intent(case.words).category or known[OTHER]


def _read(path: Path) -> Sheet:
    """The table in a CSV file, or the first sheet of a workbook that has its headings."""
    from knowledge.community.tickets.casesheet import COLUMNS
    from knowledge.files.csvsheets import read_csv
    from knowledge.files.office import CannotOpen
    from knowledge.files.workbooks import has_header, open_workbook, read_worksheet

    if not path.is_file():
        raise click.ClickException(f"没有这个文件：{path}")
    if path.suffix.lower() == ".csv":
        return read_csv(path, COLUMNS)
    try:
        pages = list(open_workbook(path.read_bytes(), path.name).values())
    except CannotOpen as reason:
        raise click.ClickException(str(reason.problem)) from None
    page = next((one for one in pages if has_header(one, COLUMNS)), pages[0])
    return read_worksheet(page, path.name, COLUMNS)
