"""A number that several estates have: asked for by name, never guessed, never lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from handlers.phrases import safety
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World

DATA = Path(__file__).parents[1] / "stories" / "data"
STRANGER = "@newcomer"


@pytest.fixture
def two_estates(tmp_path: Path) -> Path:
    """A town in which both estates have a 3栋."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    with (data / "roster" / "places.csv").open("a", encoding="utf-8") as places:
        places.write("xy-3,xy-w,楼栋,3栋,,\n")
    return data


def heard(data: Path, *said: str) -> list[str]:
    """What a stranger reads in private after these words, one each minute."""
    story = data.parent / "story.jsonl"
    lines = [
        {
            "at": f"2026-11-24T10:{minute:02}:00+08:00",
            "type": "message",
            "chat": STRANGER,
            "from": STRANGER[1:],
            "text": text,
        }
        for minute, text in enumerate(said)
    ]
    story.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    result = CliRunner().invoke(main, ["--data", str(data), "replay", str(story), "--json"])
    assert result.exit_code == 0, result.stderr
    sent = [json.loads(line) for line in result.stdout.splitlines()]
    return [one["text"] for one in sent if one.get("chat") == STRANGER]


@pytest.mark.parametrize("chosen", ["1", "和园小区", "和园", "和园3栋"])
def test_a_number_of_two_estates_is_asked_for_by_name(two_estates: Path, chosen: str) -> None:
    texts = heard(two_estates, "楼道灯不亮", "3栋", chosen)

    assert texts[1] == "3栋在哪个小区？回复数字就行：\n1 和园小区\n2 杏园小区"
    assert "楼道灯不亮 · 和园小区3栋" in texts[2]


@pytest.mark.parametrize("chosen", ["1", "和园小区"])
def test_of_a_number_told_at_once_only_the_estate_is_asked(two_estates: Path, chosen: str) -> None:
    asked, confirmed = heard(two_estates, "三栋楼道灯坏了", chosen)

    assert asked == "记下了：楼道灯坏了。\n3栋在哪个小区？回复数字就行：\n1 和园小区\n2 杏园小区"
    assert "楼道灯坏了 · 和园小区3栋" in confirmed


@pytest.mark.parametrize("chosen", ["1", "和园小区"])
def test_an_emergency_at_a_number_told_at_once(two_estates: Path, chosen: str) -> None:
    advice, filed = heard(two_estates, "三栋水管爆了，水往楼下灌", chosen)

    assert advice.endswith("3栋在哪个小区？回复数字就行：\n1 和园小区\n2 杏园小区")
    assert "几栋几单元" not in advice
    assert "已按【紧急】通知邻长张师傅" in filed


def test_an_emergency_takes_the_estate_that_is_chosen(two_estates: Path) -> None:
    texts = heard(two_estates, "水管爆了，水往楼下灌", "3栋", "1")

    assert texts[1].startswith("3栋在哪个小区？")
    assert "已按【紧急】通知邻长张师傅" in texts[2]


def test_a_building_that_no_roster_has_stays_in_the_title(two_estates: Path) -> None:
    assert "9栋楼道灯不亮 · 和园小区" in heard(two_estates, "楼道灯不亮", "和园9栋")[1]


def test_a_place_alone_is_no_request(two_estates: Path) -> None:
    assert heard(two_estates, "和园3栋1单元") == ["那里怎么了？请用一句话说，例如：楼道灯不亮。"]


@pytest.mark.parametrize("said", ["不对，是5栋", "不是3栋，是5栋", "是5栋", "不对，是和园5栋"])
async def test_a_building_that_is_not_there_takes_the_place_from_a_draft(
    world: World, said: str
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋楼道灯坏了")
    await 李娭毑.says(said)
    李娭毑.hears("我们这里没有5栋。请再说一次是几栋几单元")

    await 李娭毑.says("要得")
    assert not [said for said in world.said_in("@li") if "登记好了" in said]
    world["张师傅"].hears_nothing()

    await 李娭毑.says("6栋")
    李娭毑.hears("【报修】楼道灯坏了 · 6栋")


async def test_a_building_that_is_not_there_is_called_so_where_the_place_was_asked(
    world: World,
) -> None:
    陈叔 = world["陈叔"]
    await 陈叔.says("楼道灯坏了", GROUP)
    await 陈叔.says("5栋", GROUP)
    陈叔.reads("我们这里没有5栋")


async def test_of_an_emergency_the_words_are_passed_on_and_the_place_is_asked_again(
    world: World,
) -> None:
    赵姐 = world["赵姐"]
    await 赵姐.says("水管爆了，家里淹了")
    await 赵姐.says("不对，是5栋")

    赵姐.hears("我们这里没有5栋")
    world["张师傅"].hears("赵姐补充：“不对，是5栋”")


async def test_a_danger_told_in_private_without_a_place_is_filed_at_home(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("着火了！快来人")

    李娭毑.hears("119", "先按您家3栋2单元喊人", "几栋几单元？")
    李娭毑.hears("已按【危急】通知邻长张师傅")
    张师傅.hears("【危急 0001】3栋2单元着火", "没说地方，先按住址")

    await 李娭毑.says("在6栋")
    张师傅.hears("6栋着火", "“在6栋”")


@pytest.mark.parametrize("said", ["对面那栋着火了", "东门着火了", "5栋着火了"])
async def test_where_any_place_was_told_the_home_is_not_presumed(world: World, said: str) -> None:
    await world["李娭毑"].says(said)

    assert "您家" not in "".join(world.said_in("@li"))


async def test_a_danger_told_again_without_a_place_stays_where_it_was_told(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("7栋着火了")
    await 李娭毑.says("着火了，快来人")

    assert "您家" not in "".join(world.said_in("@li"))
    assert not [text for text in world.said_in("@zhang") if "3栋" in text]


@pytest.mark.parametrize("category", safety.DANGERS)
def test_the_presumed_place_fits_beside_every_advice(category: str) -> None:
    advice = safety.danger("李奶奶", category, safety.presumed("12栋2单元", "几栋几单元"))

    assert len(advice) <= 120
    assert safety.without_where(advice) == safety.danger("李奶奶", category)
