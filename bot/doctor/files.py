"""The files that people edit, and the backups."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.archive.backup import verify
from bot.archive.manifest import BadArchive
from bot.archive.nightly import newest
from bot.doctor.finding import ill, well

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from bot.config import Settings
    from bot.doctor.finding import Finding
    from knowledge.files.problem import Problem

OLD = timedelta(days=2)


def look_at_files(problems: Iterable[Problem]) -> Iterator[Finding]:
    """Say how many entries are wrong; `linli check` names each."""
    errors = [problem for problem in problems if problem.level == "error"]
    if errors:
        yield ill("文件", f"{len(errors)} 处错误，第一处：{errors[0]}", "逐条看：linli check")
    else:
        yield well("文件", "设置、问答、通知、花名册没有错误")


def look_at_backups(folder: Path, settings: Settings, now: datetime) -> Iterator[Finding]:
    """Restore the newest backup into a temporary place, as a drill."""
    last = newest(settings.backup.place(folder))
    if last is None:
        fix = "现在做一份：linli backup 文件"
        yield well("备份", "还没有备份", fix)
        return
    try:
        with tempfile.TemporaryDirectory(prefix="linli-drill-") as scratch:
            manifest = verify(last, Path(scratch))
    except BadArchive as trouble:
        yield ill("备份", f"{last.name}：{trouble}", f"再做一份：linli backup {last.parent}/…")
        return
    made = manifest.made_at
    told = f"{last.name} 演练恢复成功：{manifest.rows['ticket']} 件诉求，{made}"
    if now.timestamp() - last.stat().st_mtime > OLD.total_seconds():
        yield ill("备份", f"最近的一份太旧：{made}", "看日志里的 backup.failed，或手工做一份")
    else:
        yield well("备份", told)
