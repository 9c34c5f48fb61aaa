"""Model dialogues in a real browser, on the real application: the stories, and a desk's buttons."""

from __future__ import annotations

import io
import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from tests.bot.web.stage import on_stage

STORIES = Path(__file__).parents[1] / "stories"
TOLD = ("01-policy", "04-repair", "08-leader", "09-reopen")
"""Stories that residents and leaders live through in the pages as well."""
GROUP = "g-gh3"


def photo():
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "#222").save(out, "JPEG")
    return out.getvalue()


def lines_of(story):
    text = (STORIES / f"{story}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


@pytest_asyncio.fixture(loop_scope="session")
async def stage(tmp_path, request):
    """The stories' neighbourhood with its groups in the built-in chat; else the demo's."""
    story = request.node.callspec.params["story"] if hasattr(request.node, "callspec") else None
    if story is None:
        async with on_stage(tmp_path) as found:
            yield found
        return
    pack = tmp_path / "pack"
    shutil.copytree(STORIES / "data", pack)
    chats = pack / "roster" / "chats.csv"
    chats.write_text(chats.read_text("utf-8").replace("replay,", "web,"), "utf-8")
    begin = datetime.fromisoformat(lines_of(story)[0]["at"])
    async with on_stage(tmp_path / "data", at=begin, pack=pack) as found:
        yield found


class Theatre:
    """Plays the lines of a story on people's phones."""

    def __init__(self, stage, phone_of):
        self.stage = stage
        self.phone_of = phone_of
        self.phones = {}
        self.reader = {}

    async def phone(self, person, chat):
        if (person, chat) not in self.phones:
            self.phones[person, chat] = await self.phone_of(person, f"/chat/{chat}")
        if not chat.startswith("@"):
            self.reader[chat] = person
        return self.phones[person, chat]

    async def play(self, line):
        wait = datetime.fromisoformat(line["at"]) - self.stage.app.clock.now()
        if wait.total_seconds() > 0:
            await self.stage.app.settle()
            await self.stage.app.advance(wait)
        await getattr(self, f"play_{line['type']}")(line)

    async def play_advance(self, _line):
        await self.stage.app.settle()

    async def play_message(self, line):
        phone = await self.phone(line["from"], line["chat"])
        before = await phone.page.locator('[data-from="me"]').count()
        for _ in range(max(line.get("images", 0), 1)):
            await phone.says(line["text"], photo() if line.get("images") else None)
        await phone.comes(phone.page.locator('[data-from="me"]'), before + 1)
        await self.stage.app.settle()

    async def play_press(self, line):
        phone = await self.phone(line["from"], line["chat"])
        before = await phone.page.locator('[data-from="me"]').count()
        await phone.page.get_by_role("button", name=line["label"], exact=True).last.click()
        # what was pressed is shown as said, before the next thing is counted
        await phone.comes(phone.page.locator('[data-from="me"]'), before + 1)
        await self.stage.app.settle()

    async def play_assert(self, line):
        chat, words = line.get("chat"), line.get("contains")
        if chat is None or words is None or line.get("count") == 0:
            return
        person = chat[1:] if chat.startswith("@") else self.reader.get(chat, "li")
        await (await self.phone(person, chat)).hears(words)


@pytest.mark.parametrize("story", TOLD)
async def test_a_story_is_told_in_the_pages_as_on_every_channel(story, stage, phone_of):
    theatre = Theatre(stage, phone_of)
    for line in lines_of(story):
        await theatre.play(line)


async def test_a_light_is_repaired_with_buttons_only(phone_of):
    li, zhang = await phone_of("li"), await phone_of("zhang", "/desk")
    await li.opens(GROUP)
    await li.says("三栋二单元楼道灯坏了")
    await li.hears("这样登记，对不对？")
    await li.presses("对")
    await li.hears("登记好了，编号 0001。")
    # the desk shows it by itself, without a reload
    await zhang.comes(zhang.part("task"))
    await zhang.part("task-accept").click()
    await li.hears("张师傅接单了")
    picked = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    await zhang.part("photo").set_input_files(picked)
    await zhang.part("task-done").click()
    await zhang.page.get_by_text("待确认").first.wait_for()
    await li.hears("发来照片 1 张")
    await li.go("/mine")
    await li.page.get_by_text("楼道灯").first.click()
    await li.page.get_by_role("button", name="好了", exact=True).click()
    await li.part("rate").first.click()
    await li.page.get_by_text("评价：满意").wait_for()
