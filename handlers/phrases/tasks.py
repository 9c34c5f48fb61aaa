"""What people read about a request in their hands, from the first step until it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number
from handlers.phrases.sheet import short

if TYPE_CHECKING:
    from handlers.phrases.sheet import Sheet

DONE = "办结"
NOT_YOURS = "没有找到这件任务。请发“任务”看您手上的事。"
QUESTION_NEEDED = "请把要问居民的话一起发来。"


def gone_on(no: int, owner: str) -> str:
    """To who had it before: it is in other hands now."""
    return f"{ticket_number(no)} 现在归{owner or '别人'}办，有话请直接告诉{owner or '社区'}。"


def office_decides(no: int, office: str) -> str:
    """To whoever has it, or may see it: this is for the community to decide."""
    who = office or "社区"
    return (
        f"{ticket_number(no)} 的这一步由{who}来定，我没有动。\n请把情况告诉{who}，请他来发这句话。"
    )


def note_needed(no: int) -> str:
    """A step forward needs words."""
    return f"请把进展一起发来，例如：进展{no} 已买灯，18:00 前修好"


def on_page(address: str) -> str:
    """The last line of a task card: the same with big buttons."""
    return f"网页：{address}"


def not_now(t: Sheet, state: str) -> str:
    """The state does not allow this step."""
    return f"{t.number} 现在是“{state}”，这一步做不了。请发“进度”或“任务”看看。"


def noted(t: Sheet) -> str:
    """A step forward was passed on."""
    return f"记下了，{t.number} 的进展告诉{t.resident}了。"


def waiting(t: Sheet) -> str:
    """The reporter was asked; the clock stands."""
    return f"问了{t.resident}，{t.number} 等回话，这段时间不计时。"


def answered(t: Sheet, words: str) -> str:
    """The reporter has answered."""
    return f"{t.titled}{t.resident}回话：{short(words)}\n时限接着算。"


def remarked(t: Sheet, words: str) -> str:
    """The reporter has something more to say."""
    return f"{t.titled}{t.resident}补充：{short(words)}"


def pause_over(t: Sheet) -> str:
    """Seven days without an answer."""
    return f"{t.titled}等了 7 天没有回话，时限接着算，请按现有情况办。"


def finished(t: Sheet, left: int) -> str:
    """It waits for the reporter now."""
    rest = f"今天您还有 {left} 件，回复“任务”查看。" if left else "您手上没有别的事了，辛苦了！"
    return f"收到，{t.number} 等{t.resident}确认。{rest}"


def ask_done(t: Sheet) -> str:
    """Asked after 办结 without a word."""
    return f"办了什么？发一句话或一张照片，我转给{t.resident}；不说就回 1。"


ENOUGH = "不说了"
ENOUGH_SAID = "好的。"


def confirmed(t: Sheet) -> str:
    """The reporter says it is good."""
    return f"{t.titled}{t.resident}确认好了，办结。辛苦了！"


def reopened(t: Sheet, words: str, day: str) -> str:
    """It was not good: to the handler; `day` is like 今天."""
    said = f"{t.resident}说：“{short(words)}”\n" if words else f"{t.resident}说没好。\n"
    return f"【重办 {t.number}】{t.where}\n{said}请{day}再去一趟，办完请发：完{t.no}"


def watch(t: Sheet, words: str, day: str) -> str:
    """It was not good: to the next rung; `day` is like 今天."""
    said = f"：“{short(words)}”" if words else "。"
    return (
        f"【重办 {t.number}】{t.where}\n{t.resident}说没好{said}\n{t.owner}{day}再去，请您盯一下。"
    )


def good_already(t: Sheet) -> str:
    """The reporter needs nobody any more."""
    return f"{t.titled}{t.resident}说已经好了，不用去了。"


def withdrawn(t: Sheet) -> str:
    """The reporter has withdrawn it."""
    return f"{t.titled}{t.resident}撤回了，不用去了。"


def withdrawn_danger(t: Sheet) -> str:
    """The reporter has called off what endangered a life."""
    return f"【危急 {t.number}】{t.about}\n{t.resident}说不用了，还是请您去看一眼，没事才放心。"


def life(t: Sheet) -> str:
    """Somebody depends on electricity."""
    return f"【危急 {t.number}】{t.about}\n有居民家里用呼吸机或制氧机，请马上联系！"


def still_there(t: Sheet, count: int, words: str) -> str:
    """Neighbours who joined say that it is not solved."""
    said = f"：“{short(words)}”" if words else "。"
    return f"【没好 {t.number}】{t.where}\n一起报的有 {count} 户说没好{said}请再去看看。"
