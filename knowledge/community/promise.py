"""What each lane promises, with the source of every number: the one table of lengths."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.community.ticket import Kind, Lane


class Unit(StrEnum):
    """What a promised length counts."""

    MINUTES = "分钟，昼夜计"
    SERVICE_MINUTES = "服务时间内分钟"
    WORKING_DAYS = "个工作日，到下班为止"
    DAYS = "天，到工作日下班为止"


@dataclass(frozen=True, slots=True)
class Term:
    """One promised length; `count` 0 working days = the same day. `source`: where it is from."""

    count: int
    unit: Unit
    source: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What a lane promises: a named person, being there (or a plan), and the result."""

    claim: Term
    visit: Term | None
    solve: Term
    bound: str
    """The official outer bound, printed beside our own promise."""


_STATION = "微型消防站：3 分钟到场"
_BEIJING = "京标：派单 2 小时、反馈 24 小时"
_SEED = "荷花园街道：当天对接、三天内解决、漏水半小时上门"

PROMISES: dict[Lane, Promise] = {
    Lane.P0: Promise(
        claim=Term(3, Unit.MINUTES, _STATION),
        visit=Term(15, Unit.MINUTES, "15 分钟应急响应圈（雨花区东塘街道）"),
        solve=Term(2 * 60, Unit.MINUTES, "京标：紧急类 2 小时报告"),
        bound="国办函〔2025〕66号：紧急诉求即时转",
    ),
    Lane.P1: Promise(
        claim=Term(10, Unit.MINUTES, "自定：半小时上门的三分之一"),
        visit=Term(30, Unit.MINUTES, _SEED),
        solve=Term(24 * 60, Unit.MINUTES, _BEIJING),
        bound=_BEIJING,
    ),
    Lane.P2: Promise(
        claim=Term(0, Unit.WORKING_DAYS, _SEED),
        visit=None,
        solve=Term(3, Unit.WORKING_DAYS, _SEED),
        bound="京标：7 天",
    ),
    Lane.P3: Promise(
        claim=Term(0, Unit.WORKING_DAYS, _SEED),
        visit=Term(7, Unit.DAYS, "京标：7 天内给方案"),
        solve=Term(15, Unit.DAYS, "京标：15 天内办结或给出下次日期"),
        bound="数字城管：挂账须有书面理由",
    ),
}
"""The one table of promises by lane: ours is the strictest that a street has published."""

_GUANGDONG = "广东省 12345 办法：咨询 2、求助 10、投诉 15 个工作日"

BY_KIND: dict[Kind, Promise] = {
    Kind.ENQUIRY: Promise(
        claim=Term(0, Unit.WORKING_DAYS, _SEED),
        visit=None,
        solve=Term(2, Unit.WORKING_DAYS, _GUANGDONG),
        bound=_GUANGDONG,
    ),
    Kind.SERVICE: Promise(
        claim=Term(2 * 60, Unit.SERVICE_MINUTES, "南湖社区点单：2 小时无人接单找队长"),
        visit=None,
        solve=Term(3, Unit.WORKING_DAYS, _SEED),
        bound=_GUANGDONG,
    ),
}
"""Kinds that have a promise of their own in the ordinary lanes."""

RETURNED = Term(2 * 60, Unit.SERVICE_MINUTES, "退单：上一级 2 小时内定人")
"""How long the next rung has to find an owner for what was handed back."""


def promise_of(lane: Lane, kind: Kind) -> Promise:
    """The promise for a request of this lane and kind."""
    if lane in (Lane.P0, Lane.P1):
        return PROMISES[lane]
    return BY_KIND.get(kind, PROMISES[lane])
