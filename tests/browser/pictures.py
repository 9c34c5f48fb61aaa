"""Takes the pictures of README and docs from the running demo: `python -m tests.browser.pictures`."""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import openpyxl
from playwright.async_api import FilePayload, FloatRect, ViewportSize, async_playwright

from bot.benches.archive import fill
from handlers.messages import ChatRef, Event
from knowledge.community.days.zone import ZONE
from knowledge.store.findings import keep_finding
from knowledge.store.rows.web import WebMessageRow
from tests.bot.web.stage import Stage, on_stage
from tests.browser.conftest import CHROMIUM

if TYPE_CHECKING:
    from playwright.async_api import Browser
    from sqlalchemy.orm import Session

FOLDER = Path("docs/screenshots")
EVENING = datetime(2026, 11, 23, 19, 4, tzinfo=ZONE)
GROUP = "g-gh"
CHANGED = "elderly-transit"
NEW = {
    "question": "电动车在哪里充电？",
    "variants": "电瓶车充电\n哪里可以给电动车充电",
    "short": "8 栋旁边的车棚里有充电桩，扫码就能用。楼道和家里不能充。",
    "source": "社区",
}
REQUESTS = 900
PAINTING = 500
"""Milliseconds that a browser may take to paint what is there."""
WALL, HAND = ViewportSize(width=1920, height=1080), ViewportSize(width=390, height=844)
BOARDS: tuple[tuple[str, ViewportSize, Literal["light", "dark"], tuple[str, str]], ...] = (
    ("light", WALL, "light", ("xie", "/board")),
    ("dark", WALL, "dark", ("xie", "/board")),
    ("phone", HAND, "light", ("wang", "/board?place=gh")),
)
TOP = FloatRect(x=0, y=0, width=900, height=740)
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


async def take_office(stage: Stage, browser: Browser) -> None:
    """Take what docs/knowledge.md shows: add, try, import, roll back."""
    page = await browser.new_page(viewport={"width": 900, "height": 1240})
    office = stage.home("chen")
    await page.goto(f"{office}/admin/faq")
    for name, text in NEW.items():
        await page.locator(f"[name={name}]").fill(text)
    await page.locator("#phone").get_by_text(NEW["short"]).wait_for()
    await page.screenshot(path=FOLDER / "knowledge-add.png")
    await page.get_by_test_id("faq-save").click()
    await page.get_by_test_id("faq-try").fill(NEW["question"])
    await page.get_by_test_id("faq-try-result").get_by_text("会直接回答").wait_for()
    await page.screenshot(path=FOLDER / "knowledge-try.png", clip=TOP)

    async with page.expect_download() as download:
        await page.goto(f"{office}/admin/import")
        await page.get_by_test_id("export").click()
    file = edited(await (await download.value).path())
    await page.get_by_test_id("upload").set_input_files(file)
    await page.get_by_test_id("upload-preview").click()
    await page.get_by_test_id("confirm").wait_for()
    await page.screenshot(path=FOLDER / "knowledge-import.png")
    await page.get_by_test_id("confirm").click()
    await page.get_by_test_id("imported").wait_for()
    await page.goto(f"{office}/admin/faq/{CHANGED}/history")
    await page.get_by_test_id("faq-rollback").first.wait_for()
    await page.screenshot(path=FOLDER / "knowledge-rollback.png", clip=TOP)


async def take_board(stage: Stage, browser: Browser) -> None:
    """Take the board of a street with forty days behind it: on a wall, light and dark, in a hand."""
    now, hood = stage.app.clock.now(), stage.app.town.hood
    await stage.app.database.write(lambda session: fill(session, hood, REQUESTS, now, 40))
    await stage.app.database.write(lambda session: keep_findings(session, now))
    for name, size, scheme, page_of in BOARDS:
        page = await browser.new_page(viewport=size, color_scheme=scheme)
        await page.goto(stage.home(page_of[0]) + page_of[1])
        await page.locator("[data-drawn]").nth(2).wait_for()
        await page.wait_for_timeout(PAINTING)
        await page.screenshot(path=FOLDER / f"board-{name}.png")
        await page.close()


def keep_findings(session: Session, now: datetime) -> None:
    """未诉先办, as the clock would have found it."""
    keep_finding(session, "stair-light", "gh-3", ["11", "12", "13"], now)


def edited(path: Path) -> FilePayload:
    """Change an exported table as an editor would: a better answer, a new row, a slip."""
    book = openpyxl.load_workbook(path.open("rb"))
    sheet = book["问答"]
    row = next(cells for cells in sheet.iter_rows(2) if cells[0].value == CHANGED)
    row[4].value = "65 岁以上凭身份证坐公交、地铁不要钱，不用另外办卡。"
    sheet.append([None, "社区", "快递放哪里？", "取快递", "门卫室，晚上 9 点前。", None, "社区"])
    sheet.append([None, "社区", "楼下几点可以装修？", None, "工作日 8:30–17:30。", None, "社区"])
    sheet.cell(sheet.max_row, 10, "明年底")
    file = io.BytesIO()
    book.save(file)
    return {"name": "问答.xlsx", "mimeType": "application/zip", "buffer": file.getvalue()}


async def take_phones(stage: Stage, browser: Browser) -> None:
    """Take the start page in the middle of a story."""
    page = await browser.new_page(viewport={"width": 1440, "height": 960})
    await page.goto(f"{stage.address}/?resident=li&leader=zhang")
    resident = page.frame_locator("[data-testid=phone-resident]")
    await resident.locator(f"[data-testid=chat-item][data-chat={GROUP}]").click()
    await resident.get_by_test_id("message").last.wait_for()
    await page.wait_for_timeout(PAINTING)
    await page.screenshot(path=FOLDER / "three-phones.png")


async def main() -> None:
    """Write the pictures into docs/screenshots; with names behind it only those parts."""
    wanted = sys.argv[1:] or list(PARTS)
    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=CHROMIUM)
        for name in wanted:
            with tempfile.TemporaryDirectory() as scratch:
                async with on_stage(Path(scratch), at=EVENING) as stage:
                    if name != "board":
                        await play(stage)
                    await PARTS[name](stage, browser)
        await browser.close()


PARTS = {"phones": take_phones, "office": take_office, "board": take_board}

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(main())
