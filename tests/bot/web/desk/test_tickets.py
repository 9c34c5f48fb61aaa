"""A ticket's page: for those whom it concerns, with what they may know."""

from __future__ import annotations

import re

import pytest

from tests.bot.test_media import picture
from tests.bot.web.visitor import Visitor

GROUP = "g-gh3"
PHONE = "13800000045"
DOOR = "402"


@pytest.fixture
async def finished(li, zhang):
    """Reported by 李娭毑, taken and finished by 张师傅."""
    await li.says(GROUP, "三栋二单元楼道灯坏了")
    await li.says(GROUP, "1")
    for step in ("accept", "done"):
        await zhang.post(f"/desk/0001/{step}", {"note": "换了新灯"} if step == "done" else None)
        await li.stage.app.settle()
    return li


@pytest.fixture
def office(stage, browser_session):
    """社区: 王主任 answers for several estates."""
    return Visitor(stage, browser_session, "wang")


async def test_phone_and_door_are_for_the_assigned_chain_only(finished, zhang, stage):
    leader = await zhang.get("/t/0001")
    assert leader.says(f"tel:{PHONE}")
    assert leader.says(DOOR)
    supervisor = await Visitor(stage, zhang.session, "wang").get("/t/0001")
    assert supervisor.status == 200
    for page in (await finished.get("/t/0001"), supervisor, await finished.get("/mine")):
        assert not page.says(PHONE)


async def test_the_history_is_told_in_words(finished):
    page = await finished.get("/t/0001")
    assert page.says("张师傅接单了")
    assert page.says("张师傅说办好了，等居民确认")
    assert page.says("换了新灯")


@pytest.mark.parametrize("path", ["/t/0001", "/t/0001/photo/0"])
async def test_to_others_it_looks_like_a_missing_one(finished, qiao, path):
    assert (await qiao.get(path)).status == 404
    assert (await qiao.get(path)).text == (await qiao.get(path.replace("0001", "0002"))).text


async def test_the_resident_confirms_and_rates(finished):
    page = await finished.post("/t/0001", {"answer": "good"})
    assert page.says("办结·居民确认")
    assert page.count("rate") == 3
    rated = await finished.post("/t/0001", {"answer": "满意"})
    assert rated.says("评价：满意")


async def test_not_good_opens_it_again_with_the_residents_words(finished, zhang):
    page = await finished.post("/t/0001", {"answer": "bad", "words": "亮一下又熄了"})
    assert page.says("说没好，重新打开")
    assert page.says("亮一下又熄了")
    assert (await zhang.get("/desk")).count("task-done") == 1


async def test_nobody_else_can_answer_for_the_resident(finished, zhang, qiao):
    for other in (zhang, qiao):
        for answer in ("good", "bad", "满意", "urge", "nonsense"):
            assert (await other.post("/t/0001", {"answer": answer})).status == 404
    assert (await finished.get("/t/0001")).says("待确认")


async def test_what_the_state_does_not_allow_is_said(finished):
    page = await finished.post("/t/0001", {"answer": "满意"})
    assert page.status == 409
    assert page.says("这一步做不了")


async def test_what_was_confirmed_and_broke_again_is_opened_again_on_its_page(finished, zhang):
    closed = await finished.post("/t/0001", {"answer": "good"})
    assert closed.count("reopen") == 1
    again = await finished.post("/t/0001", {"answer": "bad", "words": "又不亮了"})
    assert again.says("说没好，重新打开")
    assert again.count("reopen") == 0
    assert (await zhang.get("/desk")).count("task-done") == 1


async def test_the_office_opens_it_again_only_with_what_the_resident_said(finished, office):
    await finished.post("/t/0001", {"answer": "good"})
    refused = await office.post("/t/0001", {"answer": "bad", "words": " "})
    assert refused.status == 409
    assert refused.says("哪里没好")
    assert (await office.post("/t/0001", {"answer": "bad", "words": "又黑了"})).says("重新打开")


async def test_the_office_reads_which_estate_and_comes_back_to_its_board(finished, office):
    page = await office.get("/t/0001")
    assert page.says("<dd>桂花园小区3栋2单元</dd>")
    assert re.search(r'class="bar-back" href="[^"]*/board"', page.text)
    assert (await finished.get("/t/0001")).says("<dd>3栋2单元</dd>")


async def test_the_office_passes_on_what_others_hold_and_reads_how_it_stands(li, zhang, office):
    await li.says(GROUP, "三栋二单元楼道灯坏了")
    await li.says(GROUP, "1")
    await zhang.post("/desk/0001/accept")
    assert (await office.get("/t/0001")).count("task-transfer") == 1
    assert (await zhang.get("/t/0001")).count("task-transfer") == 1
    page = await office.post("/desk/0001/transfer", {"person": "hu"})
    assert page.says("诉求 0001")
    assert page.says("转给胡姨")


async def test_the_history_names_the_one_into_which_it_was_merged(li, office):
    for matter in ("楼道灯坏了", "单元门坏了"):
        await li.says("@li", f"3栋2单元{matter}")
        await li.says("@li", "1")
    page = await office.post("/desk/0002/more", {"way": "merge", "words": "1"})
    assert page.says("王主任把这件并到 0001 一起办")


async def test_a_resident_is_not_sent_to_tasks_by_a_link_of_somebody_elses(finished, stage):
    page = await Visitor(stage, finished.session, "gu").get("/t/0001")
    assert page.status == 404
    assert page.says("请发“进度”看您报过的事")


async def test_my_requests_are_listed(finished, zhang):
    assert (await finished.get("/mine")).says("楼道灯")
    assert not (await zhang.get("/mine")).says("楼道灯")


async def test_who_has_rated_is_shown_the_rating_and_not_asked_again(finished):
    await finished.says(GROUP, "好了")
    await finished.says(GROUP, "满意")
    page = await finished.get("/t/0001")
    assert page.says("评分：满意")
    assert page.count("rate") == 0


async def test_opened_again_and_finished_it_can_be_rated_anew(finished, zhang):
    await finished.post("/t/0001", {"answer": "good"})
    await finished.post("/t/0001", {"answer": "满意"})
    await finished.post("/t/0001", {"answer": "bad", "words": "又熄了"})
    await zhang.post("/desk/0001/done", {"note": "换了线"})
    page = await finished.post("/t/0001", {"answer": "good"})
    assert page.count("rate") == 3


async def test_a_neighbour_and_a_supervisor_read_no_phone_and_only_who_may_cover_a_photo_sees_it(
    stage, li, zhang
):
    told = "三栋二单元水管爆裂，水往楼下灌！我家501，电话13812345678"
    await li.says(GROUP, told, photo=picture())
    neighbour = Visitor(stage, zhang.session, "mei")
    await neighbour.says(GROUP, "三栋二单元水管爆裂，水往楼下灌！")

    for inside in (li, zhang):
        page = await inside.get("/t/0001")
        assert page.says("13812345678")
        assert (await inside.get("/t/0001/photo/0")).status == 200
    for other in (neighbour, Visitor(stage, zhang.session, "wang")):
        page = await other.get("/t/0001")
        assert page.status == 200
        assert page.says("138****5678")
        assert not page.says("我家501")
        may_cover = other is not neighbour
        assert page.says("/photo/") == may_cover
        assert (await other.get("/t/0001/photo/0")).status == (200 if may_cover else 404)
