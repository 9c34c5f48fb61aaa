"""Why the last messages in groups were or were not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.doctor.silence import Town, explain_silence

if TYPE_CHECKING:
    from tests.world import World


async def test_each_stored_message_has_its_reason_and_none_of_its_words(world: World) -> None:
    li = world["李娭毑"]
    await li.says("小助手，老年人坐公交要钱吗", "g-hy")
    await li.says("我们单元 3 楼停电了", "g-hy")
    await li.says("楼道灯坏了，3栋2单元", "g-hy")
    await li.says("1", "g-hy")
    app = world.app
    names = app.rules.names
    told = list(
        explain_silence(app.database.url, Town(app.town.hood, app.papers.faq.current, names))
    )

    assert [one.message[:2] for one in told] == ["回了"] * 4
    assert "接着刚才说的那件事" in told[0].message, "a bare 1 is no idle talk where it was answered"
    assert all("：" in one.message for one in told)
    assert "停电了" not in str(told)
    assert "要钱吗" not in str(told)
