"""The machine: Python, clock, time zone, disk, fonts, the port."""

from __future__ import annotations

import errno
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.doctor.finding import ill, well
from bot.lock import Locked, hold_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.config import Settings
    from bot.doctor.finding import Finding

ROOM_MB = 500
"""Free space below which a few weeks of photos no longer fit."""
BUILT = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock that is right shows an earlier day."""
EAST = timedelta(hours=8)
FULL = (errno.ENOSPC, errno.EDQUOT)
NEW_VENV = "在程序的文件夹里运行 python3 start.py"


def look_at_machine(folder: Path, settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at everything that needs no database and no network."""
    yield _python()
    yield _clock(now)
    yield _zone()
    yield from _folder(folder)
    yield _fonts()
    yield _port(folder, settings)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.prefix == sys.base_prefix:
        what = f"Python {found}，不在自己的环境（.venv）里"
        return ill("Python", what, f"{NEW_VENV}，或用 .venv/bin/linli")
    return well("Python", f"{found}，在自己的环境里")


def _clock(now: datetime) -> Finding:
    if now < BUILT:
        what = f"机器的钟是 {now:%Y-%m-%d %H:%M}，比这个程序还早"
        return ill("时钟", what, "对准时间：timedatectl set-ntp true")
    return well("时钟", f"{now:%Y-%m-%d %H:%M}")


def _zone() -> Finding:
    """UTC is how servers stand; any other zone was chosen, and not this one."""
    offset = timedelta(seconds=-(time.altzone if time.localtime().tm_isdst else time.timezone))
    hours = offset / timedelta(hours=1)
    if offset not in (EAST, timedelta(0)):
        what = f"机器的时区是 UTC{hours:+g}，不是北京时间；日志和别的程序会差几个小时"
        return ill("时区", what, "改成北京时间：timedatectl set-timezone Asia/Shanghai")
    return well("时区", f"机器 UTC{hours:+g}；邻里自己总按北京时间算")


def _folder(folder: Path) -> Iterator[Finding]:
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"0" * 4096)
            probe.flush()
    except OSError as trouble:
        yield ill(
            "资料夹", f"{folder} 写不了：{trouble.strerror}", _writable_again(folder, trouble)
        )
    else:
        yield well("资料夹", f"{folder} 能写")
    free = shutil.disk_usage(folder).free // 2**20
    if free < ROOM_MB:
        yield ill(
            "磁盘", f"只剩 {free} MB", f"腾出至少 {ROOM_MB} MB：旧的备份、replaced- 开头的文件夹"
        )
    else:
        yield well("磁盘", f"还有 {free // 1024} GB")


def _writable_again(folder: Path, trouble: OSError) -> str:
    if trouble.errno in FULL:
        return "磁盘（或这个用户的限额）满了：腾出地方就好，邻里不用重新启动"
    if trouble.errno == errno.EROFS:
        return "这块盘挂成了只读：mount -o remount,rw 重新挂；挂不上多半是盘坏了，换一块"
    return f"让运行邻里的用户拥有它：chown -R 用户: {folder}"


def _fonts() -> Finding:
    tool = shutil.which("fc-list")
    if tool is None:
        return well("字体", "这台机器没有字体清单（fc-list），只用网页不要紧")
    listed = subprocess.run([tool, ":lang=zh"], capture_output=True, check=False)  # noqa: S603 -- a fixed question.
    if not listed.stdout.strip():
        return ill("字体", "没有中文字体，截图和打印会是方块", "apt install fonts-wqy-microhei")
    return well("字体", "有中文字体")


def _port(folder: Path, settings: Settings) -> Finding:
    host, port = settings.web.host, settings.web.port
    try:
        with hold_lock(folder):
            pass
    except Locked:
        return well("端口", "邻里正在这个资料夹上运行")
    except OSError as trouble:
        if trouble.errno not in (errno.EROFS, *FULL):  # the folder's own finding tells these
            return ill("端口", f"锁文件打不开：{trouble.strerror}", f"删掉 {folder / 'linli.lock'}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            what = f"{host}:{port} 用不了：{trouble.strerror}"
            return ill("端口", what, "关掉占着它的程序，或换一个：linli run --port 8081")
    return well("端口", f"{host}:{port} 空着；上次留下的锁文件不碍事")
