"""The running service: whether it still answers."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.finding import ill, well
from bot.lan import ADDRESS
from bot.lock import Locked, hold_lock
from knowledge.store.database import Database
from knowledge.store.stamps import mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.doctor.finding import Finding

PATIENCE = 5.0
"""Seconds that the service is given: it answers in thousandths of one."""
STUCK = "看日志最后几行；停掉它（停不下来就 kill -9，什么也不丢），再启动一次"


def look_at_service(folder: Path, url: str) -> Iterator[Finding]:
    """Say whether what holds the folder answers; of a process without pages nothing is said."""
    try:
        with hold_lock(folder):
            return
    except OSError:
        return
    except Locked:
        port = urlsplit(_address(url)).port
    if port is None:
        return
    try:
        line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with closing(line):
            line.request("GET", "/healthz")
            line.getresponse()
            yield well("服务", "在运行，答得上")
    except TimeoutError:
        yield ill("服务", f"开着，{port} 端口 {PATIENCE:g} 秒不答", STUCK)
    except (OSError, HTTPException):
        return


def _address(url: str) -> str:
    """Return where the pages were last, "" when nothing is written there."""
    database = Database(url)
    try:
        with database.view() as session:
            return mark(session, ADDRESS) or ""
    except SQLAlchemyError:
        return ""
    finally:
        database.close()
