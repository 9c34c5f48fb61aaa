"""What the people who reported something read (at most 120 characters and 7 lines each)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.sheet import Sheet, photos, short
from knowledge.community.ticket import Kind, Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

YES, GOOD, BAD = "对", "好了", "没好"
SATISFIED, SO_SO, DISSATISFIED = "满意", "一般", "不满意"
RATINGS = (SATISFIED, SO_SO, DISSATISFIED)
PLACE_UNKNOWN = "地点待补"
LIFE = "有人用呼吸机"

LANE_TITLES = {Lane.P0: "危急", Lane.P1: "紧急"}
VISIT_WORDS = {Lane.P0: "目标 15 分钟内到场", Lane.P1: "目标半小时内上门"}
CLAIM_WORDS = {Lane.P0: "3 分钟", Lane.P1: "10 分钟"}

PLACE_NOT_UNDERSTOOD = "没听明白是哪里。请说几栋几单元，例如：3栋2单元。要找人回复 0。"
MATTER_NOT_UNDERSTOOD = "没听明白是什么事。请用几个字说，例如：楼道灯不亮。要找人回复 0。"
WHAT_IS_WRONG = "好的，请直接说哪里不对，例如：是4栋1单元，或者：是门坏了。要找人回复 0。"
NOT_THEIRS = "没有找到这件事。请发“进度”看您报过的事。"


def named(name: str) -> str:
    """How a reply begins: `李娭毑，`, or nothing for somebody without a name."""
    return f"{name}，" if name else ""


def called_out(name: str) -> str:
    """How a push into a group begins: `@李娭毑 `."""
    return f"@{name} " if name else ""


def menu_line(labels: Sequence[str]) -> str:
    """The numbered choice in one line: `回复 1 接单　2 转给别人`."""
    return "回复 " + "　".join(f"{digit} {label}" for digit, label in enumerate(labels, 1))


def ask_place(name: str, matter: str, images: int) -> str:
    """The place is missing."""
    noted = f"照片收到了：{matter}。" if images else f"记下了：{matter}。"
    return f"{named(name)}{noted}\n请问是几栋几单元？\n（例如：3栋2单元。门牌号不用发在群里）"


def ask_matter(name: str, place: str, images: int) -> str:
    """What is wrong is missing."""
    noted = "照片收到了。\n" if images else f"{place}，记下了。\n" if place else ""
    return f"{named(name)}{noted}请问是什么事？\n（例如：楼道灯不亮）"


def ask_place_only(name: str) -> str:
    """An urgent matter is logged; only its place is missing."""
    return f"{named(name)}请只回一句：几栋几单元？"


def confirm_draft(kind: Kind, matter: str, place: str, images: int) -> str:
    """Everything is there: is it right?"""
    return (
        "这样登记，对不对？\n"
        f"【{kind}】{matter} · {place or PLACE_UNKNOWN}{photos(images)}\n"
        "对，回复 1；不对，直接说哪里不对。"
    )


def in_private(name: str) -> str:
    """Said once in a group about a matter that is nobody else's business."""
    return f"{named(name)}这件事不在群里说，我私聊您了。"


def still_waiting(matter: str) -> str:
    """The one reminder of an unfinished report: it lacks the matter, else the place."""
    about = f"“{matter}”" if matter else "您刚才说的事"
    question = "几栋几单元？" if matter else "是什么事？"
    return f"{about}还差一句：{question}\n不用登记了，请回：算了"


def filed(t: Sheet, contact: str, told_at: str = "") -> str:
    """The receipt of an ordinary request: `contact` is like 今天内, `told_at` the end of the rest."""
    rest = f"（休息时间不打扰，{told_at} 通知）" if told_at else ""
    return (
        f"登记好了，编号 {t.number}。\n{t.owner_in_role}{contact}联系您{rest}。\n查进度请说：进度"
    )


def filed_unowned(t: Sheet) -> str:
    """The receipt when the roster knows nobody who could be asked."""
    return (
        f"登记好了，编号 {t.number}。\n"
        "这里还没有邻长，已列入督办清单，请社区定人。\n"
        "查进度请说：进度"
    )


def filed_urgently(t: Sheet, duty_phone: str, next_role: str) -> str:
    """The receipt of an emergency: who was told, what to do, what happens if nobody answers."""
    lines = [
        f"已按【{LANE_TITLES[t.lane]}】通知{t.owner_in_role}（编号 {t.number}），{VISIT_WORDS[t.lane]}。"
    ]
    if duty_phone:
        lines.append(f"请您也打值班电话 {duty_phone}。")
    if next_role:
        lines.append(f"{CLAIM_WORDS[t.lane]}没人接单，我会找{next_role}。")
    return "\n".join(lines)


def taken_urgently(t: Sheet, at: str) -> str:
    """Somebody took an emergency: `张师傅 23:46 接单，正赶过来。`."""
    return f"{t.owner} {at} 接单，正赶过来。"


def taken(t: Sheet, contact: str) -> str:
    """Somebody took an ordinary request."""
    return f"{t.titled}{t.owner}接单了，{contact}联系您。"


def handed_on(t: Sheet) -> str:
    """Another person has it now."""
    return f"{t.titled}转给{t.owner}了，由{t.owner}联系您。"


def noted(t: Sheet, words: str) -> str:
    """A step forward."""
    return f"{t.titled}{t.owner}说：{short(words)}"


def noted_for_many(t: Sheet, count: int, words: str) -> str:
    """A step forward that many wait for: `6栋停电（0140）：12 户已报，……`."""
    return f"{t.about}（{t.number}）：{count} 户已报，{_ended(short(words))}"


def _ended(words: str) -> str:
    """Words with a full stop at their end."""
    return words if words.endswith(("。", "！", "？", "…")) else f"{words}。"


def pictured(t: Sheet, images: int) -> str:
    """Photos without words."""
    return f"{t.titled}{t.owner}发来照片 {images} 张。"


def arrived(t: Sheet) -> str:
    """Somebody is there."""
    return f"{t.owner}到现场了（{t.number}），正在处理。"


def scheduled(t: Sheet, words: str) -> str:
    """A date is fixed."""
    return f"{t.titled}{t.owner}约好了：{short(words)}"


def asked(t: Sheet, words: str) -> str:
    """The handler needs something from the reporter; the clock stops until the answer."""
    return f"{t.titled}{t.owner}想问：{short(words)}\n请直接回复。"


def asked_again(t: Sheet) -> str:
    """The one reminder of an open question."""
    return f"{t.titled}还等您回一句话，回了才好接着办。"


def passed_on(t: Sheet) -> str:
    """The reporter's words were passed on."""
    return f"收到，已转给{t.owner or '社区'}（{t.number}）。"


def urged(t: Sheet) -> str:
    """The handler was urged."""
    return f"已催{t.owner}（{t.number}）。一天可以催一次。"


def urged_already(t: Sheet) -> str:
    """Once a day is enough."""
    return f"{t.number} 今天已经催过{t.owner}了，明天可以再催。"


def climbed(t: Sheet, rung: str) -> str:
    """Nobody took it in time: who was told."""
    return f"{t.number} 还没人接单，已升级到{rung}。"


def climbed_visit(t: Sheet, rung: str) -> str:
    """Nobody has said that he is there."""
    return f"{t.number} 还没收到{t.owner}到场的消息，已升级到{rung}。"


def climbed_solve(t: Sheet, rung: str) -> str:
    """It was not solved in time: who was told, and who goes on."""
    return f"{t.number} 到期还没办完，已升级到{rung}，{t.owner}继续办。"


def supervised(t: Sheet) -> str:
    """The top of the ladder was reached."""
    return f"{t.number} 还没办好，已升级到督办清单，有人盯着办。"


def joined(t: Sheet, name: str, seen: str, doing: str, count: int) -> str:
    """Somebody had reported the same: counted, not doubled; `seen` is like 9 分钟前."""
    return (
        f"{named(name)}{t.about} {seen}有人报过（编号 {t.number}），{doing}。\n"
        f"已算上您，共 {count} 户。有消息我在这里说。"
    )


def known(t: Sheet, doing: str) -> str:
    """The same person has reported the same before."""
    return f"{t.about}已经登记过了（编号 {t.number}），{doing}。\n查进度请说：进度"


def doing_told(t: Sheet) -> str:
    """Nobody has taken it yet."""
    return f"已通知{t.owner_in_role}" if t.owner else "已列入督办清单"


def doing_taken(t: Sheet) -> str:
    """Somebody is on it."""
    return f"{t.owner_in_role}已接单"


def doing_noted(t: Sheet, words: str) -> str:
    """What the handler said last."""
    return f"{t.owner_in_role}说：{short(words, 14).rstrip('。')}"


ASK_LIFE = "家里有人用呼吸机、制氧机的，马上回复 1。"


def life(t: Sheet) -> str:
    """Somebody depends on electricity: told at once."""
    return f"马上告诉{t.owner}！请先用备用电源，呼吸困难立即打 120。"


def place_noted(t: Sheet) -> str:
    """A place was added to a request that is already logged."""
    return f"收到，{t.number} 的地点记为{t.place}。"
