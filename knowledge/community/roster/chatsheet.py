"""Rows of `chats.csv` become group chats, or findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, get_args

from knowledge.community.places.places import ChatMode, GroupChat
from knowledge.community.roster.idcheck import check_id
from knowledge.files.sheets import Columns

if TYPE_CHECKING:
    from collections.abc import Container

    from knowledge.files.sheets import Row, Sheet

COLUMNS: Final = Columns(("渠道", "群号", "名称", "范围", "模式"), frozenset({"渠道", "群号"}))
CHANNEL = re.compile(r"[a-z][a-z0-9_.-]{0,31}")
"""How the name of a channel is written: `web`, `telegram`, `hook.gate`."""
_MODES: Final[tuple[ChatMode, ...]] = get_args(ChatMode)


def chats_of(sheet: Sheet, places: Container[str]) -> tuple[GroupChat, ...]:
    """Chats in file order; `places` are the ids that a 范围 may name."""
    chats: dict[str, GroupChat] = {}
    for row in sheet.rows:
        channel = row.id("渠道").lower()
        if not CHANNEL.fullmatch(channel):
            what = f"不认识的渠道“{channel[:20]}”" if channel else "没有写渠道"
            sheet.error(row, "渠道", what, "写渠道的英文名，如 web、telegram、wecom")
            continue
        taken = {chat.id for chat in chats.values() if chat.channel == channel}
        chat_id = check_id(sheet, row, taken, "群号")
        if not chat_id:
            continue
        scope, mode = _scope(sheet, row, places), _mode(sheet, row)
        chat = GroupChat(channel, chat_id, row["名称"] or chat_id, scope, mode)
        chats[chat.key] = chat
    return tuple(chats.values())


def _scope(sheet: Sheet, row: Row, places: Container[str]) -> str:
    written = row.id("范围")
    if not written:
        sheet.warn(row, "范围", "没有写这个群管哪里", "写一个地点编号，报修时就不用每次问在哪里")
    elif written not in places:
        what = f"找不到编号为“{written[:40]}”的地点"
        sheet.error(row, "范围", what, "写 places 表里的一个编号，一个群只写一个")
        return ""
    return written


def _mode(sheet: Sheet, row: Row) -> ChatMode:
    written = row.id("模式")
    if not written:
        return "仅@"
    for mode in _MODES:
        if mode == written:
            return mode
    sheet.error(row, "模式", f"不认识的模式“{written[:20]}”", "只能写 仅@、积极、静音，或留空")
    return "仅@"
