"""What the reporter reads at the end of a request: done, rated, opened again, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number
from handlers.phrases.sheet import short
from knowledge.community.tickets.ticket import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.phrases.sheet import Sheet

WHAT_IS_BAD = "哪里没好？请把居民说的写上一句，再按“没好，重办”。"
GOOD, BAD, GOOD_BUT = "好了", "没好", "修好了，不满意"
SATISFIED, SO_SO, DISSATISFIED = "满意", "一般", "不满意"
RATINGS = (SATISFIED, SO_SO, DISSATISFIED)


def handled(t: Sheet, by: str, words: str, shown: str = "") -> str:
    """The handler says it is done: is it? `shown` is like 照片 2 张."""
    done = "说修好了" if t.kind is Kind.REPAIR else "说办好了"
    said = f"：“{short(words)}”" if words else ""
    came = f"，发来{shown}" if shown else ""
    return f"{t.titled}{by}{done}{said}{came}。\n好了，回复 1；没好，回复 2。"


def handled_for_many(t: Sheet, by: str) -> str:
    """To those who reported the same: they may say that it is not."""
    return f"{t.titled}{by}说处理好了。还没好的话，直接说一声。"


RATE = "那就好！给这次服务打个分：1 满意　2 一般　3 不满意。不回也没关系。"
RATED = {
    SATISFIED: "谢谢您！有事随时说。",
    SO_SO: "记下了，谢谢您！",
    DISSATISFIED: "对不起，没让您满意，记下了。",
}
WHY = {SO_SO: "哪里可以更好，直接告诉我。", DISSATISFIED: "哪里不好，直接告诉我。"}


def which_is_meant(t: Sheet) -> str:
    """不满意, says the reporter when asked whether it is good: with what?"""
    return f"对不起，没让您满意。{t.titled}是没修好，还是修好了但不满意？\n{BAD}，回复 2；{GOOD_BUT}，回复 3。"


def reopened(t: Sheet, words: str, day: str, watcher: str) -> str:
    """It was not good: who comes again, when (`day` is like 今天), and who watches."""
    passed = f"“{short(words)}”已转给他" if words else f"已告诉{t.owner}"
    watched = f"，{watcher}也会盯着。" if watcher else "。"
    if not words:
        watched += "\n哪里没好，直接说一句，我转给他。"
    return f"好的，{t.number} 重新打开，{t.owner}{day}再来。\n{passed}{watched}"


def short_title(matter: str, no: int) -> str:
    """One of several matters in a choice."""
    return f"{short(matter, 12)}（{ticket_number(no)}）"


def which_is_bad(titles: Sequence[str]) -> str:
    """Several matters were done lately: which one is not good?"""
    return _which(BAD, titles)


def which_is_good(titles: Sequence[str]) -> str:
    """Several matters wait for the reporter's word: which one is good?"""
    return _which(GOOD, titles)


def _which(word: str, titles: Sequence[str]) -> str:
    lines = [f"{digit} {title}" for digit, title in enumerate(titles, 1)]
    return "\n".join([f"哪一件{word}？回复数字就行：", *lines])


def is_over(t: Sheet) -> str:
    """The reporter says that something is settled: is it this?"""
    return f"{t.titled}是好了吗？\n好了，不用再来人，回复 1；没好就不用回。"


def too_late(t: Sheet) -> str:
    """Closed too long ago."""
    return f"{t.number} 办结超过 30 天了，请直接再说一次，我重新登记。"


def closed_silently(t: Sheet) -> str:
    """Nobody answered for three days."""
    return f"{t.titled}三天没收到回复，先记作“办结·未回复”。\n没好的话，直接说“没好”，马上重开。"


ALREADY_GOOD = "居民说已经好了"


def good_already(t: Sheet) -> str:
    """The reporter needs nobody any more."""
    return f"好的，{t.titled}记下好了，不用再来人。"


def withdrawn(t: Sheet) -> str:
    """The reporter does not want it any more."""
    return f"好的，{t.titled}撤回了。"


def one_less(t: Sheet, left: int) -> str:
    """One household takes its report back; the others wait on."""
    return f"好的，您这一户撤回了。{t.titled}还有 {left} 户在等，接着办。"


def withdrawn_danger(t: Sheet) -> str:
    """The reporter calls off what endangered a life: somebody looks all the same."""
    return f"好的，{t.titled}撤回了。为了安全，还是请{t.owner or '社区'}去看一眼。"


DROPPED = "好的，不登记了。"
