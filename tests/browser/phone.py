"""A person's phone in a real browser, which writes down whatever goes wrong on it."""

from __future__ import annotations

import asyncio
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests import patience

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, Request

    from tests.bot.web.stage import Stage

PICTURES = os.environ.get("LINLI_PICTURES", "")
"""The folder into which every page is drawn that a rule of access is asked of; "" = nowhere."""
PATIENCE = 1000 * patience.PATIENCE
"""Milliseconds to wait for something that should come at once, on a busy machine."""
SIDEWAYS = """document.documentElement.scrollWidth > window.innerWidth ||
  [...document.querySelectorAll('.scroll *')].some(one => !one.closest('.aside') && one.getClientRects().length
    && (one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1))"""
OWN_SCHEMES = ("data:", "blob:")


@dataclass
class Phone:
    """One page of one person; `troubles` are console errors, foreign requests and dialogs."""

    page: Page
    stage: Stage
    person: str
    troubles: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    """Parts of console errors that this test causes on purpose."""

    @classmethod
    async def open(
        cls, context: BrowserContext, stage: Stage, person: str, size: tuple[int, int]
    ) -> Phone:
        page = await context.new_page()
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        page.set_default_timeout(PATIENCE)
        phone = cls(page, stage, person)
        page.on("console", phone._note_console)
        page.on("pageerror", lambda error: phone.troubles.append(f"error {error}"))
        page.on("request", phone._note_request)
        page.on("dialog", lambda dialog: phone.troubles.append(f"dialog {dialog.message}"))
        return phone

    def _note_console(self, message: ConsoleMessage) -> None:
        text = message.text
        if message.type in ("error", "warning") and not any(one in text for one in self.expected):
            self.troubles.append(f"console {text}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.stage.address, *OWN_SCHEMES)):
            self.troubles.append(f"foreign {request.url}")

    async def go(self, path: str) -> None:
        await self.page.goto(self.stage.home(self.person) + path)

    async def draw(self) -> None:
        """Keep a picture of the whole page for somebody to look at."""
        if PICTURES:
            path = self.page.url.removeprefix(self.stage.home(self.person))
            size = await self.page.evaluate("innerWidth")
            name = re.sub(r"\W+", "-", path).strip("-")
            picture = Path(PICTURES) / f"{name}-{self.person}-{size}.png"
            await self.page.screenshot(path=picture, full_page=True)

    def part(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    async def opens(self, chat: str) -> None:
        """Tap a chat in the list."""
        await self.page.locator(f'[data-testid="chat-item"][data-chat="{chat}"]').click()

    async def says(self, text: str, photo: bytes | None = None) -> None:
        if photo is not None:
            picked = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo}
            await self.part("photo").set_input_files(picked)  # type: ignore[arg-type]
        await self.part("composer").fill(text)
        await self.part("send").click()
        if text:
            mine = self.page.locator('[data-from="me"]').last
            await mine.get_by_text(text, exact=True).wait_for()

    async def hears(self, *words: str) -> str:
        """Wait for a message of the bot that holds all these words and return it."""
        found = self.page.locator('[data-from="bot"]')
        for word in words:
            found = found.filter(has_text=word)
        await found.last.wait_for()
        return await found.last.inner_text()

    async def presses(self, label: str) -> None:
        """Tap a quick reply."""
        await self.part("quick-reply").filter(has_text=label).click()

    async def bubbles(self, origin: str) -> list[str]:
        return await self.page.locator(f'[data-from="{origin}"] .bubble').all_inner_texts()

    async def sideways(self) -> bool:
        """Whether the page is wider than the screen, or something is cut off at its edge."""
        return bool(await self.page.evaluate(SIDEWAYS))

    async def comes(self, locator: Locator, count: int = 1) -> None:
        """Wait until the page shows that many."""
        await expect(locator).to_have_count(count, timeout=PATIENCE)

    async def shows(self, script: str) -> None:
        """Wait until the script gives something true; the page's own waiting is against its policy."""
        async with asyncio.timeout(PATIENCE / 1000):
            while not await self.page.evaluate(script):  # noqa: ASYNC110 -- the page tells nobody.
                await asyncio.sleep(0.05)
