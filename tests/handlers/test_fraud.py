"""Swindles are seen, and their signs named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.fraud import suspect
from handlers.intents.plain import plain
from tests.handlers.samples import sentences

if TYPE_CHECKING:
    from tests.world import World


@pytest.mark.parametrize("said", sentences("frauds"))
def test_a_swindle_is_suspected(said):
    assert suspect(plain(said)) is not None


@pytest.mark.parametrize("name", ["notfrauds", "chatter", "reports", "emergencies", "services"])
def test_ordinary_words_are_not_suspected(name):
    assert [said for said in sentences(name) if suspect(plain(said))] == []


def test_the_signs_are_named():
    found = suspect(plain("【医保中心】您的医保卡将停用，请点 ybk-xx.top 认证。这是骗子吗？"))
    assert found is not None
    assert found.asked
    assert found.points[:2] == ("陌生链接", "用“停用、冻结、逾期”吓人")


def test_two_words_changed_change_nothing():
    known = "您的社保账户异常，已被冻结，请点击 sb-rz.cc 完成实名认证"
    changed = known.replace("社保", "公积金").replace("冻结", "停用")
    assert suspect(plain(known)) is not None
    assert suspect(plain(changed)) is not None


def test_somebody_robbed_is_told_apart():
    found = suspect(plain("我刚被骗了五千块"))
    assert found is not None
    assert found.robbed


@pytest.mark.parametrize("said", ["去年我被骗过", "听说有人被骗了", "以前上过当"])
def test_an_old_story_is_none(said):
    assert suspect(plain(said)) is None


@pytest.mark.parametrize(
    "said",
    [
        "刚才有人敲门问我银行卡密码",
        "有人上门要看我的存折",
        "有个人打电话来问我验证码",
        "自称医保局的上门要我银行卡",
    ],
)
def test_who_asks_at_the_door_for_a_password_is_a_swindler(said):
    found = suspect(plain(said), called=True)
    assert found is not None
    assert "打听银行卡" in found.points[0]


@pytest.mark.parametrize(
    "said",
    [
        "社区有人上门登记身份证",
        "有人敲门问我单元门密码锁怎么开",
        "快递打电话问我门禁密码是多少",
        "银行卡密码忘了怎么办",
    ],
)
def test_who_asks_for_other_things_is_none(said):
    found = suspect(plain(said), called=True)
    assert found is None or all("打听银行卡" not in point for point in found.points)


def test_a_stolen_account_that_borrows_money_is_a_swindlers():
    found = suspect(plain("我qq被盗了，对方向我妈借钱"), called=True)
    assert found is not None
    assert "自称家人" in found.points[0]


@pytest.mark.parametrize("doubt", ["是不是骗人的咯", "是真的不", "真的是骗子吗？", "會不會是騙子"])
async def test_who_doubts_a_warning_is_warned_again_in_a_sentence(world: World, doubt: str) -> None:
    刘姐 = world["刘姐"]
    await 刘姐.says("公安局打电话说我涉嫌洗钱，要我把钱转到安全账户")
    await 刘姐.says(doubt)

    said = 刘姐.hears("96110")
    assert "\n" not in said
    assert "很像" in said
    world["王主任"].hears_nothing()


async def test_of_what_looked_harmless_it_is_not_said_that_it_is_a_swindle(world: World) -> None:
    刘姐 = world["刘姐"]
    await 刘姐.says("有个电话说送鸡蛋，是不是骗子")
    await 刘姐.says("是不是骗人的咯")

    assert "很像" not in 刘姐.hears("96110")


async def test_another_paste_after_a_warning_is_looked_at_by_itself(world: World) -> None:
    刘姐 = world["刘姐"]
    await 刘姐.says("公安局打电话说我涉嫌洗钱，要我把钱转到安全账户")
    await 刘姐.says("您的医保卡将停用，请点 ybk-xx.top 认证。这是骗子吗？")

    刘姐.hears("可疑之处")


EVIDENT = "这个短信是不是诈骗：您的社保已断缴，请点击链接补缴"


async def test_who_asks_the_neighbours_of_what_shows_itself_is_warned(world: World) -> None:
    await world["刘姐"].says(EVIDENT, "g-hy", addressed=False)

    world["刘姐"].reads("很像骗子", group="g-hy")


@pytest.mark.parametrize("said", ["这是不是诈骗", "有人上门送鸡蛋，是不是骗子"])
async def test_of_what_nobody_can_tell_the_neighbours_are_told_nothing(
    world: World, said: str
) -> None:
    await world["刘姐"].says(said, "g-hy", addressed=False)

    assert world.said_in("g-hy") == []


async def test_who_has_paid_after_a_doubt_can_have_the_neighbour_come_along(world: World) -> None:
    刘姐 = world["刘姐"]
    await 刘姐.says("有个电话说送鸡蛋，是不是骗子")
    await 刘姐.says("我转了两万给他了")
    刘姐.hears("马上打 110 报警", "回复 1，请邻长陪您去派出所")

    await 刘姐.says("1")

    刘姐.hears("编号 0001")
