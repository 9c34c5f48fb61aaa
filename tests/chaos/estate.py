"""A roster with a building for each report, one neighbour leader and one resident."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def lay_out(folder: Path, buildings: int, chats: Iterable[tuple[str, str]], leader: str) -> None:
    """Write it; `chats` are channel and id of the estate's groups, `leader` an account."""
    roster = folder / "roster"
    roster.mkdir(parents=True)
    places = [
        "编号,上级,类型,名称,别名,管理方式",
        "s,,街道,云麦街道,,",
        "c,s,社区,荷竹社区,,",
        "e,c,小区,和园小区,,物管",
    ]
    for number in range(1, buildings + 1):
        places += [f"b{number},e,楼栋,{number}栋,,", f"u{number},b{number},单元,1单元,,"]
    people = [
        "编号,姓名,手机,角色,范围,代班,技能,账号",
        f"zhang,张立新,,邻长,e,,,{leader}",
        "li,李桂香,,居民,u1,,,plain:li",
    ]
    groups = [
        "渠道,群号,名称,范围,模式",
        *(f"{channel},{chat},和园居民群{chat},e,积极" for channel, chat in chats),
    ]
    for name, rows in (("places", places), ("people", people), ("chats", groups)):
        (roster / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
