"""The hash chain of one ticket: any edited, dropped or re-ordered event is found and named."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from knowledge.community.days.zone import to_utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.community.tickets.deed import Deed

START = ""
"""What the first event of every ticket names as its predecessor."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first event that does not fit (`seq` counts from 1) and what is wrong with it."""

    seq: int
    why: str


def digest(text: str, salt: str) -> str:
    """What stays in the chain of a person's words after they were erased; "" for no words."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest() if text else ""


def seal(deed: Deed, prev: str) -> Deed:
    """The deed with the hash of the one before and its own hash over everything in it."""
    linked = replace(deed, prev=prev)
    return replace(linked, hash=_hash(linked))


def row_seal(values: Sequence[Any]) -> str:
    """The hash over the columns of a ticket's own row; moments count as UTC."""
    spelled = [to_utc(one).isoformat() if isinstance(one, datetime) else one for one in values]
    text = json.dumps(spelled, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def anchor_hash(prev: str, at: datetime, heads: Sequence[Sequence[Any]]) -> str:
    """The hash of a day's anchor over the one before and all heads in it."""
    return row_seal([prev, at, [list(head) for head in heads]])


def verify(deeds: Iterable[Deed], length: int, head: str) -> Break | None:
    """The first break of a ticket's chain, or None.

    `length` and `head` are what the ticket's own row remembers of the chain's end, so that a
    dropped tail is found too.
    """
    last, count = START, 0
    for count, deed in enumerate(deeds, start=1):
        why = _fault(deed, count, last)
        if why:
            return Break(count, why)
        last = deed.hash
    if count != length:
        return Break(count + 1, f"应有 {length} 条记录，只有 {count} 条")
    if last != head:
        return Break(count, "最后一条与工单上记的不符")
    return None


def _fault(deed: Deed, seq: int, prev: str) -> str:
    if deed.seq != seq:
        return f"序号应为 {seq}，写的是 {deed.seq}"
    if deed.prev != prev:
        return "与前一条接不上"
    if deed.hash != _hash(deed):
        return "内容被改过"
    return ""


def _hash(deed: Deed) -> str:
    """SHA-256 over the predecessor's hash and all that the deed says, in one fixed spelling."""
    spelled = json.dumps(
        [
            deed.prev,
            deed.no,
            deed.seq,
            to_utc(deed.at).isoformat(timespec="microseconds"),
            deed.step,
            deed.origin,
            deed.target,
            deed.actor,
            deed.role,
            deed.channel,
            deed.reason,
            dict(deed.facts),
            deed.digest,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(spelled.encode()).hexdigest()
