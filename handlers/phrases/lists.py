"""Lists that people ask for: how far their matters are, what they have to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.names import named

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 3
"""Matters in one answer: seven lines are the most that is read (research/ux.md §5.1)."""
NOTHING_REPORTED = "您没有在办的事。有事直接说，比如：3栋2单元楼道灯不亮。"
NOTHING_HERE = "群里没有您在办的事。不方便在群里说的事，请私聊我发“进度”。"
"""The same to everybody: a group learns of nobody that he has told us something in private."""
NO_TASKS = "您手上没有任务。有新任务我马上告诉您。"
URGE = "着急请回复 1，我催一下。"


def over(name: str, matters: Sequence[str]) -> str:
    """Return what became of matters that are closed."""
    return f"{named(name)}已经办结的：\n" + "\n".join(matters)


def progress(name: str, matters: Sequence[str], total: int, *, urgeable: bool) -> str:
    """Return the reporter's list; each matter is a few lines of its own."""
    more = f"\n（只列了最近 {len(matters)} 件）" if total > len(matters) else ""
    last = f"\n{URGE}" if total == 1 and urgeable else ""
    return f"{named(name)}您有 {total} 件没办完：\n" + "\n".join(matters) + more + last


def looked_at(matters: Sequence[str]) -> str:
    """Return how somebody else's matter stands, for who looks after it."""
    return "\n".join(matters)


def matter(number: str, title: str, place: str, steps: Sequence[str]) -> str:
    """Return one matter with its steps so far."""
    where = f"（{place}）" if place else ""
    return "\n".join([f"{number} {title}{where}", *steps])


def filed(when: str, taken: str, *, waiting: bool = True) -> str:
    """Return the step line of filing, and of who took it when; `waiting` = for somebody to take it."""
    return f"{when} 登记" + (f"，{taken}接单" if taken else "，还没人接单" * waiting)


def noted(when: str, words: str) -> str:
    """Return the step line of the newest note."""
    return f"{when} {words}"


def tasks(lines: Sequence[str], total: int, no: int, waiting: int | None) -> str:
    """Return a leader's list of what is in hand; `waiting` = the first that nobody has taken."""
    take = f"接单发：接{waiting}　" if waiting else ""
    more = f"\n还有 {total - len(lines)} 件，请到网页上看。" if total > len(lines) else ""
    return f"您手上有 {total} 件：\n" + "\n".join(lines) + more + f"\n{take}办完发：完{no} 说明"


def digest(lines: Sequence[str], total: int, desk: str = "") -> str:
    """Return what came together while the day's budget of messages was used up; `desk` = its line."""
    more = f"\n还有 {total - len(lines)} 件。" if total > len(lines) else ""
    return f"【汇总】有动静的 {total} 件：\n" + "\n".join(lines) + more + "\n细看请发：任务" + desk


def task(number: str, title: str, place: str, state: str, due: str) -> str:
    """Return one line of that list."""
    where = f"（{place}）" if place else ""
    return f"{number} {title}{where} {state}{due}"
