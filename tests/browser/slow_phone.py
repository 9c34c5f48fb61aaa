"""How soon a leader can tap on a slow phone: `python -m tests.browser.slow_phone` (goal: 5 s).

A cold browser with a processor four times slower and a line of 400 kbit/s opens the link of a new
task; the clock runs until 接单 has been pressed and the desk says that it was taken.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

from handlers.messages import ChatRef
from tests.bot.web.stage import on_stage
from tests.browser.conftest import CHROMIUM
from tests.browser.pictures import say

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.bot.web.stage import Stage

SLOWER = 4
BYTES_A_SECOND = 400_000 / 8
DELAY_MS = 150


async def measure(stage: Stage, browser: Browser) -> dict[str, float]:
    """Seconds from opening the link until the button can be tapped, and until the tap has worked."""
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    line = await page.context.new_cdp_session(page)
    await line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await line.send("Network.enable")
    await line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": DELAY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    begun = time.perf_counter()
    await page.goto(stage.home("zhang") + "/t/0001", wait_until="commit")
    button = page.get_by_test_id("task-accept")
    await button.wait_for()
    seen = time.perf_counter() - begun
    await button.click()
    await page.get_by_test_id("task-done").wait_for()
    return {"tappable_s": round(seen, 2), "taken_s": round(time.perf_counter() - begun, 2)}


async def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        async with on_stage(Path(scratch)) as stage, async_playwright() as player:
            await say(
                stage, "slow", ChatRef("web", "g-gh3"), "li", "我家厨房水管爆哒，水往楼下灌！"
            )
            browser = await player.chromium.launch(executable_path=CHROMIUM)
            print(json.dumps(await measure(stage, browser)))  # noqa: T201 -- a command.
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
