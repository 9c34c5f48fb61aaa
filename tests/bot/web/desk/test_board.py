"""The board counts what the events say, shows each viewer his own range, and lists what it counted."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.benches.archive import fill
from handlers.board.search import search
from handlers.board.view import board_of
from handlers.reporting.books import Place
from handlers.reporting.monthly import monthly_report
from handlers.reporting.scope import Scope, scope_of
from knowledge.community.days.hours import Hours
from knowledge.community.days.month import Month
from knowledge.community.days.zone import ZONE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import Place as House
from knowledge.community.places.places import PlaceKind
from knowledge.store.copying import go_on_counting
from knowledge.store.tally import Tally
from knowledge.store.tickets import by_no
from tests.bot.web.visitor import Visitor

MONTH_END = datetime(2026, 11, 30, 23, 50, tzinfo=ZONE)
GROUP = "g-gh3"
LINKED = re.compile(r'<a[^>]*href="([^"]*/board/rows/[^"]+)"[^>]*>(?:<b>)?(\d+)(?:</b>)?</a>')
LISTED = re.compile(r"<b>(\d{4,})</b>")
COUNTED = re.compile(r'data-name="(\S+)">.*?<b>([^<]+)</b>', re.DOTALL)


async def _fill(stage, count=240):
    """So many requests in three weeks of November, every event of them before its end."""
    hood, end = stage.app.town.hood, MONTH_END - timedelta(days=6)

    def furnish(session):
        fill(session, hood, count, end, 21)
        if session.get_bind().dialect.name == "postgresql":
            go_on_counting(session.connection())

    await stage.app.database.write(furnish)
    stage.app.clock.move_to(MONTH_END)


def _board(stage, tally, now=None):
    """The street's board of thirty days, counted with these rows."""

    def look(session):
        work = stage.app.work(session, "test")
        work.now = now or work.now
        scope = scope_of(work.hood.people["xie"], work.hood)
        assert scope is not None
        return board_of(work, tally, scope, 30)

    return stage.app.look(look)


async def test_every_linked_number_leads_to_as_many_tickets(stage, browser_session):
    await _fill(stage)
    street = Visitor(stage, browser_session, "xie")
    for path in ("/board", "/board?place=gh&days=7", "/board?place=gh-3"):
        page = await street.get(path)
        linked = {html.unescape(link): int(count) for link, count in LINKED.findall(page.text)}
        assert len(linked) > 12, path
        for link, count in linked.items():
            listed = await street.get(link.removeprefix(stage.path("xie")))
            shown = LISTED.findall(listed.text)
            assert f"共 {count} 件" in listed.text, link
            assert len(shown) == len(set(shown)) == min(count, 100), link
            assert listed.text.count("/t/") >= len(shown), link


@pytest.mark.long
async def test_rows_that_were_kept_say_the_same_as_rows_made_anew(stage, li, zhang):
    await _fill(stage)
    kept = Tally()
    before = await _board(stage, kept)
    await li.says(GROUP, "三栋二单元楼道灯坏了")
    await li.says(GROUP, "1")
    middle = await _board(stage, kept)
    await zhang.post("/desk/241/accept")
    await zhang.post("/desk/241/done", {"note": "换了"})
    await li.says(GROUP, "好了")
    for days in (0, 5, 40):  # promises run out, closed tickets fall out of the window
        await stage.app.advance(timedelta(days=days))
        assert await _board(stage, kept) == await _board(stage, Tally()), days
    assert middle.filed == before.filed + 1


async def test_over_a_whole_month_board_and_report_agree(stage):
    await _fill(stage)
    place = Place(stage.app.town.hood, stage.app.calendar, Hours(*stage.app.rules.service_hours))
    report = await stage.app.look(
        lambda session: monthly_report(session, Month(2026, 11), place),
    )
    board = await _board(stage, Tally(), now=report.as_of)
    said = {one.key: (one.above, one.below) for one in report.rates}
    figures = {one.key: one.count for one in report.figures}
    rates = {one.key: (one.above, one.below) for one in board.rates}
    assert board.filed == figures["filed"] == 240
    assert {key: said[key] for key in ("response", "in_time")} == {
        key: rates[key] for key in ("response", "in_time")
    }
    hours = next(one for one in report.tables if one.key == "by_hour")
    assert [row.count for row in hours.rows] == [sum(c.count for c in row) for row in board.heat]


async def test_a_viewer_steps_through_his_own_range_only(stage, browser_session, li):
    await li.says("@li", "桂花园3栋2单元水管爆了")
    street, own, other = (Visitor(stage, browser_session, who) for who in ("xie", "wang", "luo"))
    figures = [
        dict(COUNTED.findall((await who.get("/board")).text)) for who in (street, own, other)
    ]
    assert [one["今天新增"] for one in figures] == ["1", "1", "0"]
    for place in ("yt", "gh", "gh-3"):
        assert (await own.get(f"/board?place={place}")).says('aria-current="page"')
        assert (await other.get(f"/board?place={place}")).status == 404
    for hidden in ("yl", "zy", "nowhere"):
        assert (await own.get(f"/board?place={hidden}")).status == 404
    deep = await street.get("/board?place=gh-3")
    crumbs = re.search(r'<nav class="crumbs".*?</nav>', deep.text, re.DOTALL)
    assert crumbs is not None
    assert re.findall(r">([^<>›\s]+)<", crumbs[0]) == ["云麓街道", "月塘社区", "桂花园小区", "3栋"]
    assert (await other.get("/board/rows/open?place=gh")).status == 404
    assert (await other.get("/board/rows/filed")).status == 404  # nothing of his


async def test_a_private_matter_is_not_told_apart_by_its_building(stage, browser_session, li):
    await li.says("@li", "举报三栋二单元的张三家里天天打小孩")
    await li.says("@li", "1")
    office = Visitor(stage, browser_session, "wang")
    above, below = [
        dict(COUNTED.findall((await office.get(f"/board?place={one}")).text))
        for one in ("gh", "gh-3")
    ]
    assert (above["登记"], below["登记"]) == ("1", "0")
    listed = await office.get("/board/rows/filed?place=gh")
    assert listed.says("不公开的")
    assert not listed.says("打小孩")


async def test_light_or_dark_is_remembered_and_a_leader_has_no_board(chen, li, zhang):
    await chen.post("/board/look?days=7", {"theme": "dark"})
    assert (await chen.get("/board?days=7")).says("theme-dark")
    await chen.post("/board/look", {"theme": "pink"})
    assert (await chen.get("/board")).says("theme-dark")
    for visitor in (li, zhang):
        assert (await visitor.get("/board")).status == 404
        assert (await visitor.get("/board/rows/filed")).status == 404


async def test_what_nobody_has_stands_on_the_board_of_its_place_until_somebody_has_it(
    stage, browser_session, li
):
    street = Visitor(stage, browser_session, "xie")
    await li.says(GROUP, "三栋二单元楼道灯坏了")
    await li.says(GROUP, "1")
    assert 'data-testid="unowned"' not in (await street.get("/board")).text

    def leave(session):
        ticket = by_no(session, 1)
        assert ticket is not None
        ticket.owner_id = None

    await stage.app.database.write(leave)
    for path, there in (("/board", 1), ("/board?place=gh", 1), ("/board?place=gh-1", 0)):
        page = await street.get(path)
        assert page.text.count('data-testid="unowned"') == there, path
        assert ("楼道灯坏了 · 3栋2单元" in page.text) == bool(there), path


async def test_one_is_found_by_its_number_or_by_words_in_ones_own_range_only(
    stage, browser_session, li
):
    for matter in ("楼道灯坏了", "单元门坏了"):
        await li.says("@li", f"3栋2单元{matter}")
        await li.says("@li", "1")
    own, other = (Visitor(stage, browser_session, who) for who in ("wang", "luo"))

    assert (await own.get("/board/search?q=0001")).says("诉求 0001")
    assert (await own.get("/board/search?q=０００１")).says("诉求 0001"), "as some keyboards write"
    for said, found in (
        ("楼道灯", ["0001"]),
        ("3栋 门坏", ["0002"]),
        ("桂花园小区3栋2单元", ["0002", "0001"]),
        ("待受理", ["0002", "0001"]),
        ("0009", []),
        ("100%", []),
    ):
        page = await own.get("/board/search", params={"q": said})
        assert LISTED.findall(page.text) == found, said
        assert page.says("没有找到") is not bool(found)
    for said in ("0001", "楼道灯"):
        page = await other.get("/board/search", params={"q": said})
        assert page.says("没有找到"), said
    assert (await own.get("/board/search?q=%20")).says("今日看板")


async def test_a_list_says_since_when_who_has_it_until_when_and_what_was_not_kept(
    stage, browser_session, li
):
    await li.says("@li", "3栋2单元楼道灯坏了")
    await li.says("@li", "1")
    own = Visitor(stage, browser_session, "wang")
    page = await own.get("/board/search?q=楼道灯")
    assert page.says("登记 · 张师傅 · 时限 今天 21:00")
    zhang = Visitor(stage, browser_session, "zhang")
    await zhang.post("/desk/0001/accept")
    await stage.app.advance(timedelta(days=7))
    assert (await own.get("/board/search?q=楼道灯")).says("已超时，报给")


async def test_words_tell_nothing_to_who_may_read_no_ticket(stage, browser_session, li):
    await li.says("@li", "3栋2单元楼道灯坏了")
    await li.says("@li", "1")
    admin = Visitor(stage, browser_session, "chen")
    for said in ("楼道灯", "3栋2单元", "待受理"):
        page = await admin.get("/board/search", params={"q": said})
        assert page.says("没有找到"), said
        assert "0001" not in page.text


async def test_the_third_house_is_not_the_thirteenth(stage, li):
    await li.says("@li", "3栋2单元楼道灯坏了")
    await li.says("@li", "1")
    thirteenth = Neighbourhood([House("gh-3-2", None, PlaceKind.BUILDING, "13栋")])
    everywhere = Scope(None, (), (), None)
    for said, found in (("3栋", []), ("13栋", [1]), ("栋", [1])):
        look = partial(search, scope=everywhere, hood=thirteenth, said=said, most=9)
        assert await stage.app.look(look) == found, said


async def test_words_do_not_tell_what_a_private_matter_is_about(stage, browser_session, li):
    await li.says("@li", "举报三栋二单元的张三家里天天打小孩")
    await li.says("@li", "1")
    office = Visitor(stage, browser_session, "wang")
    for said in ("打小孩", "3栋2单元", "待受理"):
        page = await office.get("/board/search", params={"q": said})
        assert LISTED.findall(page.text) == [], said
