"""What is said when somebody says that an answer is wrong, and when it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.names import named
from handlers.phrases.sheet import short
from knowledge.files.bodies import SHORT_LIMIT, cut_at_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = 16
"""Characters of an entry's question that are repeated."""
QUOTED = 30
"""Characters of what the resident said."""
NAMES = 4
"""People of a group who are called by name; more are counted."""
KNOWN = "这一条已经在核对了，核对好告诉您。"
TOO_MANY = "您今天提的几条都在核对，先等一等。急事请打社区电话，或打 12345。"
NO_LONGER = "这件事已经处理好了，不用再选。"
STOPPED = "已停用《{title}》：有人问就说“规定正在核实”。改好再恢复。"
FINE = "好的，已回复提意见的人：答案没有错。"
PASSED_ON = "改答案要编辑来做，已转给{name}。"


def thanks(name: str, keeper: str, *, private: bool) -> str:
    """Said to who objected."""
    whom = keeper if keeper.startswith("社区") else f"社区{keeper}" if keeper else "社区的人"
    where = "核对好告诉您。" if private else "核对好在群里说。"
    return f"{named(name)}谢谢提醒！已请{whom}核对，{where}"


def yours(title: str, link: str) -> str:
    """Said to an editor who objects to an entry of their own."""
    return f"《{short(title, TITLE)}》就是您管的，直接改就行。{link}".strip()


def card(name: str, title: str, words: str, times: int, history: str) -> str:
    """Put an objection before the responsible person, with the answer's history."""
    said = f"：“{short(words, QUOTED)}”" if words else ""
    return (
        f"{name or '一位居民'}说《{short(title, TITLE)}》不对{said}。\n"
        f"这条近 7 天答过 {times} 次。{history}\n"
        "回复 1 去修改　2 没问题　3 先停用"
    )


def how_to_edit(title: str, link: str) -> str:
    """Where the answer is changed, and what happens then."""
    where = f"请打开：{link}" if link else "请到网页“问答”里改。"
    return f"改《{short(title, TITLE)}》{where}\n保存后，我去告诉最近 7 天问过的人。"


def upheld(mention: str, keeper: str, title: str) -> str:
    """Said where somebody objected to an answer that was right."""
    by = f"{keeper}核对过了，" if keeper else ""
    return f"{mention}{by}《{short(title, TITLE)}》的答案没有错，以它为准。谢谢您留心。"


def stopped(mention: str, title: str) -> str:
    """Said where somebody objected to an answer that is not given until it is checked."""
    return f"{mention}《{short(title, TITLE)}》先不答了，核实好再告诉您。"


def corrected(title: str, what: str, names: Sequence[str], unnamed: int, thanked: str) -> str:
    """Correct an answer, at most 120 characters, calling by name who was given it."""
    head = f"更正《{short(title, TITLE)}》："
    tail = "前几天说的不对，以这次为准。" + _called(names, unnamed)
    tail += f"谢谢{thanked}提醒。" if thanked else ""
    room = SHORT_LIMIT - len(head) - len(tail) - 2
    return f"{head}\n{cut_at_sentence(what, room)}\n{tail}"


def _called(names: Sequence[str], unnamed: int) -> str:
    more = len(names) - NAMES + unnamed if len(names) > NAMES else unnamed
    if not names:
        return ""
    others = f"等 {min(len(names), NAMES) + more} 位" if more else ""
    return f"{'、'.join(names[:NAMES])}{others}请留意。"
