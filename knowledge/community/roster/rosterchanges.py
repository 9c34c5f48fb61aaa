"""What an import would change: the difference between two rosters."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.community.places.places import GroupChat, Place
    from knowledge.community.roster.people import Person
    from knowledge.community.roster.roster import Roster

T = TypeVar("T", "Place", "Person", "GroupChat")


@dataclass(frozen=True, slots=True)
class Delta:
    """Ids that are new, changed, and no longer there (disabled, never deleted)."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference in places, people and chats (these as `channel:id`)."""

    places: Delta
    people: Delta
    chats: Delta

    def __bool__(self) -> bool:
        return bool(self.places or self.people or self.chats)


def changes(old: Roster, new: Roster) -> Changes:
    """Compare the roster in use with the one to be imported."""
    return Changes(
        places=_delta({p.id: p for p in old.places}, {p.id: p for p in new.places}),
        people=_delta({p.id: p for p in old.people}, {p.id: p for p in new.people}),
        chats=_delta({c.key: c for c in old.chats}, {c.key: c for c in new.chats}),
    )


COLUMNS = {
    "parent": "上级",
    "kind": "类型",
    "name": "名称",
    "aliases": "别名",
    "management": "管理方式",
    "phone": "手机",
    "grants": "角色和范围",
    "deputy": "代班",
    "skills": "技能",
    "accounts": "账号",
    "title": "称呼",
    "door": "门牌",
    "care": "关怀",
    "duty": "值班",
    "scope": "范围",
    "mode": "模式",
}
"""Fields by the words that the office has for them."""


def fields_changed(old: Roster, new: Roster) -> dict[str, tuple[str, ...]]:
    """Return the columns that differ, by id, of everything that stands in both rosters."""
    return {
        **_differ({p.id: p for p in old.places}, {p.id: p for p in new.places}),
        **_differ({p.id: p for p in old.people}, {p.id: p for p in new.people}),
        **_differ({c.key: c for c in old.chats}, {c.key: c for c in new.chats}),
    }


def _differ(old: Mapping[str, T], new: Mapping[str, T]) -> dict[str, tuple[str, ...]]:
    same = {key: (was, new[key]) for key, was in old.items() if key in new and new[key] != was}
    return {key: _columns(*pair) for key, pair in same.items()}


def _columns(
    was: Place | Person | GroupChat, becomes: Place | Person | GroupChat
) -> tuple[str, ...]:
    differ = [
        one.name for one in fields(was) if getattr(was, one.name) != getattr(becomes, one.name)
    ]
    return tuple(COLUMNS.get(name, name) for name in differ)


def _delta(old: Mapping[str, object], new: Mapping[str, object]) -> Delta:
    return Delta(
        added=tuple(key for key in new if key not in old),
        changed=tuple(key for key in new if key in old and new[key] != old[key]),
        gone=tuple(key for key in old if key not in new),
    )
