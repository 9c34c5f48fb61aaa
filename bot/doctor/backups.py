"""The newest backup, restored as a drill; and whether the next one will be made in the quick way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from bot.archive.backup import verify
from bot.archive.manifest import DUMP, BadArchive
from bot.archive.nightly import newest
from bot.archive.restore import ONLY_POSTGRES, put_dump
from bot.archive.taking import is_postgres, why_copied
from bot.archive.workplace import left_in, workplace
from bot.doctor.finding import ill, well
from knowledge.store.dumping import spare_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.archive.manifest import Manifest
    from bot.config import Settings
    from bot.doctor.finding import Finding

OLD = timedelta(days=2)
DRILLED = "演练恢复成功"
READ = "逐表读出来，行数、校验和都对；没有真恢复一遍，"
MAY_NOT = "数据库用户不能建临时库（要真演练：ALTER ROLE 用户名 CREATEDB）"
BUSY = "临时库建不了：数据库现在不行，或另一次演练还没完"


def look_at_backups(folder: Path, settings: Settings, now: datetime) -> Iterator[Finding]:
    """Restore the newest backup into a temporary place, as a drill."""
    url = settings.database.address(folder)
    lack = _lack(url)
    place = settings.backup.place(folder)
    last = newest(place)
    if last is None:
        fix = "现在做一份：linli backup 文件"
        yield well("备份", "还没有备份", fix)
    else:
        yield _drilled(last, url, lack, now)
    if left := left_in(place):
        names = "、".join(one.name for one in left)
        yield well("没做完的备份", f"{place} 里留下了 {names}", "下一次备份会清掉，也可以现在删")
    if lack:
        yield well("备份工具", "备份会抄成 SQLite，慢一些，一样能恢复", f"要快：{lack}")
    elif lack is not None and is_postgres(url):
        yield well("备份工具", "有合适的 pg_dump")


def _drilled(last: Path, url: str, lack: str | None, now: datetime) -> Finding:
    try:
        with workplace(Path(gettempdir())) as scratch:
            manifest = verify(last, scratch)
            how = _rehearsed(scratch, manifest, url, lack)
    except BadArchive as trouble:
        return ill("备份", f"{last.name}：{trouble}", f"再做一份：linli backup {last.parent}/…")
    made = manifest.made_at
    if now.timestamp() - last.stat().st_mtime > OLD.total_seconds():
        return ill("备份", f"最近的一份太旧：{made}", "看日志里的 backup.failed，或手工做一份")
    return well("备份", f"{last.name} {how}：{manifest.rows['ticket']} 件诉求，{made}")


def _rehearsed(there: Path, manifest: Manifest, url: str, lack: str | None) -> str:
    """Restore what was unpacked and found whole, as far as can be done here; return how far."""
    if DUMP not in manifest.files:
        return DRILLED
    if not is_postgres(url):
        raise BadArchive(ONLY_POSTGRES)
    if lack:
        return f"文件是好的，没有演练恢复（{lack}）"
    try:
        with spare_database(url) as spare:
            put_dump(there, manifest, spare)
    except PermissionError:
        return READ + MAY_NOT
    except DBAPIError:
        return READ + BUSY
    return DRILLED


def _lack(url: str) -> str | None:
    """Return why pg_dump does not serve, "" = nothing is lacking; None = the database is away."""
    try:
        return why_copied(url)
    except DBAPIError:  # said by whoever looks at the database
        return None
