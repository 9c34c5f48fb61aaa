"""People of the neighbourhood and the roles that they hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the neighbourhood; the value is the word used in `people.csv`."""

    RESIDENT = "居民"
    NEIGHBOUR_LEADER = "邻长"
    GROUP_LEADER = "组长"
    AREA_LEADER = "片长"
    COMMUNITY = "社区"
    STREET = "街道"
    PROPERTY = "物业"
    VOLUNTEER = "志愿者"
    DEPARTMENT = "部门"
    SUPERVISOR = "督办"
    EDITOR = "编辑"
    ADMIN = "管理员"
    AUDITOR = "审计"
    MERCHANT = "商户"


LADDER = (
    Role.NEIGHBOUR_LEADER,
    Role.GROUP_LEADER,
    Role.AREA_LEADER,
    Role.COMMUNITY,
    Role.STREET,
)
"""The five roles a request climbs, lowest first."""

UNSCOPED = frozenset({Role.EDITOR, Role.ADMIN, Role.AUDITOR, Role.SUPERVISOR, Role.DEPARTMENT})
"""Roles that may stand in the roster without a 范围; they then count everywhere."""

IMPLICIT_CHANNELS = ("replay", "web")
"""On these channels a person without an account there is known by his own id."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of a person and the ids of the places it covers."""

    role: Role
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the roster; `accounts` are (channel, account id) pairs."""

    id: str
    name: str
    phone: str = ""
    grants: tuple[Grant, ...] = ()
    deputy: str | None = None
    skills: tuple[str, ...] = ()
    accounts: tuple[tuple[str, str], ...] = ()
    title: str = ""
    door: str = ""
    care: tuple[str, ...] = ()
    duty: str = ""
    active: bool = True

    @property
    def called(self) -> str:
        """How the bot addresses this person: 称呼, else 姓名."""
        return self.title or self.name

    @property
    def roles(self) -> frozenset[Role]:
        """All roles that this person holds."""
        return frozenset(grant.role for grant in self.grants)

    def has(self, role: Role) -> bool:
        """Whether this person holds the role anywhere."""
        return any(grant.role is role for grant in self.grants)

    def scopes(self, role: Role | None = None) -> tuple[str, ...]:
        """Ids of the places this person holds (in one role, or in any), each once."""
        held = (g.scope for g in self.grants if role is None or g.role is role)
        return tuple(dict.fromkeys(place for scope in held for place in scope))
