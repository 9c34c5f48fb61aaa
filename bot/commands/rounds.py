"""`linli notices send …`: send now, see how far a round is, halt it, end it, put it right."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import click

from bot.terminal.acting import act
from bot.terminal.outlook import now_of, usable_notices
from bot.terminal.records import records
from knowledge.community.days.zone import local
from knowledge.community.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.terminal.invocation import Invocation
    from handlers.actions.notices.progress import Progress
    from handlers.work import Work

T = TypeVar("T")

RECENT = timedelta(days=7)
_code = click.argument("code", metavar="验真码")
_dry_run = click.option("--dry-run", is_flag=True, help="只说会做什么")


@click.command(options_metavar="[选项]")
@click.argument("notice_id", metavar="编号")
@_dry_run
@click.pass_obj
def send(invocation: Invocation, notice_id: str, *, dry_run: bool) -> None:
    """现在就发一条通知；不占限额，免打扰时段里等它结束。"""
    from handlers.actions.notices.sending import must_be_sendable, send_now

    found, _ = usable_notices(invocation.folder())
    notice = next((one for one in found if one.id == notice_id), None)
    if notice is None:
        raise click.ClickException(f"没有编号 {notice_id} 的通知。发 linli notices list 看看。")
    if dry_run:
        with _refusing():
            must_be_sendable(notice, now_of(invocation).date())
        click.echo(f"会发给：{'、'.join(notice.audience)}\n{notice.posted('·····')}")
        return
    count = _do(invocation, f"notice.send:{notice_id}", lambda work: send_now(work, notice))
    click.echo(f"排好了：《{notice.title}》发给 {count} 个聊天。进度：linli notices progress")


@click.command(options_metavar="[选项]")
@click.pass_obj
def progress(invocation: Invocation) -> None:
    """最近七天每一轮通知发到哪里了。"""
    from handlers.actions.notices.progress import progress as look

    with records(invocation, reading=True) as session:
        rounds = look(session, now_of(invocation) - RECENT)
        for one in rounds:
            click.echo(_line(one))
    if not rounds:
        click.echo("最近七天没有发过通知。")


def _steering(name: str, done: str, told: str) -> click.Command:
    """Return the command that does to a round what the action of that name does."""

    @click.command(name, help=told, options_metavar="[选项]")
    @_code
    @_dry_run
    @click.pass_obj
    def steer(invocation: Invocation, code: str, *, dry_run: bool) -> None:
        from handlers.actions.notices import rounds

        if dry_run:
            with _refusing(), records(invocation, reading=True) as session:
                click.echo(f"会{done}：{code}，{rounds.on_its_way(session, code).title}")
            return
        deed: Callable[[Work, str], object] = getattr(rounds, name)
        _do(invocation, f"notice.round:{code}", lambda work: deed(work, code))
        click.echo(f"{done}：{code}。进度：linli notices progress")

    return steer


@click.command(options_metavar="[选项]")
@_code
@click.argument("text", metavar="更正的话")
@_dry_run
@click.pass_obj
def correct(invocation: Invocation, code: str, text: str, *, dry_run: bool) -> None:
    """更正：只告诉收到了错通知的群和人，没发完的不再发。"""
    from handlers.actions.notices.rounds import correct as put_right
    from handlers.actions.notices.rounds import round_of, worded

    if dry_run:
        with _refusing(), records(invocation, reading=True) as session:
            click.echo(f"会说：\n{worded(round_of(session, code), text).body}")
        return
    count = _do(invocation, f"notice.correct:{code}", lambda work: put_right(work, code, text))
    click.echo(f"排好了：更正发给 {count} 个聊天，就是收到错通知的那些。")


COMMANDS = (
    send,
    progress,
    _steering("pause", "暂停", "暂停一轮：还没发的先不发。"),
    _steering("resume", "接着发", "接着发暂停的一轮。"),
    _steering("cancel", "取消", "取消一轮：还没发的不发了，也不占限额。"),
    correct,
)


def _do(invocation: Invocation, cause: str, deed: Callable[[Work], T]) -> T:
    with _refusing():
        return act(invocation, cause, deed)


@contextmanager
def _refusing() -> Iterator[None]:
    """Say a refusal as the command's error."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(refusal.say) from refusal


def _line(one: Progress) -> str:
    row = one.round
    begun = f"{local(row.begun_at):%m-%d %H:%M}"
    return f"{row.code}  {begun}  {row.title}  {one.state}  {one.counts}"
