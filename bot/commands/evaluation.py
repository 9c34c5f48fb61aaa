"""`linli eval`: score the knowledge on questions whose right answer is known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from bot.bars import bars_of
from bot.clocks import SystemClock
from bot.commands.ask import read_faq, read_scams
from bot.semantic.consulting import consulting
from bot.terminal.hood import hood_of
from bot.terminal.scoring import Row, Score, score_all, score_matching
from handlers.thinking.considering import looked_up
from handlers.thinking.thought import Scene
from knowledge.community.days.zone import local
from knowledge.faq.answering import decide
from knowledge.faq.entry import Entry
from knowledge.faq.index import Index
from knowledge.faq.shelf import View
from knowledge.files.encoding import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.terminal.invocation import Invocation
    from handlers.thinking.thought import Thought
    from knowledge.faq.calibration import Bars

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
LONGEST = 100_000_000
"""Bytes of a file of questions: made by programs, some hundred thousand of them."""


@click.command(name="eval", options_metavar="[选项]")
@click.argument("queries", type=FILE, metavar="QUERIES.jsonl")
@click.option("--base", type=FILE, metavar="FAQ_BASE.jsonl", help="换成这份问答，只比对，不设关卡")
@click.option("--rows", type=click.Path(path_type=Path), metavar="OUT", help="每一句的结果写到这里")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 文档")
@click.pass_obj
def evaluate(
    invocation: Invocation, queries: Path, *, base: Path | None, rows: Path | None, as_json: bool
) -> None:
    """用一批问句给问答打分。"""
    asked = _read(queries, "query", "faq_id" if base else "topic")
    score = _match(invocation, asked, base) if base else _consider(invocation, asked)
    if rows is not None:
        lines = (json.dumps(row.as_json(), ensure_ascii=False) for row in score.rows)
        rows.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(score.summary, ensure_ascii=False))
    else:
        for name, value in score.summary.items():
            click.echo(f"{name}  {json.dumps(value, ensure_ascii=False)}")


def _consider(invocation: Invocation, asked: list[dict[str, Any]]) -> Score:
    """Ask every row in private and, unaddressed, in a lively group; null rows only so."""
    started = perf_counter()
    view = read_faq(invocation.folder(), invocation.settings())
    built = perf_counter() - started
    private = Scene(
        hood=hood_of(invocation.folder(), invocation.settings()),
        faq=view,
        now=local(invocation.now or SystemClock().now()),
        scams=read_scams(invocation.folder()),
        office=invocation.settings().community.office,
    )
    group = replace(private, addressed=False)
    started = perf_counter()
    with consulting(invocation.settings()) as consider:
        rows = [_asked(row["query"], row["topic"], private, group, consider) for row in asked]
    return score_all(rows, seconds=perf_counter() - started, built=built)


def _asked(
    query: str,
    topic: str | None,
    private: Scene,
    group: Scene,
    consider: Callable[[str, Scene], Thought],
) -> Row:
    overheard = consider(query, group)
    if topic is None:
        return Row(query, topic, None, looked_up(overheard, query, group))
    return Row(query, topic, looked_up(consider(query, private), query, private), overheard)


def _match(invocation: Invocation, asked: list[dict[str, Any]], base: Path) -> Score:
    """Match every query against its own block of the base, without any gate."""
    bars = bars_of(invocation.settings())
    started = perf_counter()
    views = _views(_read(base, "question", "faq_id"), bars)
    built = perf_counter() - started
    today = local(invocation.now or SystemClock().now()).date()
    started = perf_counter()
    rows = [
        (
            row,
            decide(views.get(row.get("block"), View()), row["query"], addressed=True, today=today),
        )
        for row in asked
    ]
    return score_matching(rows, bars, seconds=perf_counter() - started, built=built)


def _views(base: Iterable[dict[str, Any]], bars: Bars) -> dict[Any, View]:
    """One FAQ for every block."""
    blocks: dict[Any, dict[str, Entry]] = {}
    for row in base:
        entry = Entry(
            id=row["faq_id"],
            question=row["question"],
            variants=tuple(row.get("variants") or ()),
            short=row.get("answer") or "",
        )
        blocks.setdefault(row.get("block"), {})[entry.id] = entry
    return {
        block: View(entries, Index.build(tuple(entries.values())), (), bars)
        for block, entries in blocks.items()
    }


def _read(path: Path, text: str, name: str) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file; each has a `text` and, as text or null, a `name`.

    Raises:
        click.ClickException: it is no text, or a line no such JSON object; the message names it.
    """
    written, problem = read_text(path, limit=LONGEST)
    if problem is not None and problem.level == "error":
        raise click.ClickException(str(problem))
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(written.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as trouble:
            raise click.ClickException(f"{path}:{number} 不是一行 JSON") from trouble
        if not isinstance(row, dict):
            raise click.ClickException(f"{path}:{number} 应当是一个 {{…}}")
        if not isinstance(row.get(text), str) or not isinstance(row.get(name, 0), str | None):
            raise click.ClickException(f"{path}:{number} 要有 {text} 和 {name}，写成文字")
        rows.append(row)
    return rows
