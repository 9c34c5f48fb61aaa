"""Genuine or not: a code shows the original; nobody makes the bot ask for codes, cards or money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.phrases import safety
from knowledge.store.rows.notices import VerifiedRow
from tests.world import GROUP, open_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.world import World

_COUNTED = (VerifiedRow.code, VerifiedRow.day, VerifiedRow.times)


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    async with open_world(tmp_path, database_url) as found:
        yield found


async def test_the_code_under_a_notice_shows_its_original(world: World) -> None:
    await world.passes(days=8)
    sent = next(text for text in world.said_in(GROUP) if "消防提醒" in text)
    code = re.search(r"验真码 (\w{5})；我从不要验证码", sent)[1]

    for said in (code, code.lower(), f"验真码{code}", f"{sent}\n这是真的吗"):
        await world["周爹爹"].says(said)
        world["周爹爹"].hears("这是我们发的")
        assert world["周爹爹"].hears("消防提醒", "验真码") == sent

    await world["周爹爹"].says(sent.replace("电动车不进楼", "请扫码交押金"))
    world["周爹爹"].hears("和原文不一样，别照着做")
    assert world["周爹爹"].hears("【消防提醒】") == sent
    days = await world.looks(lambda session: session.execute(select(*_COUNTED)).all())
    assert [tuple(one) for one in days] == [(code, world.clock.now().date(), 5)]
    await world["周爹爹"].says("验真码 AB123")
    world["周爹爹"].hears("AB123 不是我们发过的提醒")
    assert await world.looks(lambda session: session.execute(select(*_COUNTED)).all()) == days


async def test_a_bare_code_that_nobody_addressed_to_us_is_left_alone(world: World) -> None:
    await world["周爹爹"].says("X7K2Q", GROUP)
    assert world.news == []


async def test_no_leader_can_make_the_bot_ask_for_money(world: World) -> None:
    await world["李娭毑"].says("3栋2单元楼道灯坏了")
    await world["李娭毑"].says("1")
    await world["张师傅"].says("接1")
    for words in ("进展1 材料费50元，请转给我微信", "完1 修好了，请把短信验证码发给我登记"):
        await world["张师傅"].says(words)
        world["张师傅"].hears("这句没有转")
        world["李娭毑"].hears_nothing()
    await world["张师傅"].says("完1 换了新灯，没收钱")
    world["李娭毑"].hears("换了新灯，没收钱")


async def test_a_notice_that_asks_for_codes_is_left_out_and_its_mend_told(world: World) -> None:
    path = world.app.folder / "notices" / "bad.md"
    path.write_text(
        "## 登记\n编号：bad\n主题：社区\n触发：每天 9:00\n受众：全部\n来源：社区\n"
        "核对：2026-11-01\n\n【短】请各位把短信验证码发给网格员登记。\n",
        encoding="utf-8",
    )
    await world.app.refresh()
    assert "bad" not in {notice.id for notice in world.app.papers.notices}
    assert any("验证码，机器人不替任何人要" in one.message for one in world.app.papers.problems)


def test_the_refusal_says_what_to_do_instead() -> None:
    assert "96110" in safety.not_relayed("验证码")
