"""Trouble with the database that passes by itself, told from faults of ours."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import StaleDataError

BUSY = frozenset({"55P03", "40P01", "40001"})
"""PostgreSQL's codes: a lock was not to be had, a deadlock was broken, two changes collided."""
AWAY = ("08", "53", "57P", "58", "25006")
"""Beginnings of PostgreSQL's codes: connection, resources, shutdown, disk, standing by."""
REFUSED = ("28", "3D000")
"""Beginnings of PostgreSQL's codes: who we are, and which database; waiting does not mend them."""
REFUSED_WORDS = (
    "does not exist",
    "authentication failed",
    "no password supplied",
    "no pg_hba.conf entry",
    "not permitted to log in",
    "不存在",
    "认证失败",
    "没有用于主机",
)
"""The same while connecting, where the driver hands on words without a code."""
DAMAGED_SQLITE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
AWAY_SQLITE = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_IOERR",
    "SQLITE_FULL",
    "SQLITE_CANTOPEN",
    "SQLITE_READONLY",
    "SQLITE_PERM",
)
"""What SQLite says while a disk takes nothing: the file itself is whole."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
"""The same of a file beside the database: a photo, a document."""


class Illegible(SQLAlchemyError):
    """A database whose encoding cannot hold Chinese, or hands it out as bytes; says which it has."""


def is_busy(fault: BaseException) -> bool:
    """Whether somebody else was at the same rows: once more, and it will work."""
    if isinstance(fault, StaleDataError):
        return True
    return isinstance(fault, DBAPIError) and _code(fault) in BUSY


def is_away(fault: BaseException) -> bool:
    """Whether the database cannot be had at present: nothing is wrong with what was asked."""
    if isinstance(fault, NoConnection) or getattr(fault, "errno", None) in NO_ROOM:
        return True
    if not isinstance(fault, DBAPIError):
        return False
    name = getattr(fault.orig, "sqlite_errorname", None)
    if name is not None:
        return str(name).startswith(AWAY_SQLITE)
    code = _code(fault)
    if code:
        return code.startswith(AWAY)
    return fault.connection_invalidated or type(fault.orig).__name__ == "OperationalError"


def is_refused(fault: BaseException) -> bool:
    """Whether PostgreSQL is there and does not let us in: a wrong password, no such database."""
    if not isinstance(fault, DBAPIError):
        return False
    if code := _code(fault):
        return code.startswith(REFUSED)
    return is_away(fault) and any(words in str(fault.orig) for words in REFUSED_WORDS)


def is_damaged(fault: BaseException) -> bool:
    """Whether the file is no database of SQLite, or a broken one: a backup is needed."""
    told = getattr(getattr(fault, "orig", None), "sqlite_errorname", None)
    return str(told).startswith(DAMAGED_SQLITE)


def why(fault: BaseException) -> str:
    """Return a machine word for what is wrong; it tells nothing of what was written."""
    told = fault.orig if isinstance(fault, DBAPIError) and fault.orig is not None else fault
    name = getattr(told, "sqlite_errorname", None)
    return str(name or type(told).__name__)


def _code(fault: DBAPIError) -> str:
    return str(getattr(fault.orig, "sqlstate", None) or "")
