"""People and roster: what an administrator changes, who is signed out by it, and the way back."""

from __future__ import annotations

import base64
import re

import aiohttp
import pytest
from sqlalchemy import select

from bot.web.keys import IDENTITIES
from knowledge.community.roster.people import Role
from knowledge.store.audit import first_break
from knowledge.store.roster import load_roster
from knowledge.store.rows.audit import AuditRow
from knowledge.store.rows.web import WebMessageRow
from tests.bot.web.visitor import Visitor

ZHANG = "/admin/people/zhang"


@pytest.fixture
def xie(stage, browser_session):
    """街道: reads the roster, changes nothing."""
    return Visitor(stage, browser_session, "xie")


@pytest.fixture
def peng(stage, browser_session):
    """编辑."""
    return Visitor(stage, browser_session, "peng")


async def link_of(visitor, person):
    page = await visitor.post(f"/admin/people/{person}/link")
    assert page.says("data:image/svg+xml"), "a code for a camera"
    return re.search(r"/in/([0-9a-f]+)<", page.text)[1]


async def enter(stage, phone, token):
    csrf = stage.runner.app[IDENTITIES].stranger().csrf
    async with phone.post(f"{stage.address}/in/{token}", data={"csrf": csrf}) as response:
        return response.status


async def desk(stage, phone):
    async with phone.get(f"{stage.address}/desk") as response:
        return response.status


async def deeds(stage):
    query = select(AuditRow).order_by(AuditRow.id)
    rows = await stage.app.look(lambda session: session.scalars(query).all())
    return [(row.who, row.deed, row.subject) for row in rows]


async def put_back(visitor, stage):
    """Put the newest change back, as its preview says."""
    history = await visitor.get("/admin/roster/history")
    number = re.search(r'data-number="(\d+)"', history.text)[1]
    preview = await visitor.get(f"/admin/roster/history/{number}")
    mark = re.search(r'name="mark" value="(\w+)"', preview.text)[1]
    return await visitor.post(f"/admin/roster/history/{number}", {"mark": mark})


async def test_phones_are_masked_and_who_looked_at_one_is_written_down(chen, xie, stage):
    people = await chen.get("/admin/people?q=张&role=邻长")
    assert people.says('data-id="zhang"')
    assert not people.says('data-id="li"')
    assert not people.says("13800000019")
    assert (await chen.get("/admin/people?place=gh-3-1")).says('data-id="zhang"')
    street = await xie.get(ZHANG)
    assert street.says("138****0019")
    assert street.count("person-log") == 0
    assert (await xie.post(f"{ZHANG}/phone")).status == 404
    assert (await chen.post(f"{ZHANG}/phone")).says("13800000019")
    assert await deeds(stage) == [("chen", "person.phone", "zhang")]


async def test_whoever_loses_a_role_is_signed_out_and_every_change_can_be_put_back(chen, stage):
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as phone:
        assert await enter(stage, phone, await link_of(chen, "zhang")) == 200
        assert await desk(stage, phone) == 200
        spare = await link_of(chen, "zhang")
        before = await stage.app.look(load_roster)
        taken = {"do": "take", "role": "邻长", "places": "gh-3；gh-4"}
        assert (await chen.post(ZHANG, taken)).says("改好了，马上生效")
        assert await desk(stage, phone) == 401, "the session died with the role"
        assert await enter(stage, phone, spare) == 410, "so did the unused address"
        assert not stage.app.town.hood.people["zhang"].has(Role.NEIGHBOUR_LEADER)

        assert (await put_back(chen, stage)).says("导入好了")
        assert await stage.app.look(load_roster) == before
        assert await enter(stage, phone, await link_of(chen, "zhang")) == 200
        await chen.post(ZHANG, {"do": "disable"})
        await chen.post(ZHANG, {"do": "enable"})
        assert await desk(stage, phone) == 401, "who comes back has to sign in again"

    found = await deeds(stage)
    assert [deed for who, deed, subject in found if (who, subject) == ("chen", "zhang")] == [
        *("sign.invite", "sign.invite", "person.take", "sign.invite"),
        *("person.disable", "person.enable"),
    ]
    assert ("zhang", "sign.in", "") in found
    assert ("chen", "roster.back", "") in found


async def test_trusted_roles_are_told_to_the_other_administrators_and_a_forged_line_is_found(
    chen, peng, stage
):
    assert (await chen.post("/admin/people/chen", {"do": "disable"})).status == 409
    wrong = {"do": "give", "role": "邻长", "places": "no-such"}
    assert (await chen.post(ZHANG, wrong)).says("没有这个地点：no-such")
    await chen.post("/admin/people/peng", {"do": "give", "role": "管理员", "places": ""})
    assert (await peng.post("/admin/people/shen", {"do": "give", "role": "管理员"})).status == 200
    await stage.app.settle()
    told = await stage.app.look(
        lambda session: session.scalars(
            select(WebMessageRow.text).where(WebMessageRow.chat_id == "@chen")
        ).all()
    )
    assert any("申会计（shen）现在有了“管理员”，是小彭加的" in text for text in told)

    assert await stage.app.look(first_break) is None

    def forge(session):
        session.scalars(select(AuditRow).where(AuditRow.subject == "peng")).one().who = "xie"

    await stage.app.database.write(forge)
    assert await stage.app.look(first_break) == 1


async def test_one_table_alone_is_previewed_column_by_column_and_the_others_stay(chen, stage):
    old = await stage.app.look(load_roster)
    rows = (stage.app.folder / "roster" / "people.csv").read_text("utf-8-sig").splitlines()
    rows = [row.replace("gh-3；gh-4", "gh-3") for row in rows if not row.startswith("zhou,")]
    table = "\n".join(rows).encode()

    page = await chen.post("/admin/roster", {"file": table}, filename="people.csv")
    assert page.says("张守业（zhang）：角色和范围")
    assert page.says("周德茂（zhou）")
    assert page.says("没有邻长")
    form = dict(re.findall(r'name="(name|packed|mark)" value="([^"]*)"', page.text))
    assert (await chen.post("/admin/roster/confirm", form)).says("导入好了")
    new = await stage.app.look(load_roster)
    assert (new.places, new.chats) == (old.places, old.chats)
    assert {one.id for one in old.people} - {one.id for one in new.people} == {"zhou"}
    estate = stage.app.town.hood.estate("gh-4").id
    missing = await chen.get(f"/admin/roster?estate={estate}")
    assert missing.says("✗ 没有邻长")
    assert missing.says("✓ 张师傅")

    stale = await chen.post("/admin/roster/confirm", form)
    assert stale.says("花名册又有了变化")
    assert (await put_back(chen, stage)).says("导入好了")
    assert await stage.app.look(load_roster) == old
    wrong = table.replace(b"gh-3", b"mars")
    page = await chen.post("/admin/roster", {"file": wrong}, filename="people.csv")
    assert re.search(r"<b>people.csv:\d+ 范围</b> 找不到编号为“mars”", page.text)
    assert "linli-roster-" not in page.text, "a folder of ours that nobody has chosen"
    assert not page.says("<b>places.csv"), "of what was not uploaded nothing needs mending"
    strange = await chen.post("/admin/roster", {"file": table}, filename="人员.csv")
    assert strange.says("CSV 文件要叫 places.csv、people.csv、chats.csv")
    junk = {"name": "三张表.zip", "packed": base64.b64encode(b"PK junk").decode(), "mark": ""}
    assert (await chen.post("/admin/roster/confirm", junk)).says("请重新选一次文件")
