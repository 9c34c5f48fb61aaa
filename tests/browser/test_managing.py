"""The administrators' office in a real browser: every page on two screens, and keys alone."""

from __future__ import annotations

import pytest
import pytest_asyncio

from handlers.actions.people.changing import set_deputy
from knowledge.store.rows.messages import InboxRow, OutboxRow
from tests.bot.web.stage import MORNING
from tests.browser.reach import OFFICES, check
from tests.browser.test_office import FOCUSED

PAGES = (
    "/admin/roster/history",
    "/admin/roster/history/1",
    "/admin/people",
    "/admin/people/zhang",
    "/admin/silence",
    "/admin/quarantine",
    "/admin/audit",
    "/admin/settings",
)


@pytest_asyncio.fixture(loop_scope="session")
async def lived_in(stage):
    """Something was changed, something was set aside."""
    text = "<img src=x onerror=alert(1)>"

    def happen(work):
        set_deputy(work, "chen", "zhang", "")
        payload = {"text": text}
        common = {"channel": "web", "chat_id": "g-gh"}
        work.session.add(
            InboxRow(
                **common, event_id="q", payload=payload, state="quarantined", received_at=MORNING
            )
        )
        work.session.add(
            OutboxRow(
                **common,
                key="q",
                kind="group",
                text=text,
                buttons=[],
                images=[],
                state="failed",
                not_before=MORNING,
                created_at=MORNING,
                detail=text,
            )
        )

    await stage.app.act("happen", happen)
    await stage.app.refresh()


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize("screen", OFFICES, ids=lambda screen: f"{screen[0]}x{screen[1]}")
async def test_every_page_of_the_administrators_fits_and_can_be_read(phone_of, screen):
    chen = await phone_of("chen", width=screen[0], height=screen[1])
    for path in PAGES:
        await chen.go(path)
        await check(chen, path)
    await chen.go("/admin/channels")
    await chen.part("channel").first.wait_for()
    await check(chen, "channels")
    await chen.go("/admin/people/zhang")
    await chen.part("person-link-make").click()
    code = chen.page.get_by_alt_text("登录地址的二维码")
    assert await code.evaluate("one => one.naturalWidth > 100"), "the code is drawn"
    await check(chen, "link")
    assert (await chen.page.reload()).ok, "the address is gone, the person is there"
    assert chen.page.url.endswith("/admin/people/zhang")
    await chen.go("/admin/backups")
    await chen.part("backup-now").click()
    await chen.part("backup").wait_for()
    await chen.page.get_by_text("读回来核对过").first.wait_for()
    await check(chen, "backups")
    await chen.go("/admin/settings")
    await chen.page.locator("summary").first.click()
    await chen.page.get_by_text("[bot]\nname").first.wait_for()


class Keys:
    """Somebody without a mouse."""

    def __init__(self, phone):
        self.phone = phone
        self.keys = phone.page.keyboard

    async def reaches(self, words, *typed):
        """Tab until what has the focus says so, and shows it; then type, or press Enter."""
        for _ in range(90):
            await self.keys.press("Tab")
            if words in await self.phone.page.evaluate(FOCUSED):
                break
        else:
            raise AssertionError(words)
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert await self.phone.page.evaluate(outline) != "none", words
        for text in typed:
            await (self.keys.press(text) if text.isascii() else self.keys.type(text))
        if not typed:
            await self.keys.press("Enter")


@pytest.mark.usefixtures("lived_in")
async def test_an_administrator_needs_no_mouse(phone_of, stage):
    chen = await phone_of("chen", "/admin", width=1440, height=900)
    keys = Keys(chen)

    def roles():
        return {role.value for role in stage.app.town.hood.people["zhang"].roles}

    await keys.reaches("管理")
    await chen.part("coverage-map").wait_for()
    await keys.reaches("人员")
    await chen.part("person-row").first.wait_for()
    await keys.reaches("找人", "张师傅", "Enter")
    await chen.comes(chen.part("person-row"))
    await keys.reaches("张师傅")
    await chen.part("person-role").first.wait_for()
    await keys.reaches("加一个角色", "ArrowDown", "ArrowDown")
    await keys.reaches("管哪里", *"gh-w1", "Enter")
    await chen.page.get_by_text("改好了，马上生效").wait_for()
    assert "组长" in roles()
    await keys.reaches("看看最近一次改动，放回去")
    await chen.part("preview").wait_for()
    await keys.reaches("确认放回")
    await chen.part("imported").wait_for()
    assert "组长" not in roles()
    await keys.reaches("隔离")
    await chen.comes(chen.part("aside"), 2)
    await keys.reaches("不再处理，因为", "看过了")
    await keys.reaches("不再处理")
    await chen.comes(chen.part("aside"), 1)
    await keys.reaches("记录")
    await chen.part("audit-row").filter(has_text="不再处理").get_by_text("看过了").wait_for()
