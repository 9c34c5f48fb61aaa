"""What an import would change: the difference between two rosters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.community.roster import Roster


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


def _delta(old: Mapping[str, object], new: Mapping[str, object]) -> Delta:
    return Delta(
        added=tuple(key for key in new if key not in old),
        changed=tuple(key for key in new if key in old and new[key] != old[key]),
        gone=tuple(key for key in old if key not in new),
    )
