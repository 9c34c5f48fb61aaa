"""`linli faq import` and `export`: Excel both ways, and Word documents as drafts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.check import tell_problems, today_of
from bot.terminal.acting import act

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation
    from knowledge.faq.plan import Change, Plan

FILE = click.Path(path_type=Path, dir_okay=False)
SHOWN = 40
"""Characters of a cell that are shown."""
_SIGNS = {"新增": "+", "修改": "~", "删除": "-"}


@click.command("export", options_metavar="[选项]")
@click.argument("path", type=FILE, metavar="F.xlsx")
@click.option("--dry-run", is_flag=True, help="只说会写什么，不动文件")
@click.pass_obj
def export(invocation: Invocation, path: Path, *, dry_run: bool) -> None:
    """把全部问答和草稿写成一个 Excel 文件，改完再 import。已有的文件不覆盖。"""
    from knowledge.faq.book import book_of
    from knowledge.faq.sheet import read_sheet

    if path.suffix.lower() != ".xlsx":
        raise click.ClickException("文件名要以 .xlsx 结尾")
    if path.exists():
        raise click.ClickException(f"已经有 {path}，没有动它。换一个名字再试。")
    sheet = read_sheet(invocation.folder() / "faq", links=invocation.settings().faq.allow_links)
    raw, too_long = book_of(sheet)
    count = len(sheet.blocks) + len(sheet.drafts) - len(too_long)
    if not dry_run:
        path.write_bytes(raw)
    click.echo(f"{'会写' if dry_run else '写好了'}：{path}（{count} 条）。")
    if too_long:
        click.echo(f"太长、一格放不下的没有写进去：{'、'.join(too_long)}", err=True)
    if sheet.broken:
        click.echo(f"有错误的 {len(sheet.broken)} 条没有写进去：linli faq check", err=True)


@click.command("import", options_metavar="[选项]")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="F.xlsx")
@click.option("--dry-run", is_flag=True, help="只看会改什么，不导入")
@click.option("--take", multiple=True, metavar="编号", help="两边都改过的，用表里的；可以写几个")
@click.pass_obj
def import_(invocation: Invocation, path: Path, *, dry_run: bool, take: tuple[str, ...]) -> None:
    """导入 Excel：先说会新增、修改、删除哪些。有错的那几行不导入，别的照常。.docx 存成草稿。"""
    from knowledge.faq.editing import CannotEdit
    from knowledge.files.office import WORD, CannotOpen, kind_of

    if not path.is_file():
        raise click.ClickException(f"没有文件 {path}。要一份现有的：linli faq export {path}")
    try:
        kind = kind_of(path.name)
    except CannotOpen as reason:
        tell_problems((reason.problem,))
        raise click.ClickException("没有导入。") from None
    try:
        if kind is WORD:
            _import_word(invocation, path, dry_run=dry_run)
        else:
            _import_book(invocation, path, take, dry_run=dry_run)
    except CannotEdit as reason:
        raise click.ClickException(str(reason)) from None


def _import_book(
    invocation: Invocation, path: Path, take: tuple[str, ...], *, dry_run: bool
) -> None:
    from handlers.actions.faq.importing import import_entries
    from knowledge.faq.book import read_book
    from knowledge.faq.importing import plan_import
    from knowledge.faq.plan import Kind

    table = read_book(path.read_bytes(), path.name)
    links = invocation.settings().faq.allow_links
    folder = invocation.folder() / "faq"
    plan = plan_import(folder, table, today_of(invocation), links, take)
    tell_problems(plan.problems)
    for one in plan.edits:
        _tell(one)
    for one in plan.of(Kind.CLASH):
        where = one.where or "表里删掉了"
        click.echo(f"? {one.id} 《{one.question}》导出以后文件和表里都改过（{where}）", err=True)
    click.echo(_summary(plan))
    if plan.of(Kind.CLASH):
        click.echo("两边都改过的没有动：要用表里的，加上 --take 编号；不然请重新导出再改。")
    if plan.edits and not dry_run:
        at_once = act(invocation, "faq:import", lambda work: import_entries(work, "", plan.edits))
        click.echo("导入好了。" if at_once else "已提交，等另一位编辑发布以后生效。")
    else:
        click.echo("只是看看，没有导入。" if plan.edits else "没有要导入的。")
    if plan.of(Kind.CLASH) or any(one.level == "error" for one in plan.problems):
        raise SystemExit(1)


def _import_word(invocation: Invocation, path: Path, *, dry_run: bool) -> None:
    from handlers.actions.faq.importing import import_drafts
    from knowledge.faq.sheet import read_sheet
    from knowledge.faq.worddocument import read_word

    sheet = read_sheet(invocation.folder() / "faq")
    standing = [block.title for block in (*sheet.blocks.values(), *sheet.drafts.values())]
    drafts, problems = read_word(path.read_bytes(), path.name, standing)
    tell_problems(problems)
    for one in drafts:
        click.echo(f"+ 草稿 《{one.question}》{_brief(one.short)}")
    if drafts and not dry_run:
        act(invocation, "faq:import", lambda work: import_drafts(work, "", drafts))
    how = "会存成" if dry_run else "存成了"
    click.echo(f"{how} {len(drafts)} 条草稿。草稿不会用来回答，核对以后在网页上发布。")
    if any(one.level == "error" for one in problems):
        raise SystemExit(1)


def _tell(one: Change) -> None:
    where = f"（{one.where}）" if one.where else ""
    click.echo(f"{_SIGNS[one.kind]} {one.kind} {one.id} 《{one.question}》{where}")
    if one.kind == "修改":
        for column, before, after in one.differences:
            click.echo(f"    {column}：{_brief(before) or '（空）'} → {_brief(after) or '（空）'}")


def _brief(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _summary(plan: Plan) -> str:
    from knowledge.faq.plan import Kind

    counts = "、".join(f"{kind} {len(plan.of(kind))}" for kind in Kind)
    return f"表里 {plan.rows} 行：{counts}。问答 {plan.before} → {plan.after} 条。"
