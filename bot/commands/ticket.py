"""`linli ticket`: look at requests and prove their history."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.ticket_import import import_cases
from bot.terminal.records import records

if TYPE_CHECKING:
    from bot.terminal.invocation import Invocation
    from knowledge.store.rows.tickets import TicketEventRow, TicketRow

JSON = click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 文档")


@click.group(options_metavar="[选项]", subcommand_metavar="命令 …")
def ticket() -> None:
    """诉求单：列出、查看、核验、导入。"""


ticket.add_command(import_cases)


@ticket.command("list", options_metavar="[选项]")
@click.option("--all", "everything", is_flag=True, help="办结的也列出")
@JSON
@click.pass_obj
def list_tickets(invocation: Invocation, *, everything: bool, as_json: bool) -> None:
    """列出没办完的诉求。"""
    from knowledge.community.tickets.ticket import OPEN, State
    from knowledge.store.lists import listing

    with records(invocation, reading=True) as session:
        rows = [_summary(row) for row in listing(session, State if everything else OPEN)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        due = f"  {row['solve_due'][:16]} 前" if row["solve_due"] else ""
        place, owner = row["place"] or "地点待补", row["owner"] or "没有人"
        words = f"{row['lane']} {row['kind']}  {row['matter']}  {place}  {owner}"
        click.echo(f"{row['no']}  {words}  {row['state_name']}{due}")
    click.echo(f"共 {len(rows)} 件")


@ticket.command(options_metavar="[选项]")
@click.argument("no", metavar="编号")
@JSON
@click.pass_obj
def show(invocation: Invocation, no: str, *, as_json: bool) -> None:
    """看一件诉求从头到尾的经过。"""
    from knowledge.store.histories import events, words
    from knowledge.store.tickets import by_no

    with records(invocation, reading=True) as session:
        found = by_no(session, int(no)) if no.isdecimal() and int(no) < 2**31 else None
        if found is None:
            raise click.ClickException(f"没有 {no} 这个编号。先看 linli ticket list --all。")
        said = words(session, found)
        steps = [_step(row, said.get(row.seq)) for row in events(session, found)]
        document = _summary(found) | {"events": steps}
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    head = ("no", "lane", "kind", "matter", "place", "owner", "state_name")
    click.echo("  ".join(str(document[name] or "—") for name in head))
    for step in steps:
        click.echo(_line(step))


@ticket.command(options_metavar="[选项]")
@JSON
@click.pass_context
def verify(ctx: click.Context, *, as_json: bool) -> None:
    """从经过重算每一件的时限和哈希链，指出改过、删过、换过顺序的那一条。"""
    from bot.rules import calendar_of
    from knowledge.community.days.hours import Hours
    from knowledge.store.proof import verify_all

    invocation: Invocation = ctx.obj
    settings = invocation.settings()
    hours = Hours(*settings.hours.service)
    with records(invocation, reading=True) as session:
        count, flaws = verify_all(session, calendar_of(settings), hours)
    bad = [
        {"no": f"{flaw.no:04d}" if flaw.no else None, "seq": flaw.seq, "why": flaw.why}
        for flaw in flaws
    ]
    if as_json:
        click.echo(json.dumps({"tickets": count, "bad": bad}, ensure_ascii=False, indent=2))
    else:
        for flaw in bad:
            where = f"{flaw['no']} 第 {flaw['seq']} 条：" if flaw["no"] else ""
            click.echo(f"{where}{flaw['why']}")
        click.echo(
            f"核验了 {count} 件，{len(bad)} 件有问题" if bad else f"核验了 {count} 件，都对得上"
        )
    if bad:
        ctx.exit(1)


@ticket.command(options_metavar="[选项]")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="F.xlsx")
@click.option("--dry-run", is_flag=True, help="只说会写什么，不动文件")
@click.pass_obj
def export(invocation: Invocation, file: Path, *, dry_run: bool) -> None:
    """把所有诉求写成一张 Excel 表；同样的数据，文件一字不差。"""
    from bot.reports.ticketbook import ticketbook
    from knowledge.community.tickets.ticket import State
    from knowledge.store.lists import listing
    from knowledge.store.roster import load_neighbourhood

    with records(invocation, reading=True) as session:
        rows = listing(session, State)
        if not dry_run:
            file.write_bytes(ticketbook(rows, load_neighbourhood(session)))
    click.echo(f"{'会写' if dry_run else '写好了'} {len(rows)} 件：{file}")


def _summary(row: TicketRow) -> dict[str, Any]:
    from handlers.phrases.numbers import ticket_number
    from knowledge.community.tickets.ticket import STATE_WORDS, State

    return {
        "no": ticket_number(row.no),
        "state": row.state,
        "state_name": STATE_WORDS[State(row.state)],
        "lane": row.lane,
        "kind": row.kind,
        "category": row.category,
        "matter": row.matter,
        "place": row.place_id,
        "owner": row.owner_id,
        "reports": row.reports,
        "filed_at": row.filed_at.isoformat() if row.filed_at else None,
        "claim_due": row.claim_due.isoformat() if row.claim_due else None,
        "solve_due": row.solve_due.isoformat() if row.solve_due else None,
    }


def _step(row: TicketEventRow, said: str | None) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": row.at.isoformat(),
        "step": row.step,
        "from": row.from_state,
        "to": row.to_state,
        "by": row.actor,
        "role": row.role,
        "reason": row.reason,
        "text": said,
        "hash": row.hash,
    }


def _line(step: dict[str, Any]) -> str:
    from knowledge.community.tickets.ticket import STATE_WORDS, State

    moved = "" if step["from"] == step["to"] else f" → {STATE_WORDS[State(step['to'])]}"
    more = "  ".join(part for part in (step["reason"], step["text"]) if part)
    return f"{step['at'][:16]}  {step['step']}{moved}  {step['by']} {step['role']}  {more}".rstrip()
