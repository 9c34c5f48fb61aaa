"""What a page must be for everybody: it fits, breaks no rule of access, and a finger can hit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT

from tests.amount import amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

    from tests.browser.phone import Phone

SCREENS = ((320, 640), (390, 844), (1440, 900))
"""The narrowest first: a page is loaded there and has to stand being made wider."""
LOADED = SCREENS[: amount(1, len(SCREENS))]
"""Screens on which every page is loaded; by LINLI_TEST_FULL all of them."""
OFFICES = SCREENS[1 : amount(2, len(SCREENS))]
"""The same of pages for people at a desk."""
TOUCH = 60
SMALLEST_TOUCH = 44
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
BROKEN = """([rules, colours]) => axe.run({
    runOnly: rules, resultTypes: ['violations'], rules: {'color-contrast': {enabled: colours}},
  }).then(found => found.violations.map(one => [one.id, one.nodes[0].html]))"""
TOO_SMALL = """least => [...document.querySelectorAll('button, a.btn, a.chat-item, a.tab, a.bar-back, a.bar-look, .tool, textarea, select')]
  .filter(one => one.offsetParent && one.getBoundingClientRect().height < least)
  .map(one => one.outerHTML.slice(0, 90))"""


async def broken(page: Page, *, colours: bool = True) -> list[list[str]]:
    """The rules of access that a page breaks as it stands, each with where.

    To look at all its `colours` is most of the work, and no screen changes them.
    """
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    found: list[list[str]] = await page.evaluate(BROKEN, [RULES, colours])
    return found


async def check(phone: Phone, where: str, screens: Sequence[tuple[int, int]] = SCREENS[1:]) -> None:
    """Nothing sideways, nothing broken, nothing too small, on each of the screens; then as before.

    The rules of access are asked of the first and of the widest: between them only lines break.
    """
    page, before = phone.page, phone.page.viewport_size
    elder = await page.evaluate("document.body.classList.contains('elder')")
    for screen in screens:
        await page.set_viewport_size({"width": screen[0], "height": screen[1]})
        assert not await phone.sideways(), (where, screen)
        first, last = screen == screens[0], screen == screens[-1]
        if first or last:
            assert await broken(page, colours=first) == [], (where, screen)
        await phone.draw()
        assert await page.evaluate(TOO_SMALL, TOUCH if elder else SMALLEST_TOUCH) == [], where
    assert before is not None
    await page.set_viewport_size(before)
