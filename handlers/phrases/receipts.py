"""How the count of 收到 is told."""

from __future__ import annotations

LISTED = 6
"""Names in one message; more would not be read."""


def counted(title: str, count: int, *, today: bool) -> str:
    """Return the group's one counter message."""
    when = "今天已有" if today else "已有"
    return f"{title}：{when} {count} 户回“收到”，谢谢大家！"


def not_yet(title: str, houses: int, alone: int, names: list[str]) -> str:
    """Return what a leader is told privately: how many have not answered, and who."""
    lonely = f"，其中独居老人 {alone} 户" if alone else ""
    more = f" 等 {len(names)} 人" if len(names) > LISTED else ""
    return (
        f"{title}：您这片还有 {houses} 户没回“收到”{lonely}，建议上门说一声。\n"
        f"名单：{'、'.join(names[:LISTED])}{more}"
    )
