"""更多办法, callbacks, photos and patterns on the pages."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from knowledge.store.rows.tickets import TicketRow
from tests.bot.test_media import picture
from tests.bot.web.visitor import Visitor

GROUP = "g-gh3"


@pytest.fixture
async def taken(li, zhang):
    """Reported by 李娭毑 with a photo, taken by 张师傅."""
    await li.says(GROUP, "三栋二单元楼道灯坏了", photo=picture())
    await li.says(GROUP, "1")
    await zhang.post("/desk/0001/accept")
    await li.stage.app.settle()
    return li


async def test_a_leader_parks_with_the_consent_of_the_office_and_the_office_on_its_own(
    taken, zhang, stage
):
    office = Visitor(stage, zhang.session, "wang")
    page = await zhang.get("/desk/0001/more")
    assert page.says("挂账")
    assert not page.says("吹哨")
    assert (await office.get("/desk/0001/more")).says("吹哨")

    refused = await zhang.post("/desk/0001/more", {"way": "park", "words": "没钱"})
    assert refused.status == 409
    assert refused.says("请写复核的日子和理由")
    asked = await zhang.post("/desk/0001/more", {"way": "park", "words": "两周 等配件"})
    assert asked.says("已接单")
    page = await zhang.get("/desk/0001/more")
    assert page.count("quick-schedule") == 4, "a time is one tap, not a word"
    assert page.says("紧急：马上要人去")
    lane = {"way": "lane", "lead": "P1", "words": "看不见路，有人摔了"}
    assert (await zhang.post("/desk/0001/more", lane)).says("紧急")
    parked = await office.post(
        "/desk/0001/more", {"way": "park", "lead": "两周", "words": "等配件"}
    )
    assert parked.says("挂账")
    assert parked.says("先挂账，到日子再看")
    nonsense = await zhang.post("/desk/0001/more", {"way": "nonsense", "words": "x"})
    assert nonsense.status == 409


async def test_a_step_forward_is_told_from_the_page_and_who_is_there_is_there(taken, zhang):
    assert (await zhang.get("/t/0001")).says("更多办法：报进展")
    empty = await zhang.post("/desk/0001/more", {"way": "note", "words": " "})
    assert empty.status == 409

    told = await zhang.post("/desk/0001/more", {"way": "note", "words": "灯买好了，下午去换"})
    assert told.says("灯买好了，下午去换")
    await taken.stage.app.settle()
    assert any("灯买好了，下午去换" in text for _, text in await taken.chat(GROUP))
    assert (await zhang.post("/desk/0001/more", {"way": "note", "words": "到了"})).says("处置中")


async def test_what_was_written_and_refused_stays_in_its_form(taken, zhang):
    office = Visitor(taken.stage, zhang.session, "wang")
    page = await office.post("/desk/0001/more", {"way": "whistle", "words": "孙悟空 一起看漏点"})
    assert page.status == 409
    assert page.says(">孙悟空 一起看漏点</textarea>")
    merge = await office.post("/desk/0001/more", {"way": "merge", "words": "9999"})
    assert merge.status == 409
    assert merge.says(">9999</textarea>"), "a slip in a number is no missing page"
    lane = await zhang.post("/desk/0001/more", {"way": "lane", "lead": "P1", "words": ""})
    assert lane.says('<option value="P1" selected>')
    long = await zhang.post("/desk/0001/more", {"way": "note", "words": "长" * 201})
    assert long.says("最多 200 字")
    assert long.says("长" * 201), "nothing is cut off unseen"


async def test_before_and_after_stand_side_by_side_and_a_covered_photo_is_gone(
    taken, zhang, qiao, stage
):
    await zhang.post("/desk/0001/done", {"note": "换了新灯", "photo": picture()})
    await stage.app.settle()
    page = await taken.get("/t/0001")
    assert page.count("photos-before") == page.count("photos-after") == 1
    for path in ("/t/0001/photo/0", "/t/0001/after/0"):
        assert (await taken.get(path)).status == 200
        assert (await qiao.get(path)).status == 404
    assert not page.says("遮住这张")

    office = Visitor(stage, zhang.session, "wang")
    assert (await office.get("/t/0001")).says("遮住这张"), "who covers it must see it"
    assert (await office.get("/t/0001/after/0")).status == 200
    asked = await office.get("/t/0001?cover=after0")
    assert asked.says("不能恢复"), "nothing is lost by one tap"
    assert asked.count("cover") == 1
    assert (await office.post("/t/0001/cover", {"of": "after", "nth": "0"})).status == 200
    assert (await taken.get("/t/0001/after/0")).status == 404
    assert (await taken.get("/t/0001/photo/0")).status == 200
    assert (await office.post("/t/0001/cover", {"of": "after", "nth": "0"})).status == 404
    assert (await taken.get("/t/0001")).says("遮住了一张照片")
    assert (await office.post("/t/0001/cover", {"of": "before", "nth": "0"})).status == 200
    chat = await taken.get("/chat/g-gh3")
    assert chat.says("照片遮住或删掉了"), "no broken picture where it was sent"
    assert "/photo/" not in chat.text


async def test_a_neighbours_photo_is_seen_by_who_has_it_and_not_by_the_first_reporter(
    taken, zhang, stage
):
    mei = Visitor(stage, zhang.session, "mei")
    await mei.says(GROUP, "三栋二单元楼道灯坏了", photo=picture())
    await stage.app.settle()

    assert (await zhang.get("/t/0001")).text.count("/photo/") == 4, "two links, two pictures"
    assert (await zhang.get("/t/0001/photo/1")).status == 200
    assert (await taken.get("/t/0001")).text.count("/photo/") == 2
    assert (await taken.get("/t/0001/photo/0")).status == 200
    assert (await taken.get("/t/0001/photo/1")).status == 404
    assert (await mei.get("/t/0001/photo/0")).status == 404


async def test_a_voice_is_heard_by_those_inside_and_ended_by_the_office(
    taken, zhang, qiao, browser_session, stage
):
    app, ogg, amr = stage.app, b"OggS" + bytes(99), b"#!AMR\n" + bytes(99)
    spoken = [await app.media.keep_voice(data, "li") for data in (ogg, amr)]

    def attach(session):
        ticket = session.scalars(select(TicketRow)).one()
        ticket.images = [*ticket.images, *spoken]

    await app.database.write(attach)
    for who in (taken, zhang):
        page = await who.get("/t/0001")
        assert (page.text.count("<audio controls"), page.text.count("download=")) == (1, 1)
        assert page.text.count("/photo/") == 2, "a voice is no photo: one link, one picture"
        heard = await who.get("/t/0001/voice/0")
        assert (heard.status, heard.headers["Content-Type"]) == (200, "audio/ogg")
        assert heard.headers["X-Content-Type-Options"] == "nosniff"
    assert (await zhang.get("/desk")).says("语音 2 段")
    assert (await qiao.get("/t/0001/voice/0")).status == 404

    office = Visitor(stage, browser_session, "wang")
    assert (await office.post("/t/0001/cover", {"of": "voice", "nth": "0"})).status == 200
    assert (await zhang.get("/t/0001/voice/1")).status == 404
    assert app.media.path(spoken[0]) is None
    assert (await zhang.get("/t/0001")).says("删掉了一段语音")


async def test_the_caller_sees_the_call_and_the_phone_and_passes_on_that_it_is_not_good(
    taken, zhang, stage
):
    await zhang.post("/desk/0001/done", {"note": "换了新灯"})
    await stage.app.settle()
    await taken.post("/t/0001", {"answer": "good"})
    await taken.post("/t/0001", {"answer": "不满意"})
    people = [one.id for one in stage.app.town.hood.people.values()]
    callers = [
        Visitor(stage, zhang.session, who)
        for who in people
        if (await Visitor(stage, zhang.session, who).get("/board")).count("callback")
    ]
    assert len(callers) == 1
    page = await callers[0].get("/t/0001")
    assert page.count("call") == 4
    assert page.says("tel:")

    assert (await zhang.post("/t/0001", {"answer": "call:没好"})).status == 404
    after = await callers[0].post("/t/0001", {"answer": "call:没好"})
    assert after.status in (200, 404), "who only calls need not see it any longer"
    assert (await zhang.get("/t/0001")).says("说没好，重新打开")
    assert (await callers[0].get("/board")).count("callback") == 0


async def test_what_keeps_coming_back_stands_on_the_board_until_it_is_arranged(li, zhang, stage):
    office = Visitor(stage, zhang.session, "wang")
    for _ in range(3):
        await li.says(GROUP, "三栋二单元楼道灯坏了")
        await li.says(GROUP, "1")
        no = f"{_ + 1:04d}"
        await zhang.post(f"/desk/{no}/accept")
        await zhang.post(f"/desk/{no}/done", {"note": "换了新灯"})
        await stage.app.settle()
        await li.post(f"/t/{no}", {"answer": "good"})
    board = await office.get("/board")
    assert board.count("finding") == 1
    assert board.says("90 天里 3 件“楼道灯”")
    assert (await li.post("/board/finding/1")).status == 404
    assert (await office.post("/board/finding/1")).count("finding") == 0
    assert (await office.post("/board/finding/1")).status == 404
