"""The month's report on the pages of street and community."""

from __future__ import annotations

import io
import re

import openpyxl

from tests.bot.web.visitor import Visitor

MONTH = "/board/report/2026-11"


async def test_the_board_leads_to_the_report_and_every_number_to_its_tickets(
    stage, browser_session, li
):
    await li.says("@li", "桂花园3栋2单元水管爆了")
    office = Visitor(stage, browser_session, "wang")
    home = stage.path("wang")
    assert f'href="{home}{MONTH}"' in (await office.get("/board")).text
    report = await office.get(MONTH)
    assert report.count("report-rates") == 1
    linked = re.search(r'data-key="filed".*?href="([^"]+)">1</a>', report.text, re.DOTALL)
    assert linked is not None
    numbers = await office.get(linked[1].removeprefix(home))
    assert "0001" in numbers.text
    ticket = re.search(r'href="([^"]+/t/1)"', numbers.text)
    assert ticket is not None
    assert (await office.get(ticket[1].removeprefix(home))).status == 200


async def test_the_workbook_is_handed_out_as_a_file(stage, browser_session, li):
    await li.says("@li", "桂花园3栋2单元水管爆了")
    async with browser_session.get(stage.home("wang") + MONTH + "/workbook") as answer:
        assert 'filename="linli-report-2026-11.xlsx"' in answer.headers["Content-Disposition"]
        book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
    assert "三率" in book.sheetnames


async def test_every_office_finds_the_month_of_its_own_places_and_no_other(
    stage, browser_session, li
):
    await li.says("@li", "桂花园3栋2单元水管爆了")
    hood = stage.app.town.hood
    everywhere = {"xie", "chen"}  # the street and the admin; 罗书记 has another community
    for who in ("xie", "chen", "wang", "luo"):
        office, mine = Visitor(stage, browser_session, who), who != "luo"
        report = await office.get(MONTH)
        name = hood.places[hood.people[who].scopes()[0]].name if who not in everywhere else ""
        assert (f" · {name}</h2>" in report.text) is bool(name)
        assert ('numbers/filed">1</a>' in report.text) is mine
        assert ('data-key="answers"' in report.text) is (who in everywhere)
        assert (await office.get(f"{MONTH}/numbers/filed")).status == (200 if mine else 404)
        async with browser_session.get(stage.home(who) + MONTH + "/workbook") as answer:
            book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
        filed = next(row for row in book["数字"].values if row[1] == "受理总量")
        assert filed[2] == int(mine)


async def test_a_month_goes_on_with_what_happens(stage, browser_session, li):
    office = Visitor(stage, browser_session, "wang")
    for count in (1, 2, 3):
        await li.says("@li", f"桂花园{count}栋1单元水管爆了")
        assert f'numbers/filed">{count}</a>' in (await office.get(MONTH)).text


async def test_a_month_that_is_none_and_a_figure_that_is_none_are_not_there(chen):
    assert (await chen.get("/board/report/2026-13")).status == 404
    assert not (await chen.get(MONTH)).says("下个月</a>"), "nobody walks into months to come"
    ahead = await chen.get("/board/report/2026-12")
    assert ahead.says("这个月到现在还没有动静")
    assert not ahead.says("数据到这一刻为止"), "as if it had begun"
    assert (await chen.get("/board/report/2026-10")).says("下个月</a>")
    assert (await chen.get(f"{MONTH}/numbers/nothing")).status == 404
    assert (await chen.get(f"{MONTH}/numbers/filed")).status == 404  # nothing was filed


async def test_a_leader_and_a_resident_find_no_report(li, zhang):
    for visitor in (li, zhang):
        assert (await visitor.get(MONTH)).status == 404
