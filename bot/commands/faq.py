"""`linli faq`: the questions and answers, and whether they find each other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from bot.commands import faq_files
from bot.commands.check import faq_problems, report, today_of
from bot.terminal.records import records
from knowledge.community.privacy import mask
from knowledge.faq.answering import has_expired
from knowledge.faq.selftest import Miss, selftest
from knowledge.faq.shelf import Shelf

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation
    from knowledge.faq.shelf import View


@click.group(options_metavar="[选项]", subcommand_metavar="命令 …")
def faq() -> None:
    """问答：列出、检查、自测、没答上来的、Excel 导入导出。"""


faq.add_command(faq_files.import_)
faq.add_command(faq_files.export)


@faq.command("list", options_metavar="[选项]")
@click.pass_obj
def list_(invocation: Invocation) -> None:
    """列出能用的问答：编号、问题、几种问法、核对日期、有效期。"""
    today = today_of(invocation)
    entries = _view(invocation).entries.values()
    for entry in entries:
        until = entry.valid_until or "长期"
        ended = "（已过期，不再使用）" if has_expired(entry, today) else ""
        ended = "（已停用）" if entry.suspended else ended
        click.echo(
            f"{entry.id}  《{entry.question}》  {len(entry.wordings)} 种问法  "
            f"核对：{entry.checked or '没写'}  有效期：{until}{ended}"
        )
    click.echo(f"共 {len(entries)} 条。")


@faq.command(options_metavar="[选项]")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 数组")
@click.pass_obj
def check(invocation: Invocation, *, as_json: bool) -> None:
    """只检查问答，指出哪一行怎么改。"""
    settings = invocation.settings()
    problems = faq_problems(invocation.folder(), settings, today_of(invocation))
    report(list(problems), as_json=as_json)


@faq.command("selftest", options_metavar="[选项]")
@click.pass_obj
def selftest_(invocation: Invocation) -> None:
    """自测：每一种问法都要找到自己的那一条，反例不许找到。"""
    view = _view(invocation)
    misses = selftest(view)
    for miss in misses:
        click.echo(_said(miss, view))
    wordings = sum(len(entry.wordings) for entry in view.entries.values())
    click.echo(f"{wordings} 种问法，{len(misses)} 种有问题。")
    if misses:
        raise SystemExit(1)


@faq.command(options_metavar="[选项]")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 数组")
@click.pass_obj
def unanswered(invocation: Invocation, *, as_json: bool) -> None:
    """没答上来的问题：像的归成一组，问得多的在前面。"""
    from knowledge.faq.topics import group
    from knowledge.store.questions import unanswered as waiting

    with records(invocation, reading=True) as session:
        topics = group(mask(row.text) for row in waiting(session))
    if as_json:
        found = [
            {"words": one.words, "count": len(one.texts), "texts": one.texts} for one in topics
        ]
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for topic in topics:
        click.echo(f"{len(topic.texts)} 次  {'、'.join(topic.words)}：{topic.texts[0]}")
    click.echo(f"共 {len(topics)} 组。")


def _said(miss: Miss, view: View) -> str:
    if miss.forbidden:
        return f"{miss.faq_id}：反例“{miss.wording}”还是找到了它 — 换一种写法，或者多写几个反例"
    found = view.entries.get(miss.found)
    other = f"找到的是《{found.question}》（{found.id}）" if found else "什么也没找到"
    return f"{miss.faq_id}：“{miss.wording}”{other} — 改得更具体，或者挪到那一条去"


def _view(invocation: Invocation) -> View:
    return Shelf(invocation.folder() / "faq").current
