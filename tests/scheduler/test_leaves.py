"""The end of a leave: what was lent comes back; of one that ended long ago nobody is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from knowledge.store.rows.roster import PersonRow
from knowledge.store.stamps import touch
from tests.world import GROUP

if TYPE_CHECKING:
    from handlers.work import Work
    from tests.world import World


async def lends(world: World) -> None:
    """张师傅 goes on leave, and 肖姐 begins one of the two tasks that he had."""
    for words in ("3栋2单元楼道灯不亮", "3栋2单元门禁坏了"):
        await world["李娭毑"].says(words, GROUP)
        await world["李娭毑"].says("1", GROUP)
    await world["张师傅"].says("请假 3天")
    await world["肖姐"].says("接1")


async def ends(world: World, ago: timedelta) -> None:
    """The leave is in the roster as one that ended so long ago."""

    def date(work: Work) -> None:
        work.session.get_one(PersonRow, "zhang").away_until = work.now - ago
        touch(work.session, "roster")

    await world.app.act("t", date)
    await world.app.refresh()
    await world.passes(minutes=1)


@pytest.mark.parametrize("ago", [timedelta(seconds=1), timedelta(hours=23)])
async def test_who_is_back_since_last_night_reads_that_the_leave_is_over_and_is_asked(
    world: World, ago: timedelta
) -> None:
    await lends(world)
    await ends(world, ago)

    world["张师傅"].hears("【新任务 0002】")
    world["张师傅"].hears("您请假时转出去的 0001", "要接回来自己办，回复 1")
    world["张师傅"].hears("您的假到了，新任务照常派给您。\n还没人接的 1 件转回给您了。")


async def test_of_a_leave_that_ended_long_ago_only_what_nobody_has_begun_comes_back(
    world: World,
) -> None:
    await lends(world)
    await ends(world, timedelta(days=90))

    world["张师傅"].hears("【新任务 0002】")
    assert len(world.said_in("@zhang")) == 1
    await world.passes(minutes=1)
    world["张师傅"].hears_nothing()
