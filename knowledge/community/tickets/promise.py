"""What each lane and kind promises, read from `lists/promises.md` with the source of every number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from knowledge.community.tickets.ticket import Kind, Lane
from knowledge.community.words.wording import entry, read_list
from knowledge.files.blocks import split_list
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from knowledge.files.blocks import Block


class Unit(StrEnum):
    """What a promised length counts."""

    MINUTES = "分钟"
    SERVICE_MINUTES = "服务分钟"
    WORKING_DAYS = "工作日"
    DAYS = "天"


class Limit(StrEnum):
    """Every other length of a request's life, by the heading of its entry."""

    RETURNED = "退单定人"
    ATTEND = "吹哨报到"
    CONFIRM = "自动登记"
    DRAFT = "没有补全"
    SILENCE = "居民确认"
    ASK_AGAIN = "再问一次"
    PAUSE = "等居民补充"
    REVIEW = "挂账复核"
    REOPEN = "可以重办"
    RECHECK = "办结复查"
    SAME = "同一件事"
    ALARM = "没人接再叫"
    RECURRENCE = "未诉先办"


@dataclass(frozen=True, slots=True)
class Term:
    """One promised length; `count` 0 working days = the same day. `source`: where it is from."""

    count: int
    unit: Unit
    source: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised: a named person, being there (or a plan), and the result.

    `bound` is the official outer bound, shown beside our own promise.
    """

    title: str
    claim: Term
    visit: Term | None
    solve: Term
    bound: str


SAME_DAY = "当天"
HOUR = 60
_LENGTH = Expression(r"(\d+) ?(分钟|小时|服务分钟|服务小时|工作日|天)")


def promise_of(lane: Lane, kind: Kind) -> Promise:
    """The promise for a request of this lane and kind."""
    return _by_matter()[lane, kind]


@cache
def all_promises() -> tuple[Promise, ...]:
    """Every promise, in the order of the file."""
    return tuple(_promise(block) for block in read_list("promises") if block.first("缓急"))


@cache
def term(limit: Limit) -> Term:
    """One of the other lengths with its source."""
    return _term(_value(entry("promises", limit.value), "时长"))


@cache
def span(limit: Limit) -> timedelta:
    """One of the other lengths that run day and night."""
    length = term(limit)
    return timedelta(**{"days" if length.unit is Unit.DAYS else "minutes": length.count})


@cache
def _by_matter() -> dict[tuple[Lane, Kind], Promise]:
    """Every lane with every kind; an entry that names its kinds goes before one that does not."""
    general = [block for block in read_list("promises") if block.first("缓急")]
    general.sort(key=lambda block: block.first("事由") is not None)
    return {
        (Lane(lane), kind): _promise(block)
        for block in general
        for lane in split_list(_value(block, "缓急"))
        for kind in map(Kind, split_list(_value(block, "事由")) or Kind)
    }


def _promise(block: Block) -> Promise:
    visit = _value(block, "到场")
    return Promise(
        title=block.title,
        claim=_term(_value(block, "接单")),
        visit=_term(visit) if visit else None,
        solve=_term(_value(block, "办结")),
        bound=_value(block, "外限"),
    )


def _term(written: str) -> Term:
    """Read `3 工作日 — 来源`; raises ValueError for a length that is none."""
    length, _, source = (part.strip() for part in written.partition("—"))
    if length == SAME_DAY:
        return Term(0, Unit.WORKING_DAYS, source)
    found = _LENGTH.fullmatch(length)
    if found is None or not source:
        raise ValueError(written)
    count = int(found[1]) * (HOUR if found[2].endswith("小时") else 1)
    return Term(count, Unit(found[2].replace("小时", "分钟")), source)


def _value(block: Block, name: str) -> str:
    found = block.first(name)
    return found.value if found else ""
