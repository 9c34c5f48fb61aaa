"""A ticket's history in words, one line for each event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.endings import RATINGS
from knowledge.community.attached import kind_of
from knowledge.community.tickets.ticket import (
    ADDED,
    CLOSED,
    LANE_WORDS,
    STATE_WORDS,
    Lane,
    State,
    Step,
)

if TYPE_CHECKING:
    from knowledge.community.tickets.deed import Deed

BY_PLACE = "按地点改派"
"""Reason of a TRANSFERRED event that no person has wanted: the reporter has told the place."""
ARRIVED = "到场"
"""Reason of the step to IN_PROGRESS of somebody who is there."""
_MOVED = {
    State.NEW: "登记好了，等人接单",
    State.ACCEPTED: "接单了",
    State.IN_PROGRESS: "动手办了",
    State.SCHEDULED: "约好了时间",
    State.WAITING_REPORTER: "有话要问，等居民回",
    State.RETURNED: "退单，等上一级定人",
    State.HANDLED: "说办好了，等居民确认",
    State.CLOSED_CONFIRMED: "确认好了，办结",
    State.CLOSED_SILENT: "三天没有回复，先记作办结·未回复",
    State.CLOSED_WITHDRAWN: "撤回了",
    State.WHISTLED: "请几家一起来办",
    State.PARKED: "先挂账，到日子再看",
    State.CLOSED_REJECTED: "不归这里管，说明了归谁",
    State.CLOSED_UNABLE: "办不成，说明了原因",
    State.CLOSED_DUPLICATE: "和另一件是同一件事，合到一起办",
}
_STEPS = {
    Step.DRAFTED: "说了这件事",
    Step.EDITED: "补充",
    Step.FILED: "登记好了",
    Step.NOTED: "说了进展",
    Step.JOINED: "也报了同一件事",
    Step.URGED: "催了一次",
    Step.NUDGED: "快到时限，提醒了一次",
    Step.REMINDED: "提醒居民回话",
    Step.SUPERVISED: "列入督办清单",
    Step.ALARMED: "还没人接单，又叫了一遍各级",
    Step.WHISTLED: "请几家一起来办",
    Step.ATTENDED: "到了",
    Step.SPLIT: "拆出来单独办",
    Step.RECHECKED: "办结四周，问一次还好不好",
    Step.CALLED: "打电话回访",
    Step.REDACTED: "遮住了一张照片",
}

_GENERAL = {
    Step.NOTED: "补充了，或说了进展",
    Step.RATED: "评价了",
    Step.TRANSFERRED: "转给别人",
    Step.ESCALATED: "没按时办，报给了上一级",
}


def step_words(deed: Deed, actor: str, owner: str) -> str:
    """Return what happened; `actor` is empty for the clock, `owner` whom or where the event names."""
    if deed.step is Step.TRANSFERRED and deed.reason == BY_PLACE:
        return f"按说的地点，改派给{owner}"
    if deed.step is Step.NOTED and deed.reason == ADDED:
        return f"{actor}补充{deed.facts.get('shown', '')}"
    if deed.step is Step.JOINED and owner:
        return f"{actor}也报了同一件事（{owner}）"
    if deed.reason == ARRIVED:
        return f"{actor}到现场了，正在处理"
    what = _what(deed, owner)
    if deed.reason and deed.step in (Step.MOVED, Step.NOTED, Step.CALLED):
        what = f"{what}（{deed.reason}）"
    return f"{actor}{what}"


def log_words(step: Step, target: State, origin: State | None) -> str:
    """Return what happened in general words: no name, no reason, nothing that anybody wrote."""
    if step is Step.MOVED:
        return _moved(origin, target)
    return _GENERAL.get(step) or _STEPS[step]


def _what(deed: Deed, owner: str) -> str:
    if deed.step is Step.RATED:
        return f"评价：{RATINGS[int(deed.facts.get('rating', 1)) - 1]}"
    if deed.step is Step.TRANSFERRED:
        return f"转给{owner}" if owner else "转给别人"
    if deed.step is Step.LANED:
        return f"把缓急改为{LANE_WORDS[Lane(deed.facts['lane'])]}（{deed.facts['lane']}）"
    if deed.step is Step.ESCALATED:
        return f"没按时办，已报给{owner or deed.facts.get('rung', '上一级')}"
    return _went(deed) if deed.step is Step.MOVED else _done(deed)


def _went(deed: Deed) -> str:
    if deed.target is State.CLOSED_DUPLICATE and "into" in deed.facts:
        return f"把这件并到 {deed.facts['into']:04d} 一起办"
    return _moved(deed.origin, deed.target)


def _done(deed: Deed) -> str:
    spoken = deed.step is Step.REDACTED and kind_of(str(deed.facts.get("image")))
    return "删掉了一段语音" if spoken else _STEPS[deed.step]


def _moved(origin: State | None, target: State) -> str:
    over = origin is State.HANDLED or origin in CLOSED
    if over and target is State.ACCEPTED:
        return "说没好，重新打开"
    return _MOVED.get(target, STATE_WORDS[target])
