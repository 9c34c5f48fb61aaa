"""Find each sending its place: on time, on one of the next three days, or nowhere."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from knowledge.community.notices.budget import Budget, Slot, slot_at
from knowledge.community.notices.due import GRACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knowledge.community.notices.due import Due
    from knowledge.community.notices.manners import Manners

Status = Literal["send", "moved", "dropped"]


_IN_ANOTHER_GROUP = "同一些人还在别的群里，错开发"


class Placed(NamedTuple):
    """What becomes of a sending: its time (None = dropped), status, and why in Chinese."""

    at: datetime | None
    status: Status
    why: str


class _Late(NamedTuple):
    """A chat in which the own time is taken, the other times, and why it is late."""

    due: Due
    chat: str
    slots: list[Slot]
    why: str


class Placing:
    """The sendings placed so far; whoever is placed first has the better choice."""

    def __init__(self, manners: Manners, kin: Mapping[str, frozenset[str]]) -> None:
        self.placed: dict[Due, dict[Placed, list[str]]] = {}
        self._budget = Budget(manners)
        self._manners = manners
        self._kin = kin
        self._times: defaultdict[tuple[str, int], list[datetime]] = defaultdict(list)

    def spend(self, chat: str, slot: Slot, theme: str | None) -> None:
        """Count one sending in the budgets of its chat."""
        self._budget.spend(chat, slot, theme)
        if chat in self._kin:
            self._times[chat, slot.day].append(slot.at)

    def has_kin(self, chat: str) -> bool:
        """Whether other groups share people with it."""
        return chat in self._kin

    def place(self, dues: Iterable[Due]) -> None:
        """Place equals: all take their own time first, only then the rest look for another."""
        for late in [late for due in dues for late in self._on_time(due)]:
            if not self._put(late.due, late.chat, late.slots, late.why):
                placed = Placed(None, "dropped", f"{late.why}，三天内没有空档")
                self.placed[late.due][placed].append(late.chat)

    def went_out(self, due: Due) -> bool:
        """Whether any chat gets it."""
        return any(one.at for one in self.placed[due])

    def _on_time(self, due: Due) -> Iterator[_Late]:
        """Place it where its own time is free; return the chats in which it is not."""
        placed = self.placed.setdefault(due, defaultdict(list))
        if refusal := due.notice.unusable(due.planned.date()) or _nobody(due):
            placed[Placed(None, "dropped", refusal)].extend(due.chats)
            return
        quiet = f"{due.planned:%H:%M} 在免打扰时段" if self._manners.is_quiet(due.planned) else ""
        slots = self._slots(due)
        for chat in due.chats:
            if not self._put(due, chat, slots[:1], quiet):
                why = self._budget.refusal(chat, slots[0], due.theme) if slots else quiet
                yield _Late(due, chat, slots[1:], why)

    def _put(self, due: Due, chat: str, slots: Sequence[Slot], why: str) -> bool:
        """Take the first slot that the chat can bear, and say whether there was one."""
        for slot in slots:
            if not self._budget.refusal(chat, slot, due.theme):
                apart = self._apart(due, chat, slot)
                self.spend(chat, apart, due.theme)
                self.placed[due][_placed_at(due, apart.at, why or _IN_ANOTHER_GROUP)].append(chat)
                return True
        return False

    def _apart(self, due: Due, chat: str, slot: Slot) -> Slot:
        """Keep away from what groups with the same people hear, if that day has room for it."""
        near = [
            at for one in self._kin.get(chat, ()) for at in self._times.get((one, slot.day), ())
        ]
        gap = timedelta(minutes=self._manners.apart_minutes)
        at = slot.at
        while clash := [one for one in near if abs(one - at) < gap]:
            at = max(clash) + gap
            other_day = at.date() != slot.at.date()
            if other_day or at - due.planned > GRACE or self._manners.is_quiet(at):
                return slot
        return slot._replace(at=at)

    def _slots(self, due: Due) -> list[Slot]:
        """The times open to it, best first; the first is its own or the end of quiet hours."""
        slots = []
        for days in range(GRACE.days + 1):
            at = self._manners.first_loud(due.planned + timedelta(days=days))
            if days and due.following and at.date() >= due.following:
                break
            if at - due.planned > GRACE or due.notice.unusable(at.date()):
                break
            if not self._manners.is_quiet(at):
                slots.append(slot_at(at))
        return slots


def _placed_at(due: Due, at: datetime, why: str) -> Placed:
    if at == due.planned:
        return Placed(at, "send", "")
    return Placed(at, "moved", f"{why}，改到 {_said(at)}")


def _nobody(due: Due) -> str:
    return "" if due.chats else "受众里现在没有群，也没有人"


def _said(at: datetime) -> str:
    return f"{at.month}月{at.day}日 {at:%H:%M}"
