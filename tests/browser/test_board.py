"""The board on a wall and in a hand: drawn under the strict policy, live, dark, by keyboard."""

from __future__ import annotations

from playwright.async_api import expect

from bot.benches.archive import fill
from tests.browser.reach import broken

GROUP = "g-gh3"
PAINTED = """() => [...document.querySelectorAll('[data-drawn] canvas')].map(one => {
  const dots = one.getContext('2d').getImageData(0, 0, one.width, one.height).data;
  return new Set(new Uint32Array(dots.buffer)).size > 3; })"""


async def test_the_board_draws_its_tables_follows_what_happens_and_can_be_dark(stage, phone_of):
    app = stage.app
    await app.database.write(lambda session: fill(session, app.town.hood, 200, app.clock.now(), 20))
    office = await phone_of("xie", width=1920, height=1080)
    page = office.page
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await office.go("/board")
        await page.locator("[data-drawn]").nth(3).wait_for()
        await office.shows(f"({PAINTED})().every(Boolean)")
        assert await broken(page) == [], scheme
    told = await page.locator(".chart-daily .told").text_content()
    drawn = page.locator(".chart-daily [role=img]")
    assert await drawn.get_attribute("aria-label") == f"每天登记，其中已办好的。{told}"
    today = office.part("board-figure").filter(has_text="今天新增").locator("b")
    before = int(await today.inner_text())
    li = await phone_of("li", f"/chat/{GROUP}")
    await li.says("我家厨房水管爆哒，水往楼下灌！")
    await expect(today).to_have_text(str(before + 1))
    await office.shows(f"({PAINTED})().every(Boolean)")
    assert not await office.sideways()

    await page.locator("[data-place=yt] th a").focus()
    await page.keyboard.press("Enter")
    await page.locator(".crumbs b", has_text="月塘社区").wait_for()
    await page.get_by_role("button", name="亮").press("Enter")
    await page.locator("body.theme-light .crumbs b", has_text="月塘社区").wait_for()
    await page.locator("[data-key=open] a").press("Enter")
    await office.part("board-rows").locator("a").first.press("Enter")
    await page.get_by_text("经过", exact=True).wait_for()
