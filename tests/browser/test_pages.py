"""Every page on every screen: nothing foreign, nothing sideways, nothing that cannot be read."""

from __future__ import annotations

import pytest
import pytest_asyncio

from handlers.actions.notices.progress import on_their_way
from handlers.actions.notices.rounds import pause
from handlers.actions.notices.sending import send_now
from handlers.actions.people.invites import make_invite
from handlers.actions.topics import raise_topic
from knowledge.community.notices.notice_folder import read_notices
from knowledge.community.notices.posting import proof_code
from tests.bot.web.stage import MORNING
from tests.browser.reach import LOADED, SCREENS, check

GROUP = "g-gh3"
RESIDENT = (
    "/chat",
    f"/chat/{GROUP}",
    "/chat/@li",
    "/mine",
    "/topics",
    "/mine/data",
    "/mine/data?sure=1",
    "/t/0001",
    "/look",
    "/nothing",
)
LEADER = (
    "/desk",
    "/desk/0001/transfer",
    "/desk/0001/notmine",
    "/desk/0001/more",
    "/desk/building",
    "/desk/leave",
    "/t/0001",
    "/chat/@zhang",
)
OFFICE = (
    "/admin",
    "/admin/faq/elderly-transit",
    "/admin/unanswered",
    "/admin/import",
    "/admin/roster",
    "/admin/invites",
    "/admin/invites/1",
    "/topics?about=1",
    "/notices",
    "/notices/fire-bedtime",
    "/notices/fire-bedtime/send",
    "/notices/fire-bedtime/edit",
    "/notices/new",
    "/notices/fire-bedtime/history",
    f"/notices/fire-bedtime/rounds/{proof_code('fire-bedtime', MORNING)}/correct",
    "/board",
    "/board?place=gh",
    "/board/rows/filed",
)
MANAGED = (
    "/admin/roster/history",
    "/admin/people",
    "/admin/people/zhang",
    "/admin/channels",
    "/admin/silence",
    "/admin/quarantine",
    "/admin/audit",
    "/admin/settings",
    "/admin/backups",
    "/admin/waiting",
    "/admin/faq/elderly-transit/history",
)
REPORT = "/board/report/2026-11"
PAGES = [
    *(("li", path) for path in RESIDENT),
    *(("zhang", path) for path in LEADER),
    *(("chen", path) for path in OFFICE),
    ("xie", REPORT),
]


@pytest_asyncio.fixture(loop_scope="session")
async def lived_in(stage, phone_of):
    """Something has been said and reported, an invite hangs in the hall, a notice is halted."""
    li = await phone_of("li", f"/chat/{GROUP}")
    await li.says("三栋二单元楼道灯坏了")
    await li.hears("这样登记，对不对？")
    await li.says("1")
    await li.hears("登记好了")
    await stage.app.act("topic", lambda work: raise_topic(work, "li", "gh", "充电棚装在哪里"))
    await stage.app.act("invite", lambda work: make_invite(work, "chen", "gh"))
    await stage.app.act("halted", _halted)
    return phone_of


def _halted(work):
    shelf = read_notices(work.rules.faq_folder.parent / "notices")[0]
    send_now(work, next(one for one in shelf if one.id == "fire-bedtime"), "chen")
    pause(work, on_their_way(work.session)[0].round.code, "chen")


def test_chinese_can_be_written_here(chinese_fonts):
    assert chinese_fonts, "没有中文字体：apt-get install fonts-wqy-microhei"


@pytest.mark.parametrize("loaded", LOADED, ids=lambda screen: f"{screen[0]}x{screen[1]}")
async def test_no_page_scrolls_sideways_breaks_a_rule_of_access_or_is_hard_to_touch(
    lived_in, loaded
):
    phones = {}
    for person, path in PAGES:
        if person not in phones:
            phones[person] = await lived_in(person, width=loaded[0], height=loaded[1])
        phone = phones[person]
        phone.expected = ("404",)
        await phone.go(path)
        await check(phone, path, SCREENS[SCREENS.index(loaded) :])
        if person == "li":
            size = await phone.page.evaluate("getComputedStyle(document.body).fontSize")
            assert size == "24px", path


async def test_thirty_pixels_on_the_narrowest_screen_still_fit(lived_in, stage):
    phones = {}
    for person, path in (*PAGES, *(("chen", path) for path in MANAGED)):
        if person not in phones:
            phones[person] = await lived_in(person, width=320, height=640)
            big = {"name": "linli_text", "value": "30", "url": stage.address}
            await phones[person].page.context.add_cookies([big])
        phone = phones[person]
        phone.expected = ("404",)
        await phone.go(path)
        size = await phone.page.evaluate("getComputedStyle(document.body).fontSize")
        assert size == "30px", path
        assert not await phone.sideways(), path


async def test_the_start_page_shows_three_living_phones_and_lets_time_pass(stage, phone_of):
    visitor = await phone_of("li", width=1440, height=900)
    await visitor.page.goto(stage.address)
    assert not await visitor.sideways()
    resident = visitor.page.frame_locator('[data-testid="phone-resident"]')
    await resident.get_by_test_id("chat-item").first.click()
    await resident.get_by_test_id("composer").fill("三栋二单元楼道灯坏了")
    await resident.get_by_test_id("send").click()
    await resident.get_by_text("这样登记，对不对？").wait_for()
    await resident.get_by_test_id("quick-reply").click()
    leader = visitor.page.frame_locator('[data-testid="phone-leader"]')
    await leader.get_by_test_id("task-accept").wait_for()
    office = visitor.page.frame_locator('[data-testid="phone-admin"]')
    await office.get_by_test_id("faq-try").fill("老人坐公交要钱不")
    await office.get_by_test_id("faq-try-result").wait_for()
    await visitor.part("advance-hour").click()
    await visitor.page.get_by_text("10:05").wait_for()
