"""The administrators get the list of what ends 30 days before, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.world import open_world

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = """## 停水
编号：{id}
主题：停水
触发：2026-12-20 09:00
受众：全部
核对：{checked}
有效期：{until}

【短】周三停水。

"""


def write(world, *notices: str) -> None:
    path = world.app.folder / "notices" / "reminders.md"
    path.write_text("".join(notices), encoding="utf-8")


def notice(id: str, until: str = "长期", checked: str = "2026-11-01") -> str:  # noqa: A002 -- 编号.
    return NOTICE.format(id=id, until=until, checked=checked)


@pytest.fixture
async def office(tmp_path: Path, database_url: str):
    async with open_world(tmp_path, database_url) as world:
        admin = next(one for one in world.app.town.hood.people.values() if "管理员" in one.roles)
        yield world, world[admin.called]


async def test_the_list_comes_thirty_days_before_the_end_at_nine_and_once(office) -> None:
    world, admin = office
    write(world, notice("a", until="2026-12-25"), notice("b", until="2027-06-30"))
    await world.app.refresh()
    await world.passes(days=1, hours=23, minutes=59)
    admin.hears_nothing()

    await world.passes(minutes=1)
    admin.hears("有 1 条通知 12月26日起陆续到期", "《停水》", "linli check")

    await world.passes(days=3)
    admin.hears_nothing()


async def test_a_check_that_is_nearly_a_year_old_counts_and_a_new_date_is_a_new_end(office) -> None:
    world, admin = office
    write(world, notice("a", checked="2025-12-10"))
    await world.app.refresh()
    await world.passes(hours=1)
    admin.hears("有 1 条通知 12月11日起")

    write(world, notice("a", checked="2025-12-11"))
    await world.app.refresh()
    await world.passes(hours=1)
    admin.hears("有 1 条通知 12月12日起")


async def test_many_that_end_together_are_one_message(office) -> None:
    world, admin = office
    write(world, *(notice(f"n{number}", until="2026-12-10") for number in range(70)))
    await world.app.refresh()
    await world.passes(minutes=5)

    assert len(admin.hears("有 70 条通知", "等")) <= 120
