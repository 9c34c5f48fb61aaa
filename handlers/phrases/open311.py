"""What other systems read in words about a request."""

from __future__ import annotations

from knowledge.community.tickets.ticket import STATE_WORDS, State

EMERGENCY = "正在危及生命的，请先打 110、119 或 120。"
ATTRIBUTE_BUILDING = "哪一栋哪个单元，例如 3栋2单元"
DUPLICATE = "和另一件是同一件事，合到一起办"
HANDLED = "已处理，请确认"
SILENT = "办结·未回复：居民三天没有回话"
NOBODY = "社区"


def described(category: str, kind: str, *, dangerous: bool) -> str:
    """What a service is for: `楼道灯（报修）`."""
    return f"{category}（{kind}）。{EMERGENCY if dangerous else ''}"


def status_notes(state: State) -> str:
    """The state in words, with what it means for the reporter."""
    special = {
        State.HANDLED: HANDLED,
        State.CLOSED_SILENT: SILENT,
        State.CLOSED_DUPLICATE: DUPLICATE,
    }
    return special.get(state, STATE_WORDS[state])


def duplicate_of(number: str) -> str:
    """What a duplicate is one of: `和 0127 是同一件事，合到一起办`."""
    return f"和 {number} 是同一件事，合到一起办"


def post_of(estate: str, role: str) -> str:
    """The post that answers for it, never the person: `桂花园小区邻长`."""
    return f"{estate}{role or NOBODY}"


def taken_in(number: str, post: str, until: str, *, joined: bool, dangerous: bool) -> str:
    """The receipt: `已登记（0127），由桂花园小区邻长负责，11月26日 21:00 前办好。`."""
    first = EMERGENCY if dangerous else ""
    what = "已经有人报过，合到" if joined else "已登记"
    promise = f"，{until}前办好" if until else ""
    return f"{first}{what}（{number}），由{post}负责{promise}。"


def reached_at(words: str, contact: str, photo: str, spot: str) -> str:
    """Somebody's words with where the reporter is reached, for the assigned chain only."""
    extra = [("联系", contact), ("照片", photo), ("坐标", spot)]
    told = "；".join(f"{name} {value}" for name, value in extra if value)
    return f"{words}（{told}）" if told else words
