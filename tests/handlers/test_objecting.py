"""“你说的不对”: heard after an answer, judged by whom it concerns, told to whom it was given."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from handlers.intents.objections import read_objection
from knowledge.community.days.zone import ZONE
from knowledge.store.changes import history, open_objections
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World

ASK = "@社区小助手 我满80了，有么子补贴领不？"
ENTRY = "age-allowance"
OUTRIGHT = (
    "你说的不对",
    "你说的不对，现在是在三楼办",
    "您刚才讲的不对吧",
    "小助手说错了",
    "機器人答錯了，是三樓",
    "你答得不准",
    "你讲错哒",
    "这个地址不对，搬到三楼去了",
    "上面的电话早就改了",
    "答案是旧的，过时了",
    "你这个不对",
)
AFTER_AN_ANSWER = ("不对", "不对，是三楼", "错了，要带户口本", "不是这样的", "现在搬到三楼去了")
OTHERS = (
    "你说的对不对",
    "你没说错",
    "说得好，谢谢",
    "现在几点上班？",
    "楼道灯坏了，不对劲",
    "三栋二单元水管爆了",
    "老年卡怎么办",
)


@pytest.mark.parametrize("text", OUTRIGHT)
def test_these_words_say_outright_that_an_answer_is_wrong(text: str) -> None:
    found = read_objection(text)

    assert found is not None
    assert found.outright


@pytest.mark.parametrize("text", AFTER_AN_ANSWER)
def test_these_words_say_so_only_right_after_an_answer(text: str) -> None:
    found = read_objection(text)

    assert found is not None
    assert not found.outright


@pytest.mark.parametrize("text", OTHERS)
def test_these_words_object_to_nothing(text: str) -> None:
    assert read_objection(text) is None


def test_what_is_right_instead_is_taken_from_behind_the_objection() -> None:
    said = [read_objection(one) for one in ("@小助手 你说的不对，现在是在三楼办", "你说的不对")]

    assert [one.words for one in said if one] == ["现在是在三楼办", "你说的不对"]


async def objected(world: World, words: str = "@社区小助手 你说的不对，现在是在三楼办") -> None:
    await world["周爹爹"].says(ASK, GROUP)
    await world["刘姐"].says(words, GROUP)


async def test_without_an_answer_before_it_nothing_is_objected_to(world: World) -> None:
    await world["刘姐"].says("@社区小助手 你说的不对，现在是在三楼办", GROUP)

    assert await world.looks(open_objections) == []


async def test_between_neighbours_only_the_asker_of_the_answer_is_heard(world: World) -> None:
    await world["周爹爹"].says(ASK, GROUP)
    await world["刘姐"].says("你说的不对", GROUP)
    assert await world.looks(open_objections) == []

    await world["周爹爹"].says("不对，是三楼", GROUP)
    world["周爹爹"].reads("周爹爹，谢谢提醒！已请社区小陈核对，核对好在群里说。")


async def test_an_answer_that_was_right_is_confirmed_where_somebody_doubted_it(
    world: World,
) -> None:
    await objected(world)
    world["小陈"].hears("刘姐说《满80岁有什么补贴？》不对：“现在是在三楼办”", "近 7 天答过 1 次")

    await world["小陈"].presses("没问题")

    world["刘姐"].reads("@刘姐 小陈核对过了", "答案没有错")
    assert await world.looks(open_objections) == []
    await world["周爹爹"].says(ASK, GROUP)
    world["周爹爹"].reads("一楼 2 号窗口")


async def test_a_suspended_answer_is_withheld_until_it_is_mended_and_then_told(
    world: World,
) -> None:
    await objected(world)
    await world["小陈"].says("3")
    world["小陈"].hears("已停用《满80岁有什么补贴？》")
    world["刘姐"].reads("@刘姐 《满80岁有什么补贴？》先不答了")
    await world.app.refresh()
    await world["陈叔"].says(ASK, GROUP)
    world["陈叔"].reads("这条规定正在核实")

    path = world.app.folder / "faq" / "elderly.md"
    text = path.read_text("utf-8")
    assert "状态：停用" in text
    mended = text.replace("状态：停用\n", "").replace(
        "一楼 2 号窗口，工作日", "三楼 5 号窗口，工作日"
    )
    path.write_text(mended, "utf-8")
    await world.app.refresh()
    await world.passes(seconds=1)

    world["周爹爹"].reads(
        "更正《满80岁有什么补贴？》", "三楼 5 号窗口", "周爹爹请留意。谢谢刘姐提醒。"
    )
    told = await world.looks(lambda session: history(session, ENTRY))
    assert [(row.who, row.how) for row in told] == [
        ("", "file"),
        ("xiaochen", "suspend"),
        ("", "found"),
    ]


async def test_a_correction_that_the_night_holds_back_is_overtaken_by_the_next_change(
    world: World,
) -> None:
    await objected(world)
    await world.passes(hours=13)
    path = world.app.folder / "faq" / "elderly.md"
    text = path.read_text("utf-8")
    for floor in ("四", "三"):
        path.write_text(
            text.replace("一楼 2 号窗口，工作日", f"{floor}楼 5 号窗口，工作日"), "utf-8"
        )
        await world.app.refresh()
    await world.passes(hours=12)

    world["周爹爹"].reads("更正", "三楼 5 号窗口", "谢谢刘姐提醒")
    assert not any("四楼" in text for text in world.said_in())


async def test_who_asked_in_several_chats_is_told_once_where_they_asked_last(
    world: World,
) -> None:
    await world["周爹爹"].says(ASK, GROUP)
    await world["李娭毑"].says(ASK, GROUP)
    await world["刘姐"].says("@社区小助手 你说的不对，现在是在三楼办", GROUP)
    for who in ("李娭毑", "刘姐"):
        await world[who].says(ASK)
    path = world.app.folder / "faq" / "elderly.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("一楼 2 号窗口，工作日", "三楼 5 号窗口，工作日"), "utf-8")
    await world.app.refresh()
    await world.passes(seconds=1)

    world["周爹爹"].reads("更正", "周爹爹请留意。谢谢刘姐提醒。")
    world["李娭毑"].hears("更正", "三楼 5 号窗口")
    world["刘姐"].hears_nothing()


async def test_a_correction_that_is_taken_back_in_time_is_not_told(world: World) -> None:
    await objected(world)
    await world.passes(hours=13)
    path = world.app.folder / "faq" / "elderly.md"
    text = path.read_text("utf-8")
    for said in (text.replace("一楼 2 号窗口，工作日", "四楼 2 号窗口，工作日"), text):
        path.write_text(said, "utf-8")
        await world.app.refresh()
    await world.passes(hours=12)

    assert not any("更正" in text for text in world.said_in())
    assert len(await world.looks(open_objections)) == 1


async def test_an_unchanged_answer_that_is_given_again_was_right(world: World) -> None:
    await objected(world)
    await world["小陈"].presses("先停用")
    await world.app.refresh()
    path = world.app.folder / "faq" / "elderly.md"
    path.write_text(path.read_text("utf-8").replace("状态：停用\n", ""), "utf-8")
    await world.app.refresh()
    await world.passes(seconds=1)

    world["刘姐"].reads("答案没有错")
    assert await world.looks(open_objections) == []


async def test_nobody_else_can_judge_and_nothing_can_be_judged_twice(world: World) -> None:
    await objected(world)
    token = world.channel.token(world["小陈"].event().chat, "没问题")
    assert token is not None
    await world["刘姐"].presses(token=token)
    assert len(await world.looks(open_objections)) == 1

    await world["小陈"].presses("没问题")
    await world["小陈"].presses("先停用")
    world["小陈"].hears("这个按钮已经用过")


async def test_who_objects_again_or_too_often_is_thanked_without_another_card(
    world: World,
) -> None:
    await objected(world)
    await world["刘姐"].says("@社区小助手 你说错了", GROUP)

    world["刘姐"].reads("已经在核对了")
    world["小陈"].hears_nothing()


async def test_the_keeper_of_an_answer_is_told_to_change_it(world: World) -> None:
    await world["周爹爹"].says(ASK, GROUP)
    await world["小陈"].says("@社区小助手 你说的不对", GROUP)

    world["小陈"].reads("就是您管的，直接改就行", "/admin/faq/age-allowance")


async def test_whom_an_entry_names_is_asked_and_passes_on_what_only_an_editor_can_do(
    world: World,
) -> None:
    path = world.app.folder / "faq" / "elderly.md"
    path.write_text(path.read_text("utf-8").replace("负责：社区", "负责：王主任", 1), "utf-8")
    await world.app.refresh()
    await objected(world)
    world["刘姐"].reads("已请社区王主任核对")
    world["王主任"].hears("刘姐说《满80岁有什么补贴？》不对", "上次 今天 在文件里改过")

    await world["王主任"].says("1")
    world["王主任"].hears("要编辑来做，已转给小陈")
    world["小陈"].hears("刘姐说《满80岁有什么补贴？》不对")
    await world["小陈"].says("2")
    world["刘姐"].reads("小陈核对过了")


async def test_an_objection_is_about_the_speakers_own_answer_of_just_now(world: World) -> None:
    await world["周爹爹"].says(ASK, GROUP)
    await world["陈叔"].says("@社区小助手 社区几点开门", GROUP)
    await world["周爹爹"].says("@社区小助手 你说的不对", GROUP)

    world["小陈"].hears("《满80岁有什么补贴？》不对")


async def test_a_phone_in_an_objection_is_masked_on_the_card(world: World) -> None:
    await objected(world, "@社区小助手 你说的不对，打13812345678问")

    card = world["小陈"].hears("不对")
    assert "138****5678" in card
    assert "13812345678" not in card


async def test_what_was_answered_to_whom_is_forgotten_after_seven_days(world: World) -> None:
    await world["周爹爹"].says(ASK, GROUP)
    await world["周爹爹"].says("我的数据")
    world["周爹爹"].hears("近 7 天答过您 1 次")
    await world.passes(days=9)

    await world["周爹爹"].says("我的数据")
    assert "近 7 天" not in world["周爹爹"].hears("我这里记着您的")


async def test_the_administrator_is_warned_once_thirty_days_before_an_answer_ends(
    world: World,
) -> None:
    path = world.app.folder / "faq" / "hours.md"
    path.write_text(path.read_text("utf-8").replace("长期", "2027-01-05"), "utf-8")
    await world.app.refresh()

    await world.passes(days=12, hours=14)
    assert world.app.clock.now() == datetime(2026, 12, 5, 23, 0, tzinfo=ZONE)
    assert [one for one in world.said_in("@xiaochen") if "快到期" in one] == []
    await world.passes(hours=34)
    world["小陈"].hears("快到期的问答：\n《社区几点上班？》2027-01-05")
    await world.passes(days=29)
    assert [one for one in world.said_in("@xiaochen") if "快到期" in one] == []


async def test_an_answer_of_a_human_becomes_a_draft_by_one_press(world: World) -> None:
    await world["陈叔"].says("@社区小助手 老屋的证能不能过户给女婿", GROUP)
    await world["王主任"].says("周四上午司法所的同志来，打13812345678问。")
    await world["王主任"].presses("存为草稿")

    world["王主任"].hears("存为草稿了")
    await world.app.refresh()
    (draft,) = world.app.papers.faq.current.drafts.values()
    assert draft.question == "老屋的证能不能过户给女婿"
    assert draft.short == "周四上午司法所的同志来，打138****5678问。"
    assert draft.source == "王主任 2026-11-23 答复"
    assert draft.id not in world.app.papers.faq.current.entries
