"""What is said about a notice whose proof code somebody asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.report import channel_name
from knowledge.community.notices.posting import BRIEF_FOOTER, CODE_LENGTH, POSTED_LIMIT, signed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

_UNKNOWN = (
    "验真码 {code} 不是我们发过的提醒，请当作假的，先别点、别转钱。\n拿不准，打 96110 问清楚。"
)


LONGEST = POSTED_LIMIT
"""Characters of a correction in a chat, all included."""
_CORRECTION = "【更正】{text}\n前面那条请以这条为准。"
ROOM = LONGEST - len(f"{_CORRECTION.format(text='')}\n验真码 {BRIEF_FOOTER}") - CODE_LENGTH
"""Characters of what is right, in a correction."""


def correction(text: str, code: str) -> str:
    """Put right a notice that was wrong, in the chats that got it."""
    return signed(_CORRECTION.format(text=text), code)


_ENDING = "有 {count} 条通知 {day}起陆续到期，到期就不发了：\n{names}\n核实后改“核对”和“有效期”。名单：linli check"
_NAMED = 4
"""Titles that fit into one message; the whole list is in `linli check`."""


def ending(titles: Sequence[str], first: date) -> str:
    """Warn an administrator of notices whose facts have to be checked again soon."""
    named = "、".join(f"《{title}》" for title in titles[:_NAMED])
    names = named if len(titles) <= _NAMED else f"{named}等"
    day = f"{first.month}月{first.day}日"
    return _ENDING.format(count=len(titles), day=day, names=names)


def unfinished(title: str, chats: int, again: datetime | None) -> str:
    """Say what becomes of chats that a round has not reached before its day was over."""
    if again is None:
        return f"《{title}》有 {chats} 个聊天当天没发成，过了时候，不再补发。"
    when = f"{again.month}月{again.day}日 {again:%H:%M}"
    return f"《{title}》有 {chats} 个聊天没来得及发，{when} 接着发。不要了，在网页“提醒”里取消。"


CANCELLED, HALTED, GOING, ALL_SENT = "已取消", "暂停", "发送中", "发完了"
CORRECTED = "已更正"
"""How a round stands."""


def counted(*, sent: int, chats: int, waiting: int, by_hand: int, failed: int, unsure: int) -> str:
    """How far a round is: `已发 3/7，在等 4`."""
    counts = (
        f"已发 {sent}/{chats}" if chats else "一处也没发",
        f"在等 {waiting}" if waiting else "",
        f"等待人工确认 {by_hand}" if by_hand else "",
        f"没发成 {failed}" if failed else "",
        f"不确定 {unsure}" if unsure else "",
    )
    return "，".join(filter(None, counts))


TESTED = "试发《{title}》，只有您看得到，居民没有收到："
_NEVER = "机器人从不索要验证码、银行卡，也不让您转账。"


CORRECTED_SINCE = "这条后来更正过，以更正为准，原文后面就是。"


def genuine(title: str, sent: datetime, *, altered: bool) -> str:
    """Confirm an official notice by the code under it; `altered` = theirs differs from ours."""
    day = f"{sent.year}年{sent.month}月{sent.day}日"
    if altered:
        said = "验真码是真的，可您发来的和原文不一样，别照着做。"
        return f"{said}\n我们 {day}发的《{title}》，原文见下一条。"
    return f"这是我们发的：{day}《{title}》，原文见下一条。\n和原文不一样的别信。{_NEVER}"


def unknown_code(code: str) -> str:
    """Warn somebody whose code was never sent out."""
    return _UNKNOWN.format(code=code)


_WAIT = "{channel} {count:,} 处，平台限速，发完约要 {time}"


def forecast(waits: Sequence[tuple[str, int, float]]) -> str:
    """Say how long the platforms make it last: channel, messages, seconds; "" where none does."""
    return "；".join(
        _WAIT.format(channel=channel_name(name), count=count, time=_lasting(seconds))
        for name, count, seconds in waits
    )


def _lasting(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < 90 else f"{seconds / 60:.0f} 分钟"  # noqa: PLR2004 -- read more easily.
