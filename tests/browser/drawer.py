"""Browser contexts that lie ready, wiped: a new one costs twice the processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext


class Drawer:
    """Gives out contexts and takes them back; those that lie here are as new for the next person."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[BrowserContext] = []

    async def take(self) -> BrowserContext:
        """A context without cookies, stores and pages but one, which keeps its process alive."""
        if self._free:
            return self._free.pop()
        context = await self._browser.new_context()
        await context.new_page()
        return context

    async def lay_back(self, context: BrowserContext, origin: str) -> None:
        """Wipe what was done with a context at an address, and keep it for the next one."""
        kept, *pages = context.pages
        for page in pages:
            await page.close()
        await context.clear_cookies()
        await context.set_offline(offline=False)
        line = await context.new_cdp_session(kept)
        everything = {"origin": origin, "storageTypes": "all"}
        await line.send("Storage.clearDataForOrigin", everything)
        await line.detach()
        self._free.append(context)

    async def close_others(self) -> None:
        """Close the contexts that somebody made beside those from here."""
        for context in self._browser.contexts:
            if context not in self._free:
                await context.close()
