"""A neighbour scans the code: nothing to type, nothing to run, and the leader says who they are."""

from __future__ import annotations

import itertools

import pytest_asyncio
from playwright.async_api import expect

from handlers.actions.people.invites import make_invite, token_of
from handlers.actions.people.signing import invite
from tests.bot.web.stage import on_stage
from tests.browser.phone import PATIENCE
from tests.browser.reach import LOADED, SCREENS, TOO_SMALL, TOUCH, broken

HALL = (
    "/join/{token}",
    "/join/{token}?at=gh",
    "/join/{token}?at=gh-3",
    "/join/{token}?at=gh-3-2",
    "/join/{token}/known?at=gh-3-2",
)


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path):
    """No demo: people come in by themselves."""
    async with on_stage(tmp_path, demo=False) as found:
        yield found


async def opens(browser, house, size, *, script=True):
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        base_url=house.address,
        java_script_enabled=script,
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


async def test_a_neighbour_comes_in_without_keyboard_and_script_and_the_leader_knows_them(
    house, browser
):
    token = await house.app.act(
        "invite", lambda work: token_of(work.session, make_invite(work, "chen", None).id)
    )
    page = await opens(browser, house, (320, 640), script=False)
    await page.goto(f"/join/{token}")
    for name in ("桂花园小区", "3栋", "2单元"):
        await page.get_by_test_id("pick").filter(has_text=name).click()
    await page.get_by_test_id("admit").click()
    await page.wait_for_url("**/chat/g-gh3")
    await page.get_by_test_id("composer").fill("大家好，我是新搬来的")
    await page.get_by_test_id("send").click()
    assert await page.get_by_text("大家好，我是新搬来的").count() == 1

    address = await house.app.act("in", lambda work: invite(work, "zhang"))
    leader = await opens(browser, house, (390, 844))
    await leader.goto(f"/in/{address}")
    await leader.get_by_role("button", name="进入邻里").click()
    await leader.goto("/chat/g-gh3")
    badge = leader.locator(".badge", has_text="新来的")
    await badge.wait_for()
    await leader.goto("/chat/@zhang")
    await leader.get_by_test_id("quick-reply").filter(has_text="认识").first.click()
    await leader.get_by_text("3栋2单元邻居是3栋2单元的邻居").wait_for()
    await leader.goto("/chat/g-gh3")
    await expect(badge).to_have_count(0)
    await leader.goto(f"/join/{token}")
    await leader.get_by_text("您已经在邻里了").wait_for()


async def test_the_back_button_leads_from_a_form_that_was_refused_to_a_page(house, browser):
    token = await house.app.act(
        "invite", lambda work: token_of(work.session, make_invite(work, "chen", None).id)
    )
    page = await opens(browser, house, (390, 844))
    await page.goto(f"/join/{token}?at=gh-3-2")
    await page.get_by_test_id("phone").fill("12")
    await page.get_by_test_id("admit").click()
    await page.get_by_role("alert").wait_for()
    await page.get_by_test_id("phone").fill("")
    await page.get_by_test_id("admit").click()
    await page.wait_for_url("**/chat/g-gh3")
    await page.go_back()
    await page.get_by_text("您已经在邻里了").wait_for()


async def test_the_way_in_can_be_read_and_touched_on_every_screen(house, browser):
    token = await house.app.act(
        "invite", lambda work: token_of(work.session, make_invite(work, "chen", None).id)
    )
    page = await opens(browser, house, SCREENS[0])
    paths = [path.format(token=token) for path in (*HALL, "/join/no-such")]
    for loaded, pixels, path in itertools.product(LOADED, ("24", "30"), paths):
        await page.context.add_cookies(
            [{"name": "linli_text", "value": pixels, "url": house.address}]
        )
        for screen in SCREENS[SCREENS.index(loaded) :]:
            await page.set_viewport_size({"width": screen[0], "height": screen[1]})
            if screen == loaded:
                await page.goto(path)
                assert await broken(page) == [], path
            assert await page.evaluate(TOO_SMALL, TOUCH) == [], path
            wide = "document.documentElement.scrollWidth > window.innerWidth"
            assert not await page.evaluate(wide), path
