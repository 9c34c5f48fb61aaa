"""议事 on the page: a neighbour's box, the office's minutes, nobody else's business."""

from __future__ import annotations

from datetime import timedelta

NEW = {"place": "gh", "title": "充电棚装在哪里", "told": "我在3栋502，电话13800001111"}


async def test_the_box_takes_a_topic_and_shows_it_without_a_name_to_those_who_live_there(
    li, zhang, qiao
):
    assert (await li.get("/topics")).says("还没有议题")
    assert (await li.post("/topics", NEW, csrf="wrong")).status == 403
    assert (await li.post("/topics", NEW | {"place": "gh-3"})).says("请选一个地方")
    too_long = await li.post("/topics", NEW | {"title": "长" * 41})
    assert too_long.status == 409
    assert too_long.says("请删去 1 字")
    assert too_long.says("我在3栋502")

    page = await li.post("/topics", NEW)
    assert page.says("我提的")
    neighbours = await zhang.get("/topics")
    assert neighbours.says("待议 1")
    assert neighbours.says("充电棚装在哪里")
    assert not neighbours.says("13800001111")
    assert not neighbours.says("我提的")
    assert not neighbours.count("topic-decide")
    assert not (await qiao.get("/topics")).says("充电棚")


async def test_a_decision_reaches_its_person_and_its_result_everybody(li, zhang, chen, qiao, stage):
    await li.post("/topics", NEW)
    today = stage.app.clock.now().date()
    made = {"held_on": f"{today}", "words": "装在东门", "responsible": "zhang"}
    made |= {"due": f"{today + timedelta(20)}"}
    assert (await chen.get("/topics")).count("topic-open") == 1
    assert (await chen.get("/topics?about=1")).count("topic-decide") == 1
    assert not (await zhang.get("/topics?about=1")).count("topic-decide")
    for nobody in (li, zhang, qiao):
        assert (await nobody.post("/topics/1/decide", made)).status == 404
        assert (await nobody.post("/topics/1/drop", {"reason": "x"})).status == 404
    wrong = await chen.post("/topics/1/decide", made | {"due": "nonsense"})
    assert wrong.status == 409
    assert wrong.says("装在东门")
    decided = await chen.post("/topics/1/decide", made)
    assert decided.says("已定 1")
    await stage.app.settle()
    assert "请您负责：充电棚装在哪里" in (await zhang.chat("@zhang"))[-1][1]

    assert not (await li.get("/topics")).count("topic-finish")
    assert (await li.post("/topics/1/finish", {"result": "好了"})).status == 404
    assert (await zhang.get("/topics")).count("topic-finish") == 1
    assert (await zhang.post("/topics/1/finish", {"result": "装好了"})).says("办完 1")
    done = await li.get("/topics")
    assert done.says("装好了")
    assert done.says("张师傅负责")


async def test_what_is_not_spoken_of_shows_its_reason_to_all_and_its_words_to_its_raiser(
    li, zhang, chen
):
    await li.post("/topics", NEW)
    assert (await chen.post("/topics/1/drop", {"reason": "物业已经在办"})).says("充电棚")
    assert (await li.get("/topics")).says("充电棚")
    others = await zhang.get("/topics")
    assert others.says("不议：物业已经在办")
    assert not others.says("充电棚")
