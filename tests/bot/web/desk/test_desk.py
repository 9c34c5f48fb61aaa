"""The leader's desk: tasks taken, passed on, handed back and finished with a finger."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from bot.benches.archive import fill
from knowledge.store.rows.notices import SendingRow
from tests.bot.web.visitor import Visitor

GROUP = "g-gh3"


@pytest.fixture
async def reported(li):
    """李娭毑 has reported the light: task 0001 of 张师傅."""
    await li.says(GROUP, "三栋二单元楼道灯坏了")
    await li.says(GROUP, "1")
    return li


async def _presses(visitor, path, fields=None):
    answer = await visitor.post(path, fields)
    await visitor.stage.app.settle()
    return answer


async def test_a_new_task_stands_under_new_with_its_choices(reported, zhang):
    desk = await zhang.get("/desk")
    assert desk.count("task") == 1
    assert desk.says("新任务")
    assert (desk.count("task-accept"), desk.count("task-transfer")) == (1, 1)
    assert (desk.count("task-notmine"), desk.count("task-done")) == (1, 0)


async def test_one_tap_takes_it_and_the_resident_hears(reported, zhang):
    desk = await _presses(zhang, "/desk/0001/accept")
    assert desk.says("在办")
    assert (desk.count("task-accept"), desk.count("task-done")) == (0, 1)
    assert any("张师傅接单了" in text for _, text in await reported.chat(GROUP))


async def test_a_second_tap_changes_nothing_and_says_so(reported, zhang):
    await _presses(zhang, "/desk/0001/accept")
    again = await _presses(zhang, "/desk/0001/accept")
    assert again.status == 409
    assert again.says("已经在您手上了")
    told = [text for _, text in await reported.chat(GROUP) if "张师傅接单了" in text]
    assert len(told) == 1


async def test_finishing_with_note_and_photo_asks_the_resident(reported, zhang):
    await _presses(zhang, "/desk/0001/accept")
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#fff").save(out, "PNG")
    fields = {"note": "换了新灯", "photo": out.getvalue()}
    desk = await _presses(zhang, "/desk/0001/done", fields)
    assert desk.says("待确认")
    assert any("说修好了" in text for _, text in await reported.chat(GROUP))
    ticket = await reported.get("/t/0001")
    assert ticket.says("换了新灯")


async def test_a_photo_that_is_none_is_refused_and_the_task_stays(reported, zhang):
    await _presses(zhang, "/desk/0001/accept")
    refused = await _presses(zhang, "/desk/0001/done", {"photo": b"#!/bin/sh"})
    assert refused.says("不是能打开的照片")
    assert (await zhang.get("/desk")).count("task-done") == 1


async def test_passing_on_offers_the_nearest_people(reported, zhang, stage):
    page = await zhang.get("/desk/0001/transfer")
    assert page.says("邻长 胡姨")
    await _presses(zhang, "/desk/0001/transfer", {"person": "hu"})
    assert (await zhang.get("/desk")).count("task") == 0
    assert (await Visitor(stage, zhang.session, "hu").get("/desk")).count("task") == 1


async def test_passing_on_to_nobody_is_said_on_the_desk(reported, zhang):
    refused = await _presses(zhang, "/desk/0001/transfer", {"person": "nobody"})
    assert refused.status == 409
    assert refused.says("没有找到")


async def test_handing_back_asks_for_a_reason_and_goes_up(reported, zhang):
    page = await zhang.get("/desk/0001/notmine")
    assert page.says("不是我这片的")
    await _presses(zhang, "/desk/0001/notmine", {"reason": "不是我这片的"})
    assert (await zhang.get("/desk")).count("task-accept") == 0


async def test_what_is_late_stands_first(reported, zhang, stage):
    await stage.app.advance(timedelta(hours=13))
    desk = await zhang.get("/desk")
    assert desk.says("超时")
    assert desk.says("已超时，报给组长了")


@pytest.mark.parametrize("step", ["accept", "transfer", "notmine", "done"])
async def test_somebody_elses_task_looks_like_a_missing_one(reported, qiao, li, step):
    foreign = await qiao.post(f"/desk/0001/{step}", {"person": "qiao"})
    missing = await qiao.post(f"/desk/0999/{step}", {"person": "qiao"})
    assert foreign.text.replace("0001", "") == missing.text.replace("0999", "")
    assert (await qiao.get("/desk")).count("task") == 0
    assert (await li.post(f"/desk/0001/{step}")).status == 404


async def test_a_resident_has_no_desk(li):
    assert (await li.get("/desk")).status == 404


async def test_a_photo_that_cannot_be_taken_is_said_beside_the_note_which_stays(li, zhang):
    await li.says("g-gh3", "三栋二单元楼道灯坏了")
    await li.says("g-gh3", "1")
    await zhang.post("/desk/0001/accept")
    refused = await zhang.post("/desk/0001/done", {"note": "换了新灯", "photo": b"#!/bin/sh"})
    assert refused.status == 409
    assert refused.says("不是能打开的照片")
    assert refused.says(">换了新灯</textarea>")
    assert refused.count("task-done") == 1


async def test_a_leader_sees_who_has_not_said_received_and_a_neighbour_leader_elsewhere_does_not(
    stage, li, zhang, qiao
):
    def send(session):
        session.add(
            SendingRow(
                id=1,
                notice_id="fire-bedtime",
                planned=stage.app.clock.now(),
                channel="web",
                chat_id=GROUP,
                status="send",
                at=stage.app.clock.now(),
                title="睡前三关",
                asks_receipt=True,
            )
        )

    await stage.app.database.write(send)
    before = await zhang.get("/desk/building")
    missing = before.text.split('data-testid="not-answered"')[1].split("</article>")[0]
    assert "李娭毑" in missing
    await li.says(GROUP, "收到")
    after = await zhang.get("/desk/building")
    assert after.count("neighbour") == before.count("neighbour") - 1
    assert after.says("李娭毑")  # still in the list of the people
    assert not (await qiao.get("/desk/building")).says("李娭毑")
    for who in (li, Visitor(stage, li.session, "wang")):
        assert (await who.get("/desk/building")).status == 404


async def test_leave_hands_on_what_is_in_hand_and_ends_again(reported, zhang, stage):
    gone = await _presses(zhang, "/desk/leave", {"days": "3"})
    assert gone.says("任务先派给胡姨，手上的 1 件也转过去了")
    assert (await Visitor(stage, zhang.session, "hu").get("/desk")).count("task") == 1
    assert (await _presses(zhang, "/desk/leave", {"days": "0"})).says("您回来了")
    assert "zhang" not in stage.app.town.away(stage.app.clock.now())


async def test_a_desk_with_very_much_shows_the_first_and_says_how_many_more(stage, zhang):
    now = stage.app.clock.now()
    await stage.app.database.write(
        lambda session: fill(session, stage.app.town.hood, 15_000, now, 60)
    )
    desk = await zhang.get("/desk")
    more = re.search(r"还有 (\d+) 件", desk.text)
    assert more is not None
    shown = desk.count("task")
    every = (await zhang.get("/desk?all=1")).count("task")
    assert shown < every
    counts = [int(one) for one in re.findall(r'class="count">(\d+)<', desk.text)]
    assert sum(counts) == every
