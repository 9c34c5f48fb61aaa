"""The database: whether it opens, its version, its time, what waits in it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.finding import ill, well
from bot.terminal.trouble import said_of
from knowledge.store import migrate
from knowledge.store.audit import first_break
from knowledge.store.database import Database
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.stamps import mark
from knowledge.store.troubles import Illegible, is_away

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.doctor.finding import Finding

AHEAD = timedelta(minutes=5)
"""What was written so much later than now shows a clock that was turned back."""
LATE = timedelta(minutes=5)
RESTORE = "停掉邻里，用最近的备份恢复：linli restore 文件"
FOLDER_FIRST = "先治好“资料夹”“磁盘”那两项，再看一次；文件本身多半没有坏"
ASK_SERVER = "看数据库服务开着没有、[database] url 里的地址、用户、密码、库名对不对"


def look_at_records(url: str, now: datetime) -> Iterator[Finding]:
    """Look at the database; one that cannot be opened or is too old is not looked into."""
    try:
        found = migrate.current(url)
    except SQLAlchemyError as trouble:
        yield ill("数据库", f"打不开：{type(trouble).__name__}", _mend(url, trouble))
        return
    if found is None:
        yield well("数据库", "还没有，第一次运行时会建")
        return
    yield _version(found)
    database = Database(url)
    try:
        with database.view() as session:
            yield _whole(session)
            if found == migrate.HEAD:
                yield _time(session, now)
                yield from _queues(session, now)
                yield _chain(session)
    except SQLAlchemyError as trouble:
        yield ill("数据库", f"读不了：{type(trouble).__name__}", _mend(url, trouble))
    finally:
        database.close()


def _mend(url: str, trouble: SQLAlchemyError) -> str:
    """Nobody restores a backup over a database that is whole: only damage asks for it."""
    if not url.startswith("sqlite"):
        return said_of(trouble) if isinstance(trouble, Illegible) else ASK_SERVER
    return FOLDER_FIRST if is_away(trouble) else RESTORE


def _version(found: str) -> Finding:
    if found == migrate.HEAD:
        return well("数据库版本", found)
    if migrate.knows(found):
        what = f"{found}，比程序的 {migrate.HEAD} 旧"
        return ill("数据库版本", what, "先备份，再运行 linli db upgrade")
    return ill("数据库版本", f"{found}，比程序的 {migrate.HEAD} 新", "升级邻里，或恢复旧的备份")


def _whole(session: Session) -> Finding:
    if session.get_bind().dialect.name != "sqlite":
        return well("数据库", "打得开")
    verdict = session.scalar(text("PRAGMA quick_check(1)"))
    return well("数据库", "完好") if verdict == "ok" else ill("数据库", "文件坏了", RESTORE)


def _time(session: Session, now: datetime) -> Finding:
    newest = session.scalar(select(func.max(InboxRow.received_at)))
    if newest is not None and newest > now + AHEAD and mark(session, "demo") is None:
        what = f"最新的消息是 {newest:%Y-%m-%d %H:%M} 的，机器的钟比它早：钟慢了"
        return ill("时钟与记录", what, "对准时间：timedatectl set-ntp true")
    return well("时钟与记录", "对得上")


def _chain(session: Session) -> Finding:
    broken = first_break(session)
    if broken is not None:
        fix = "有人动过数据库：拿备份里的 audit 表对照，查清是谁"
        return ill("审计记录", f"从第 {broken} 行起对不上", fix)
    return well("审计记录", "一行压着一行，没有改过")


def _queues(session: Session, now: datetime) -> Iterator[Finding]:
    oldest = session.scalar(select(func.min(InboxRow.received_at)).where(InboxRow.state == "new"))
    if oldest is not None and now - oldest > LATE:
        what = f"有消息从 {oldest:%m-%d %H:%M} 等到现在没人处理"
        yield ill("收件箱", what, "邻里在运行吗？在运行就看日志，重新启动一次")
    else:
        yield well("收件箱", "没有积压")
    aside = session.scalar(
        select(func.count()).select_from(InboxRow).where(InboxRow.state == "quarantined")
    )
    if aside:
        yield ill(
            "隔离",
            f"{aside} 条消息处理不了，放在一边",
            "到网页的“管理 → 隔离”里再试，或看日志里的 inbox.failed",
        )
    lost = session.scalar(
        select(func.count())
        .select_from(OutboxRow)
        .where(OutboxRow.state.in_(["failed", "unknown"]), OutboxRow.settled_at.is_(None))
    )
    by_hand = session.scalar(
        select(func.count()).select_from(OutboxRow).where(OutboxRow.state == "needs_human")
    )
    if by_hand:
        fix = "请群发的员工打开企业微信，在群发助手里点“发送”"
        yield well("等待人工确认", f"{by_hand} 个居民群的消息还没有人点“发送”", fix)
    if lost:
        yield well("发件箱", f"{lost} 条没有送到或说不准", "到网页的“管理 → 隔离”里看是哪几条")
