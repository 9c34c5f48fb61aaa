"""What the people who handle requests read (at most 120 characters and 7 lines each)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.lanes import LANE_TITLES
from handlers.phrases.menus import menu_line
from handlers.phrases.numbers import ticket_number
from handlers.phrases.sheet import photos, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.phrases.sheet import Sheet

ACCEPT, TRANSFER, NOT_MINE, DONE = "接单", "转给别人", "不归我管", "办结"
REASONS = ("不是我这片的", "不归社区管", "我办不了", "事情没说清楚")

NOT_YOURS = "没有找到这件任务。请发“任务”看您手上的事。"
UNKNOWN_CHOICE = "这个选择已经过期了。请发“进度”或“任务”看看。"
ASK_REASON = "为什么不归您管？"
NOT_SOLVED = "没能按时办结"
NOT_THERE = "还没有到场的消息"
FIX_OWNER = "已退过两次，请您定人：接单或转给别人。"
QUESTION_NEEDED = "请把要问居民的话一起发来。"
ROLE_NEEDED = "这位不管这类事，转不过去。请转给邻长、组长、片长、社区、物业或志愿者。"


def title(t: Sheet, otherwise: str) -> str:
    """The card's head: `【紧急 0131】` or `【新任务 0127】`."""
    return f"【{LANE_TITLES.get(t.lane, otherwise)} {t.number}】"


def card(t: Sheet, terms: str, quote: str = "") -> str:
    """A new ordinary task; `terms` is like 今天内对接，3 天内办结, `quote` in the reporter's words."""
    who = " · ".join(part for part in (t.place, t.reporter) if part)
    said = f"\n原话：“{quote}”" if quote else ""
    return f"{title(t, '新任务')}{t.matter}\n{who}{photos(t.images)}{said}\n要求：{terms}"


def urgent_card(t: Sheet, at: str, quote: str = "") -> str:
    """A new emergency: where, what, who said it and in which words."""
    said = f"：“{quote}”" if quote else ""
    return f"{title(t, '紧急')}{t.about}\n{t.resident} {at} 报{said}{photos(t.images)}"


def terms(claim: str, solve: str) -> str:
    """What is asked of the person who takes an ordinary task."""
    return f"{claim}对接，{solve}办结"


def not_claimed(owner: str) -> str:
    """The rung below has not taken it."""
    return f"{owner}没接单，请您接。" if owner else "一直没人接单，请您接。"


def handed_back(owner: str, reason: str) -> str:
    """The rung below says that it is not theirs."""
    return f"{owner}退单：{short(reason, 20)}"


def handed_on(owner: str) -> str:
    """Somebody has passed it on by name."""
    return f"{owner}转给您。"


def ask_name(t: Sheet) -> str:
    """Passing on needs a name."""
    return f"转给谁？请发：转{t.no} 姓名"


def name_unknown(t: Sheet, name: str) -> str:
    """Nobody of that name."""
    return f"没有找到“{short(name, 12)}”。请发：转{t.no} 姓名"


def has_it(t: Sheet) -> str:
    """Passed on to the one who has it."""
    return f"{t.number} 已经派给{t.owner}了。转给别人请发：转{t.no} 姓名"


def not_to_oneself(t: Sheet) -> str:
    """Passed on to oneself."""
    return f"不能转给自己。{t.number} 要自己办请发：接{t.no}"


def name_ambiguous(name: str, people: str) -> str:
    """Several of that name."""
    return f"叫“{short(name, 12)}”的不止一位：{people}。请说全名。"


def note_needed(no: int) -> str:
    """A step forward needs words."""
    return f"请把进展一起发来，例如：进展{no} 已买灯，18:00 前修好"


def accepted(t: Sheet, details: str) -> str:
    """You have it now; `details` says where phone and door are, or is empty."""
    return "\n".join(
        line
        for line in (
            f"已接单，也告诉{t.resident}了。",
            details,
            f"办完请发：完{t.no}，最好带一张照片。",
        )
        if line
    )


def not_understood(no: int, matter: str, labels: Sequence[str]) -> str:
    """Words under a task card that choose nothing."""
    return f"没听懂。{ticket_number(no)} {short(matter, 14)}：\n{menu_line(labels)}"


def details_link(t: Sheet, address: str) -> str:
    """Where phone and door can be seen."""
    return f"{t.resident}的电话和门牌：{address}（只有您能打开）"


def details(t: Sheet, phone: str, door: str) -> str:
    """Phone and door themselves, for the private chat of the assigned chain only."""
    parts = [f"电话 {phone}" if phone else "", f"门牌 {door}" if door else ""]
    known = "，".join(part for part in parts if part)
    return f"{t.resident}：{known}" if known else ""


def already_taken(t: Sheet) -> str:
    """Somebody else was first."""
    return f"{t.number} 已由{t.owner}接单，您不用管了，谢谢！"


def taken_by_you(t: Sheet) -> str:
    """Accepted twice by the same person."""
    return f"{t.number} 已经在您手上了。办完请发：完{t.no}"


def not_now(t: Sheet, state: str) -> str:
    """The state does not allow this step."""
    return f"{t.number} 现在是“{state}”，这一步做不了。请发“进度”或“任务”看看。"


def transferred(t: Sheet) -> str:
    """Passed on by name."""
    return f"{t.number} 已转给{t.owner}，接了单我告诉{t.resident}。"


def returned(t: Sheet) -> str:
    """Handed back: who decides now."""
    return f"收到，{t.number} 请{t.owner}来定。"


def returned_too_often(t: Sheet) -> str:
    """A third 退单: the community fixes the owner."""
    return f"{t.number} 已经退过两次，不能再退，请{t.owner}定人。"


def cannot_return(t: Sheet) -> str:
    """There is nobody above who could decide."""
    return f"{t.number} 上面没有人可以改派了。请接单，或者发：转{t.no} 姓名"


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


def withdrawn(t: Sheet) -> str:
    """The reporter has withdrawn it."""
    return f"{t.titled}{t.resident}撤回了，不用去了。"


def withdrawn_danger(t: Sheet) -> str:
    """The reporter has called off what endangered a life."""
    return f"【危急 {t.number}】{t.about}\n{t.resident}说不用了，还是请您去看一眼，没事才放心。"


def urged(t: Sheet) -> str:
    """The reporter is in a hurry."""
    return f"【催办 {t.number}】{t.where}\n{t.resident}着急，请回一句：进展{t.no} 说明"


def nudge_claim(t: Sheet, due: str) -> str:
    """Half of the time to take it is over."""
    return f"【提醒 {t.number}】{t.where}\n还没接单，请在{due} 前接。"


def nudge_visit(t: Sheet, due: str) -> str:
    """Half of the time to be there (or to have a plan) is over."""
    return f"【提醒 {t.number}】{t.where}\n请在{due} 前到场或定好办法。到了请发：进展{t.no} 到了"


def nudge_solve(t: Sheet, due: str) -> str:
    """Half of the time to solve it is over."""
    return f"【提醒 {t.number}】{t.where}\n请在{due} 前办结。办完请发：完{t.no}"


def overdue(t: Sheet, what: str) -> str:
    """A promise of the rung below was missed; the handler keeps the ticket."""
    return f"【超时 {t.number}】{t.where}\n{t.owner}{what}，请您过问。\n有进展请发：进展{t.no} 说明"


def supervise(t: Sheet) -> str:
    """The top of the ladder was reached: to the supervisor."""
    return f"【督办 {t.number}】{t.where}\n各级都已超时，已列入督办清单。"


def life(t: Sheet) -> str:
    """Somebody depends on electricity."""
    return f"【危急 {t.number}】{t.about}\n有居民家里用呼吸机或制氧机，请马上联系！"


def place_known(t: Sheet) -> str:
    """The place of an emergency was named afterwards."""
    return f"{title(t, '补充')}地点：{t.about}"
