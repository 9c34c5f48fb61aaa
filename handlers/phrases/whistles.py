"""What is said when several parties are whistled for (吹哨报到) and do their part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.sheet import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.phrases.sheet import Sheet

ATTEND = "报到"
WHISTLE = "吹哨"
NAMES_NEEDED = "请写清请哪些人到场，例如：吹哨127 何工、吴经理 一起看渗水"


def card(t: Sheet, by: str, words: str) -> str:
    """To each party: where, what, who calls, and how to report in."""
    said = f"：{short(words, 24)}" if words else ""
    return f"【吹哨 {t.number}】{t.where}\n{by}请您到场{said}\n到了回复 1，或发：报到{t.no}"


def called(t: Sheet, people: Sequence[str]) -> str:
    """To the office that has whistled."""
    return f"{t.number} 已请{_names(people)}到场，30 分钟内报到，谁到了我告诉您。"


def news(t: Sheet, people: Sequence[str]) -> str:
    """To the reporter: who comes together."""
    return f"{t.titled}一家办不了，已请{_names(people)}一起来办。"


def attended(t: Sheet, who: str, absent: Sequence[str]) -> str:
    """To the owner: somebody is there, who is still missing."""
    rest = f"，还差{_names(absent)}" if absent else "，都到了"
    return f"{t.titled}{who}报到{rest}。"


def here(t: Sheet) -> str:
    """To the party itself."""
    return f"报到了。您这边办完请发：完{t.no} 说明"


def at_place(t: Sheet, who: str) -> str:
    """To the reporter: one more is there."""
    return f"{t.titled}{who}到了，一起在办。"


def part_done(t: Sheet, who: str, words: str) -> str:
    """To the owner: one party has done its part."""
    said = f"：{short(words)}" if words else ""
    return f"{t.titled}{who}那部分办完了{said}。\n都办完了请发：完{t.no} 说明"


def part_noted(t: Sheet) -> str:
    """To the party: the owner closes it."""
    return f"记下了，{t.number} 由{t.owner}汇总办结。"


def not_all_here(t: Sheet, people: Sequence[str], by: str) -> str:
    """To the owner who would end it: who has not reported in."""
    return f"{t.number} {_names(people)}还没报到，等到齐再办结；不用来了请{by}发：完{t.no}"


def nudge(t: Sheet) -> str:
    """Half of the time to report in is over."""
    return f"【提醒 {t.number}】{t.where}\n请尽快到场，到了请发：报到{t.no}"


def missing(t: Sheet, people: Sequence[str]) -> str:
    """To the owner and the rung above: who has not reported in."""
    return f"【超时 {t.number}】{t.where}\n{_names(people)}还没报到，请您过问。"


def missing_told(t: Sheet, people: Sequence[str], rung: str) -> str:
    """To the reporter: the same, and who was told."""
    return f"{t.titled}{_names(people)}还没到场，已升级到{rung}。"


def _names(people: Sequence[str]) -> str:
    """At most four names, the others counted."""
    shown = "、".join(people[:4])
    return shown if len(people) <= 4 else f"{shown}等 {len(people)} 家"  # noqa: PLR2004 -- as many as are read.
