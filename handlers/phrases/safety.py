"""What people read when something is dangerous: the number and the one right action, fraud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.names import named
from knowledge.files.bodies import SHORT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Sequence

WHERE = "请只回一句："
PRESUMED = "您没说在哪里，先按您家"
DOUBTED = "要是真出了急事"
"""How the hint begins by which a quotation of it is known."""

DANGERS = {
    "fire": "马上打 119。\n路上没烟才弯腰走楼梯出去，把门带上，别坐电梯。\n烟浓就退回来关门堵缝，到窗口喊人。",
    "gas": "别开关电器、别点火：先关总阀、开窗，人都出去。\n到了屋外再打 119。",
    "shock": "马上打 120。\n先拉总闸断电；没断电，千万别用手碰他。",
    "lift-trapped": "马上打 119，也按轿厢里的报警铃。\n别扒门、别跳，等人来开。",
    "drowning": "马上打 119、120。\n别手拉手下水，扔绳子、长竿、能浮的东西给他。",
    "injury": "马上打 120。\n先别搬动，守着他，看还有没有呼吸，听 120 电话里指挥。",
    "falling": "快喊下面的人走开，老人孩子别从这里过。\n还在往下掉打 119，有人被砸打 120。",
    "suicide": "马上打 110、119；已经吃了药、受了伤，先打 120。\n一个人陪着说话，别刺激、别围观，别离开。",
    "violence": "马上打 110。\n先躲到安全的地方锁好门，别上前拉。",
    "missing-person": "马上打 110，不用等。\n人在屋里没动静，同时打 120；走失的，备好近照，说清穿什么、最后在哪里见到的。",
    "sos": "出什么事了？有人行凶打 110，着火、被困打 119，伤病打 120。\n能走就先离开危险的地方。",
}
"""By category: the number first, then the one right action (research on civic practice, §3.4)."""

ANY_DANGER = "着火、被困打 119，伤病打 120，有人行凶打 110。"
"""For what endangers a life in a way of its own."""

URGENT = {
    "leak": "先关水表旁的总阀，水边的电器插座不要碰。\n有人触电或被困，马上打 120、119。",
    "water-outage": "停水记下了。水龙头请关好，免得来水时漫出来。",
    "power-outage": "停电记下了。请别点蜡烛，用手电。\n家里有人用呼吸机、制氧机的，马上打 120。",
    "gas-outage": "停气记下了。请把灶具和表前的阀门关好，来气前别试火。",
    "drain": "先别再往下放水，水边的电器插座不要碰。",
    "collapse": "人先离远些，别让老人孩子靠近。\n有人被砸、被压，马上打 120、119。",
}
"""By category: what to do until somebody comes."""

LIKELY = "很像骗子，先别点、别填、别转钱。"
STILL_LIKELY = "刚才说的那个很像骗子，别点、别填、别转钱，拿不准打 96110。"
UNPROVEN = "我没看出明显的破绽，但不能保证是真的。\n先别转钱，打 96110 问清楚。"
TOO_LATE = "已经点了或填了卡号，马上打 110。"
UNSURE = "拿不准打 96110；回复 1，请邻长打电话帮您看。"
ROBBED = (
    "马上打 110 报警，再打银行客服挂失、止付。\n"
    "别再转钱，聊天和转账记录都留着。\n"
    "说交“解冻费”“手续费”才能退的，还是骗子。\n"
    "回复 1，请邻长陪您去派出所。"
)
SCREEN_SHARED = "先关掉屏幕共享、断网，"
KIND = "多半是“{kind}”这一类。"
DISSUADE = "防骗劝阻"
"""What the task of the 邻长 is called: never with a word of what was sent."""
SHOWN = 3
CIRCLED = "①②③"


def not_relayed(what: str) -> str:
    """The bot asks nobody for codes, cards or money, whoever wants it said."""
    return f"这句没有转：里面要{what}，机器人不替任何人要这些。\n要收费请当面说清、开票据；有人催您这么发，打 96110 问问。"


def danger(name: str, category: str, where: str = "") -> str:
    """Danger to life: the number, the one right action, then the question `where` if it is unknown."""
    advice = f"{named(name)}{DANGERS[category]}"
    return f"{advice}\n{where}" if where else advice


def where(which: str) -> str:
    """The one question for a place, in the words for its houses: 几栋几单元."""
    return f"{WHERE}{which}？"


def presumed(home: str, which: str) -> str:
    """Nothing was said of a place: help is sent to the reporter's home until another one is told."""
    return f"{PRESUMED}{home}喊人。\n不在家里，请马上回：{which}？"


def without_where(advice: str) -> str:
    """The same where the place is known already: it is neither asked for once more nor presumed."""
    return advice.partition(f"\n{WHERE}")[0].partition(f"\n{PRESUMED}")[0]


def doubted(name: str, category: str) -> str:
    """What sounds like danger and may be talk: what to do if it is, and the word that calls somebody."""
    return f"{named(name)}{DOUBTED}：\n{DANGERS[category]}\n@我 说“救命”，我马上喊人来。"


def urgent(name: str, category: str, matter: str, where: str = "") -> str:
    """An urgent matter is logged: what to do now, then the question `where` if it is unknown."""
    advice = f"{named(name)}{URGENT.get(category, f'{matter}，记下了。')}"
    return f"{advice}\n{where}" if where else advice


def suspicious(name: str, points: Sequence[str], kind: str = "") -> str:
    """A message that may be a swindle, and of which kind; never says that it is none."""
    if not points:
        return f"{named(name)}{UNPROVEN}\n{TOO_LATE}"
    shown = [_suspicious(name, points[:count], kind) for count in range(SHOWN, 0, -1)]
    return next((text for text in shown if len(text) <= SHORT_LIMIT), shown[-1])


def _suspicious(name: str, points: Sequence[str], kind: str) -> str:
    marked = " ".join(f"{mark} {point}" for mark, point in zip(CIRCLED, points, strict=False))
    told = [KIND.format(kind=kind)] if kind else []
    lines = [f"{named(name)}{LIKELY}", f"可疑之处：{marked}", *told, TOO_LATE, UNSURE]
    return "\n".join(lines)


def still_suspicious(name: str) -> str:
    """The warning was doubted, or is asked for once more."""
    return f"{named(name)}{STILL_LIKELY}"


def robbed(name: str, *, shared: bool = False) -> str:
    """Money or card data are gone already, or a stranger has seen the screen."""
    return f"{named(name)}{SCREEN_SHARED if shared else ''}{ROBBED}"
