"""Coming in by an invite: once, for a while, until it is ended; and who says who is known."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from uuid import uuid4

import aiohttp
import pytest
from sqlalchemy import select

from bot.web.keys import IDENTITIES
from bot.web.reach import REACH
from handlers.actions.people.admitting import MOST_AT_ONCE, MOST_STRANGERS
from handlers.actions.people.invites import LASTS, make_invite, revoke_invite, token_of
from handlers.actions.people.linking import MOST_TRIES, give_code
from handlers.actions.people.recognising import MOST
from handlers.actions.people.rostering import import_folder
from handlers.messages import ChatRef, Event, EventKind
from knowledge.store.base import Model
from knowledge.store.rows.admissions import AdmissionRow, InviteRow
from knowledge.store.rows.dialogues import MenuRow, OptionRow
from knowledge.store.rows.roster import PersonRow
from knowledge.store.rows.web import WebMessageRow
from tests.bot.web.stage import on_stage
from tests.bot.web.visitor import Visitor

UNIT = "gh-3-2"


@pytest.fixture
async def house(tmp_path):
    """No demo: people sign in."""
    async with on_stage(tmp_path, demo=False) as found:
        yield found


async def invited(house, place="gh", most=1, **options):
    def deed(work):
        return token_of(work.session, make_invite(work, "chen", place, most, **options).id)

    return await house.app.act("test", deed)


class Phone:
    """A browser of its own that nobody knows yet."""

    def __init__(self, house, session):
        self.house, self.session = house, session

    async def get(self, path, **options):
        async with self.session.get(self.house.address + path, **options) as answer:
            return answer.status, await answer.text()

    async def joins(self, token, *, name="", phone="", at=UNIT, once=None):
        fields = {
            "csrf": self.house.runner.app[IDENTITIES].stranger().csrf,
            "uuid": once or uuid4().hex,
            "at": at,
            "name": name,
            "phone": phone,
        }
        async with self.session.post(f"{self.house.address}/join/{token}", data=fields) as answer:
            self.landed = answer.url.path
            return answer.status, await answer.text()


@asynccontextmanager
async def phone(house):
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        yield Phone(house, session)


async def came(house):
    def look(session):
        rows = session.scalars(select(AdmissionRow)).all()
        return {session.get_one(PersonRow, row.person_id).name: row.person_id for row in rows}

    return await house.app.look(look)


async def bubbles(house, chat):
    query = select(WebMessageRow.text).where(WebMessageRow.chat_id == chat)
    query = query.order_by(WebMessageRow.id)
    return await house.app.look(lambda session: session.scalars(query).all())


async def presses(house, who, label):
    """Press the newest button of that label in somebody's private chat."""

    def look(session):
        query = select(OptionRow.token).join(MenuRow).where(MenuRow.who == who)
        query = query.where(OptionRow.label == label).order_by(MenuRow.id.desc())
        return session.scalars(query).first()

    event = Event("web", uuid4().hex, ChatRef("web", f"@{who}"), who, house.app.clock.now())
    token = await house.app.look(look)
    await house.app.hear(
        Event(
            event.channel,
            event.event_id,
            event.chat,
            who,
            event.at,
            EventKind.PRESS,
            token=token,
        )
    )
    await house.app.settle()
    await house.app.refresh()


async def test_a_neighbour_picks_the_home_with_buttons_and_stands_in_the_nearest_group(house):
    token = await invited(house, None)
    async with phone(house) as mine:
        at = ""
        for name in ("桂花园小区", "3栋", "2单元"):
            status, page = await mine.get(f"/join/{token}{at}")
            found = re.search(rf'data-testid="pick" href="[^?]*(\?at=[^"]+)">{name}<', page)
            assert status == 200
            assert found, (name, page)
            at = found[1]
        page = (await mine.get(f"/join/{token}{at}"))[1]
        assert "桂花园小区 3栋2单元" in page
        assert "只给办事的人看" in page
        status, page = await mine.joins(token, at=re.findall(r"at=(.*)", at)[0])
        assert (status, mine.landed) == (200, "/chat/g-gh3")
        assert 'data-testid="composer"' in page
        # what was said before is not theirs to read
        assert "各位邻居好" not in page
        assert (await mine.get("/desk"))[0] == 404
        assert (await mine.get("/admin"))[0] == 404
    assert list(await came(house)) == ["3栋2单元邻居"]


async def test_the_leader_of_the_building_says_who_is_known_and_a_stranger_has_to_leave(house):
    token = await invited(house, most=9)
    async with phone(house) as good, phone(house) as bad:
        await good.joins(token, name="陶阿姨")
        await house.app.settle()
        await presses(house, "zhang", "认识")
        await house.app.settle()
        assert "陶阿姨是3栋2单元的邻居" in (await bubbles(house, "@zhang"))[-1]
        await bad.joins(token, name="路过的人")
        await house.app.settle()
        asked = (await bubbles(house, "@zhang"))[-1]
        assert "路过的人扫码加入了3栋2单元" in asked
        assert (await bad.get("/chat"))[0] == 200
        await presses(house, "zhang", "不认识")
        assert (await bad.get("/chat"))[0] == 401
        assert (await good.get("/chat"))[0] == 200


async def test_an_invite_works_once_is_dead_when_ended_or_old_and_says_what_to_do(house):
    spent, ended, old = [await invited(house) for _ in range(3)]
    ended_id = int(ended.split("-")[0])
    await house.app.act("end", lambda work: revoke_invite(work, ended_id))
    async with phone(house) as first, phone(house) as second:
        assert (await first.joins(spent))[0] == 200
        for token, spare in ((spent, False), (ended, False), (old, True)):
            page = (await first.get(f"/join/{token}"))[1]
            assert ("已经在邻里了" in page, "还可以给别人用" in page) == (True, spare)
        for token, why in ((spent, "名额用完了"), (ended, "停用了"), ("7-" + "0" * 32, "再扫一次")):
            for status, page in (await second.get(f"/join/{token}"), await second.joins(token)):
                assert status == 410
                assert why in page
                assert "社区" in page
        house.app.clock.move_to(house.app.clock.now() + LASTS)
        for status, page in (await second.get(f"/join/{old}"), await second.joins(old)):
            assert status == 410
            assert "过期了" in page
    assert len(await came(house)) == 1


async def test_the_same_form_sent_twice_is_one_person_who_gets_in(house):
    token, once = await invited(house), uuid4().hex
    async with phone(house) as lost, phone(house) as again:
        await lost.joins(token, once=once)
        status, _ = await again.joins(token, once=once)  # its first answer never came
        assert (status, again.landed) == (200, "/chat/g-gh3")
    assert len(await came(house)) == 1


REFUSED = (
    ({"name": "社区小助手"}, "办事的人"),
    ({"name": "３栋 網格長"}, "办事的人"),
    ({"name": "张师傅"}, "已经有邻居"),
    ({"name": "3栋张师傅"}, "办事的人"),
    ({"name": "名字长得一行写不下的那位邻居"}, "最多 12 个字"),
    ({"phone": "12345"}, "电话号码不对"),
)


async def test_what_will_not_do_is_said_beside_the_words_and_nobody_gets_in(house):
    token = await invited(house, "gh")
    async with phone(house) as mine:
        for fields, why in REFUSED:
            status, page = await mine.joins(token, **fields)
            assert status == 409
            assert why in page
            assert next(iter(fields.values())) in page
        for at in ("dj-1", "yt", "yl", "no-such", ""):  # an invite leads into its estate only
            assert (await mine.joins(token, at=at))[0] == 404
    assert await came(house) == {}


async def test_a_crowd_is_let_in_slowly_and_three_strangers_end_an_invite(house):
    token = await invited(house, most=100)
    people = []
    for number in range(MOST_AT_ONCE):
        async with phone(house) as mine:
            assert (await mine.joins(token, name=f"甲{number}"))[0] == 200
            people.append(f"甲{number}")
    async with phone(house) as late:
        status, page = await late.joins(token)
        assert status == 429
        assert "过十分钟" in page
    known = await came(house)
    async with phone(house) as office:
        secret = await house.app.act("in", lambda work: _address(work, "chen"))
        await _enter(house, office, secret)
        for name in people[:MOST_STRANGERS]:
            page = (await office.get("/admin/invites"))[1]
            csrf = re.findall(r'name="csrf" value="(\w+)"', page)[0]
            where = f"{house.address}/admin/neighbours/{known[name]}"
            async with office.session.post(where, data={"csrf": csrf, "known": "no"}) as answer:
                assert answer.status == 200
        page = (await office.get("/admin/invites"))[1]
        assert "自动停用" in page
        assert page.count("不认识，已请出去") == MOST_STRANGERS
    await house.app.settle()
    assert "有 3 个邻长说不认识" in (await bubbles(house, "@chen"))[-1]


def _address(work, who):
    from handlers.actions.people.signing import invite

    return invite(work, who)


async def _enter(house, mine, token):
    csrf = house.runner.app[IDENTITIES].stranger().csrf
    async with mine.session.post(f"{house.address}/in/{token}", data={"csrf": csrf}) as answer:
        assert answer.status == 200


async def test_an_import_of_the_roster_leaves_those_who_came_by_themselves(house, tmp_path):
    token = await invited(house)
    async with phone(house) as mine:
        await mine.joins(token, name="陶阿姨")
        people = house.app.folder / "roster" / "people.csv"
        people.write_text(people.read_text("utf-8").replace("王霁云", "王霁月"), "utf-8")
        problems = await house.app.act("import", lambda work: import_folder(work, people.parent))
        assert not [one for one in problems if one.level == "error"]
        await house.app.refresh()
        assert (await mine.get("/chat/g-gh3"))[0] == 200
    person = house.app.town.hood.person((await came(house))["陶阿姨"])
    assert person is not None
    assert person.active


async def test_only_the_admin_makes_prints_and_ends_invites(stage, browser_session, chen, zhang):
    del browser_session
    assert (await zhang.get("/admin/invites")).status == 404
    made = await chen.post("/admin/invites", {"place": "gh", "people": "30", "days": "7"})
    assert made.status == 200
    assert "桂花园小区" in made.text
    assert "先到的 30 位可用" in made.text
    assert "从不要验证码、银行卡号" in made.text
    assert made.says("只有这台电脑能打开")  # this stage stands on loopback only
    picture = await chen.get("/admin/invites/1/code.svg")
    assert picture.text.startswith("<?xml")
    for path in ("/admin/invites/1", "/admin/invites/1/code.svg"):
        assert (await zhang.get(path)).status == 404
    for path in ("/admin/invites/1/end", "/admin/neighbours/li"):
        assert (await zhang.post(path)).status == 404
    assert (await chen.post("/admin/neighbours/li", {"known": "no"})).status == 404
    await chen.post("/admin/invites/1/end")
    row = await stage.app.look(lambda session: session.get_one(InviteRow, 1).revoked_at)
    assert row is not None


async def test_with_the_network_let_in_only_the_machine_itself_plays_the_demo(
    stage, browser_session
):
    li, reach = Visitor(stage, browser_session, "li"), stage.runner.app[REACH]
    reach.lan, reach.address = True, "http://10.0.0.7:8080"
    async with browser_session.get(stage.address) as answer:
        page = await answer.text()
    assert "phone-resident" in page
    assert "用手机扫码加入" in page
    assert (await li.get("/chat")).status == 200
    reach.is_here = lambda _: False  # as from another machine
    async with browser_session.get(stage.address) as answer:
        page = await answer.text()
    assert "phone-resident" not in page
    assert "/as/" not in page
    assert (await li.get("/chat")).status == 404
    csrf = stage.runner.app[IDENTITIES].stranger().csrf
    for path in ("/advance", "/play"):
        async with browser_session.post(stage.address + path, data={"csrf": csrf}) as answer:
            assert answer.status == 404


async def test_who_came_takes_their_data_along_or_erases_them_and_has_left(house):
    token = await invited(house)
    async with phone(house) as mine:
        await mine.joins(token, name="陶阿姨", phone="13812345678")
        csrf = re.findall(r'name="csrf" value="(\w+)"', (await mine.get("/chat/g-gh3"))[1])[0]
        fields = {"csrf": csrf, "uuid": uuid4().hex, "text": "三栋二单元楼道灯坏了，我怕摔"}
        async with mine.session.post(f"{house.address}/chat/g-gh3/post", data=fields):
            await house.app.settle()
        assert "13812345678" in (await mine.get("/mine/data"))[1]
        assert "退出邻里" in (await mine.get("/mine/data?sure=1"))[1]
        text = (await mine.get("/mine/data/export.json"))[1]
        for kept in ("陶阿姨", "13812345678", "3栋2单元", "我怕摔"):
            assert kept in text
        async with mine.session.post(
            f"{house.address}/mine/data/erase", data={"csrf": csrf}
        ) as answer:
            assert "退出了邻里" in await answer.text()
        assert (await mine.get("/chat"))[0] == 401

    def everything(session):
        tables = Model.metadata.sorted_tables
        return [f"{one} {row!r}" for one in tables for row in session.execute(select(one))]

    left = await house.app.look(everything)
    told = ("陶阿姨", "13812345678", "我怕摔")
    assert [row for row in left if any(word in row for word in told)] == []


async def asks(mine, token, **fields):
    csrf = mine.house.runner.app[IDENTITIES].stranger().csrf
    where = f"{mine.house.address}/join/{token}/known"
    async with mine.session.post(where, data={"csrf": csrf, **fields}) as answer:
        mine.landed = answer.url.path
        return answer.status, await answer.text()


async def both_ways(mine, token):
    return (await mine.get(f"/join/{token}/known?at={UNIT}"))[1]


async def test_who_is_in_the_roster_does_not_become_a_second_person_and_is_shown_two_ways_in(house):
    token = await invited(house, most=9)
    phone_of_li = house.app.town.hood.people["li"].phone
    async with phone(house) as mine:
        for fields in ({"phone": f"+86 {phone_of_li}"}, {"name": "李娭毑"}):
            status, page = await mine.joins(token, **fields)
            assert status == 409
            assert "社区早就登记过我" in page
        assert await came(house) == {}
        assert re.search(r"住3栋2单元.*旧手机的网页：", await both_ways(mine, token), re.DOTALL)
        assert (await mine.get("/join/7-no/known"))[0] == 410

        status, page = await asks(mine, token, do="ask", name="李娭毑", at=UNIT)
        assert (status, "当面给您扫" in page) == (200, True)
        await house.app.settle()
        told = (await bubbles(house, "@chen"))[-1]
        assert "“李娭毑”（3栋2单元）扫码时说花名册里早就有自己" in told
        assert "核对是本人" in told
        assert (await asks(mine, token, do="ask", name=" "))[0] == 409
        for _ in range(MOST):
            status, page = await asks(mine, token, do="ask", name="李娭毑")
        assert (status, "过一小时再试" in page) == (409, True)

        def give(work):
            return give_code(work, work.hood.people["li"], ChatRef("replay", "@li"))

        code = re.findall(r"\d{6}", await house.app.act("code", give))[0]
        assert "不对或过期" in (await asks(mine, token, do="code", code="12"))[1]
        status, _ = await asks(mine, token, do="code", code=f"{code[:3]} {code[3:]}")
        assert (status, mine.landed) == (200, "/chat")
        assert "李娭毑" in (await mine.get("/mine/data"))[1]
    async with phone(house) as other:
        for _ in range(MOST_TRIES):  # one of them was said before
            status, page = await asks(other, token, do="code", code=code)
        assert (status, "先停一小时" in page) == (409, True)
        for _ in range(MOST):
            status, page = await other.joins(token, phone=phone_of_li)
        assert (status, "过十分钟" in page) == (429, True)
    assert await came(house) == {}


async def test_who_came_mends_the_name_they_chose_and_the_leader_hears_of_it(house):
    token = await invited(house)
    async with phone(house) as mine:
        await mine.joins(token, name="陶阿夷")
        csrf = re.findall(r'name="csrf" value="(\w+)"', (await mine.get("/chat/g-gh3"))[1])[0]
        fields = {"csrf": csrf, "uuid": uuid4().hex, "text": "大家好"}
        async with mine.session.post(f"{house.address}/chat/g-gh3/post", data=fields):
            await house.app.settle()

        async def becomes(name):
            where, said = f"{house.address}/mine/name", {"csrf": csrf, "name": name}
            async with mine.session.post(where, data=said) as answer:
                return answer.status, await answer.text()

        for name, why in (("张师傅", "已经有邻居"), ("社区主任", "办事的人"), ("长" * 13, "最多")):
            status, page = await becomes(name)
            assert (status, why in page) == (409, True)
        status, page = await becomes("陶阿姨")
        assert (status, "改好了" in page) == (200, True)
        page = (await mine.get("/chat/g-gh3"))[1]
        assert "陶阿姨" in page
        assert "陶阿夷" not in page
        await house.app.settle()
        assert "“陶阿夷”改叫“陶阿姨”" in (await bubbles(house, "@zhang"))[-1]
        await becomes("")
        assert list(await came(house)) == ["3栋2单元邻居"]
        await becomes("甲")
        assert "明天再改" in (await becomes("乙"))[1]


async def test_the_roster_says_how_its_people_are_called(stage, browser_session):
    li = Visitor(stage, browser_session, "li")
    assert (await li.post("/mine/name", {"name": "王主任"})).status == 409
    assert "my-name" not in (await li.get("/mine/data")).text
