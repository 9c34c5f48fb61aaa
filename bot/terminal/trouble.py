"""What a command says when the database cannot be had: one sentence, and what to look at."""

from __future__ import annotations

from alembic.util import CommandError

from knowledge.store.troubles import Illegible, is_away, is_damaged, is_refused, why

NOT_LET_IN = "数据库在，但不让进：[database] url 里的用户名、密码或库名不对。"
AWAY = "数据库打不开（{why}）。用 PostgreSQL 的看看它开着没有、[database] url 对不对；别的看看资料夹和磁盘。"
DAMAGED = "数据库文件坏了，或者不是邻里的。先停掉邻里，再用最近的备份恢复：linli restore 文件。"
ILLEGIBLE = "数据库的编码是 {encoding}，装不了中文：要 UTF8 的，CREATE DATABASE 库名 ENCODING 'UTF8' TEMPLATE template0。"
NEWER = "数据库的版本这个程序不认识，多半是更新的邻里写的：升级邻里，或恢复旧的备份。"
UNKNOWN = "Can't locate revision"
"""How Alembic says that it has no such migration."""


def said_of(fault: BaseException) -> str:
    """Return the sentence for trouble with the database; "" when it is a fault of ours."""
    if isinstance(fault, Illegible):
        return ILLEGIBLE.format(encoding=fault)
    if isinstance(fault, CommandError):
        return NEWER if UNKNOWN in str(fault) else ""
    said = {is_refused: NOT_LET_IN, is_damaged: DAMAGED, is_away: AWAY.format(why=why(fault))}
    return next((words for holds, words in said.items() if holds(fault)), "")
