"""Takes the pictures of the README from the running demo: `python -m tests.browser.pictures`."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

from handlers.messages import ChatRef, Event
from knowledge.community.zone import ZONE
from knowledge.store.rows.web import WebMessageRow
from tests.bot.web.stage import Stage, on_stage
from tests.browser.conftest import CHROMIUM

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FOLDER = Path("docs/screenshots")
EVENING = datetime(2026, 11, 23, 19, 4, tzinfo=ZONE)
GROUP = "g-gh"
STORY = (
    (GROUP, "li", "@社区小助手 楼道灯又不亮哒，晚上看不清路"),
    (GROUP, "li", "三栋二单元"),
    (GROUP, "li", "1"),
)


async def play(stage: Stage) -> None:
    """Let the evening's story happen."""
    for number, (chat, who, text) in enumerate(STORY):
        await say(stage, f"picture-{number}", ChatRef("web", chat), who, text)


async def say(stage: Stage, event_id: str, chat: ChatRef, who: str, text: str) -> None:
    """Say something in the built-in chat as its page would."""
    app = stage.app
    now = app.clock.now()
    person = app.town.hood.people[who]

    def bubble(session: Session) -> None:
        session.add(
            WebMessageRow(
                key=event_id,
                chat_id=chat.id,
                sender=who,
                name=person.called,
                text=text,
                buttons=[],
                images=[],
                at=now,
            )
        )

    await app.hear(Event("web", event_id, chat, who, now, text=text), bubble)
    await app.settle()


async def main() -> None:
    """Write the pictures into docs/screenshots."""
    with tempfile.TemporaryDirectory() as scratch:
        async with on_stage(Path(scratch), at=EVENING) as stage, async_playwright() as player:
            await play(stage)
            browser = await player.chromium.launch(executable_path=CHROMIUM)
            page = await browser.new_page(viewport={"width": 1440, "height": 960})
            await page.goto(f"{stage.address}/?resident=li&leader=zhang")
            resident = page.frame_locator("[data-testid=phone-resident]")
            await resident.locator(f"[data-testid=chat-item][data-chat={GROUP}]").click()
            await resident.get_by_test_id("message").last.wait_for()
            await page.wait_for_timeout(500)
            await page.screenshot(path=FOLDER / "three-phones.png")
            await browser.close()


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(main())
