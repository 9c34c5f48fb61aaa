"""The card that puts a request before somebody, and why it comes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.lanes import LANE_TITLES
from handlers.phrases.sheet import along, short

if TYPE_CHECKING:
    from handlers.phrases.sheet import Sheet

FIX_OWNER = "已退过两次，请您定人：接单或转给别人。"


def title(t: Sheet, otherwise: str) -> str:
    """The card's head: `【紧急 0131】` or `【新任务 0127】`."""
    return f"【{LANE_TITLES.get(t.lane, otherwise)} {t.number}】"


def card(t: Sheet, terms: str, quote: str = "") -> str:
    """A new ordinary task; `terms` is like 今天内对接，3 天内办结, `quote` in the reporter's words."""
    who = " · ".join(part for part in (t.place, t.reporter) if part)
    said = f"\n原话：“{quote}”" if quote else ""
    return f"{title(t, '新任务')}{t.matter}\n{who}{along(t.images, t.voices)}{said}\n要求：{terms}"


def urgent_card(t: Sheet, at: str, quote: str = "") -> str:
    """A new emergency: where, what, who said it and in which words."""
    said = f"：“{quote}”" if quote else ""
    return f"{title(t, '紧急')}{t.about}\n{t.resident} {at} 报{said}{along(t.images, t.voices)}"


def terms(claim: str, solve: str) -> str:
    """What is asked of the person who takes an ordinary task."""
    return f"{claim}对接，{solve}办结"


def not_claimed(owner: str) -> str:
    """The rung below has not taken it."""
    return f"{owner}没接单，请您接。" if owner else "一直没人接单，请您接。"


def nobody_comes(waited: str) -> str:
    """A life is in danger, and nobody of all who were asked has taken it."""
    return f"叫了 {waited}没人接！请马上接，或打电话叫人。"


def handed_back(owner: str, reason: str) -> str:
    """The rung below says that it is not theirs."""
    return f"{owner}退单：{short(reason, 20)}"


def handed_on(owner: str) -> str:
    """Somebody has passed it on by name."""
    return f"{owner}转给您。"


def stands_in(owner: str) -> str:
    """Whoever had it is away or has left."""
    return f"{owner}不在，请您接。" if owner else "请您接。"


TAKE_IT = "请您接。"


def given_back(owner: str) -> str:
    """Its own leader is back, and nobody has begun."""
    return f"{owner}还没接，转回给您。" if owner else "转回给您，请您接。"


def taken_over(t: Sheet, owner: str) -> str:
    """It waits for somebody else as it is; whoever had it is away or has left."""
    return (
        f"【接手 {t.number}】{t.where}\n{owner or '经办人'}不在，这件由您负责。办完请发：完{t.no}"
    )


def place_known(t: Sheet, words: str = "") -> str:
    """The place of an emergency was named afterwards, in these words."""
    said = f"\n{t.resident}说：“{short(words)}”" if words else ""
    return f"{title(t, '补充')}{t.about}\n地点：{t.place}{said}"


PRESUMED = "（没说地方，先按住址。）"


def beside(t: Sheet, building: str, count: int) -> str:
    """The same is reported from another building."""
    return f"【补充 {t.number}】{t.about}\n{building}也有人报了，现在共 {count} 户。"


def pictures(t: Sheet, name: str, shown: str) -> str:
    """Photos or voices came after the words; `shown` is like 照片 2 张."""
    return f"{title(t, '补充')}{t.about}\n{name or '居民'}补充了{shown}。"


def more(t: Sheet, name: str, words: str) -> str:
    """Somebody adds something to an emergency."""
    return f"{title(t, '补充')}{t.about}\n{name or '居民'}补充：“{short(words)}”"
