"""Somebody on the care list gets a warning; the 邻长 a private task, without a word of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.world import DATA, GROUP, open_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.world import World

KNOWN = "【医保中心】您的医保卡将于今日停用，请点 yb-kx.top 重新认证，逾期不能报销。"
SCAM = """## 医保卡停用
编号：known-stop
类型：冒充公检法和政府机关
破绽：陌生链接；用“停用”吓人
来源：公安部
核对：2026-11-22

【医保中心】您的医保卡将于今日停用，请点 a.top 重新认证，逾期不能报销。
"""


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    async with open_world(tmp_path, database_url) as found:
        yield found


async def test_a_cared_for_person_is_warned_and_the_leader_asked_once(world: World) -> None:
    assert "李娭毑" in (DATA / "roster" / "people.csv").read_text("utf-8")
    li, zhang = world["李娭毑"], world["张师傅"]

    await li.says(f"{KNOWN}这是骗子吗？")

    li.hears("很像骗子", "多半是“冒充公检法和政府机关”")
    task = zhang.hears("防骗劝阻", "李娭毑")
    assert not any(word in task for word in ("医保", "停用", "yb-kx", "认证"))
    await li.says(f"{KNOWN}能点吗？")
    zhang.hears_nothing()
    await li.says("1")
    li.hears("邻长张师傅")


async def test_a_loss_is_urgent_and_the_number_comes_first(world: World) -> None:
    await world["李娭毑"].says("我刚刚和客服共享了屏幕怎么办")
    assert world["李娭毑"].hears("马上打 110").startswith("李娭毑，先关掉屏幕共享")
    world["张师傅"].hears("紧急", "防骗劝阻")


async def test_without_consent_nobody_else_is_told(world: World) -> None:
    await world["刘姐"].says(f"{KNOWN}这是骗子吗？")
    world["刘姐"].hears("很像骗子")
    assert {out.chat.id for out in world.news} == {f"@{world['刘姐'].account}"}


async def test_uncalled_in_a_group_we_speak_of_a_known_text_and_of_what_is_asked_of_a_plain_swindle(
    world: World,
) -> None:
    await world["刘姐"].says(KNOWN, GROUP)
    assert world.news == []

    (world.app.folder / "scams").mkdir()
    (world.app.folder / "scams" / "own.md").write_text(SCAM, "utf-8")
    await world.app.refresh()
    await world["刘姐"].says(KNOWN.replace("yb-kx.top", "x9.vip").replace("今日", "明天"), GROUP)
    world["刘姐"].reads("很像骗子", "陌生链接")
    await world["刘姐"].says("医保卡停用了还能看病吗，点链接认证安全吗", GROUP)
    world["刘姐"].reads("很像骗子")
    await world["刘姐"].says("医保卡停用了还能看病吗", GROUP)
    assert not any("很像骗子" in text for text in world.said_in(GROUP))


@pytest.mark.parametrize("words", ["我已经转了两万", "我点了", "完了，给过去了"])
async def test_who_was_warned_in_the_group_and_owns_up_in_private_is_helped_at_once(
    world: World, words: str
) -> None:
    await world["李娭毑"].says(f"{KNOWN}这是骗子吗？", GROUP, addressed=True)

    await world["李娭毑"].says(words)

    world["李娭毑"].hears("马上打 110", "止付")
    world["张师傅"].hears("紧急", "防骗劝阻")
    world["王主任"].hears_nothing()


async def test_who_was_helped_elsewhere_is_not_taken_for_robbed_again(world: World) -> None:
    await world["李娭毑"].says(f"{KNOWN}这是骗子吗？", GROUP, addressed=True)
    await world["李娭毑"].says("我点了")
    world["李娭毑"].hears("马上打 110", "止付")

    await world["李娭毑"].says("填了")
    assert not any("110" in text for text in world.said_in("@li"))
    await world["李娭毑"].says("给了", GROUP)
    assert not any("110" in out.text for out in world.news)


async def test_the_warning_of_somebody_else_makes_no_loss_of_ordinary_words(world: World) -> None:
    await world["李娭毑"].says(f"{KNOWN}这是骗子吗？", GROUP, addressed=True)

    await world["刘姐"].says("我已经转了")

    assert not any("110" in out.text for out in world.news)
