"""The chat stays live: nothing lost, doubled or out of order, whatever the network does."""

from __future__ import annotations

import asyncio
import io
import os

import pytest
from PIL import Image

from bot.media import MAX_BYTES
from tests.bot.web.visitor import Visitor

GROUP = "g-gh3"
NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "</textarea><script>alert(1)</script>",
)


async def test_thirty_people_at_once_are_read_in_order_by_pages_of_one_browser(
    stage, phone_of, browser_session
):
    readers = [await phone_of("li", f"/chat/{GROUP}") for _ in range(8)]
    neighbours = [Visitor(stage, browser_session, who) for who in ("zhang", "hu", "huang")]
    speakers = [one for one in neighbours if (await one.get(f"/chat/{GROUP}")).status == 200]
    await asyncio.gather(
        *(
            speakers[number % len(speakers)].post(
                f"/chat/{GROUP}/post", {"text": f"第{number}句", "uuid": f"{number:032x}"}
            )
            for number in range(30)
        )
    )
    for reader in readers:
        await reader.comes(reader.page.locator('[data-from="other"]'), 30)
        ids = await reader.page.locator(".said").evaluate_all("all => all.map(a => +a.dataset.id)")
        assert ids == sorted(set(ids))


async def test_what_was_written_without_network_is_sent_once_when_it_is_back(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    li.expected = ("ERR_INTERNET_DISCONNECTED", "Failed to load", "WebSocket")
    await li.page.context.set_offline(True)
    await li.part("composer").fill("断网时写的话")
    await li.part("send").click()
    await li.page.get_by_text("还没有发出去").wait_for()
    assert await li.part("composer").input_value() == "断网时写的话"
    await li.page.context.set_offline(False)
    await li.part("send").click()
    await li.comes(li.page.locator('[data-from="me"]'))
    assert await li.bubbles("me") == ["断网时写的话"]


async def test_a_message_that_arrived_without_its_answer_is_not_doubled(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    li.expected = ("ERR_FAILED", "Failed to load")
    seen = []

    async def lose_answer(route):
        seen.append(await route.fetch())
        await route.abort()

    await li.page.route("**/post", lose_answer)
    await li.part("composer").fill("只说一遍")
    await li.part("send").click()
    await li.page.get_by_text("不会发重").wait_for()
    await li.page.unroute("**/post")
    await li.part("send").click()
    await li.comes(li.page.locator('[data-from="me"]'))
    assert len(seen) == 1
    assert await li.bubbles("me") == ["只说一遍"]


async def test_a_double_tap_on_send_is_one_message(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    await li.part("composer").fill("点了两下")
    await li.part("send").dblclick()
    await li.comes(li.page.locator('[data-from="me"]'))
    assert await li.bubbles("me") == ["点了两下"]


async def test_markup_is_text_everywhere(phone_of):
    li, zhang = await phone_of("li", f"/chat/{GROUP}"), await phone_of("zhang", f"/chat/{GROUP}")
    for text in NASTY:
        await li.says(text)
    await zhang.comes(zhang.page.locator('[data-from="other"]'), len(NASTY))
    assert await zhang.bubbles("other") == list(NASTY)


async def test_a_photo_that_is_none_is_refused_beside_the_composer(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    li.expected = ("409",)
    fake = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"#!/bin/sh"}
    await li.part("photo").set_input_files(fake)
    await li.part("composer").fill("看这个")
    await li.part("send").click()
    await li.page.get_by_text("不是能打开的照片").wait_for()
    assert await li.part("composer").input_value() == "看这个"


async def test_a_photo_of_many_megabytes_is_made_smaller_and_arrives(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    noise = Image.frombytes("RGB", (2200, 2000), os.urandom(2200 * 2000 * 3))
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert out.tell() > MAX_BYTES
    await li.says("看这里", out.getvalue())
    shown = li.page.locator('[data-from="me"] .picture img')
    await li.comes(shown)
    await li.page.wait_for_function(
        "document.querySelector('[data-from=me] .picture img').naturalWidth === 1600"
    )


@pytest.mark.parametrize("size", [0, 30 * 1024 * 1024])
async def test_words_do_not_go_without_the_photo_before_somebody_says_so(phone_of, tmp_path, size):
    li = await phone_of("li", f"/chat/{GROUP}")
    bad = tmp_path / "a.jpg"
    bad.write_bytes(bytes(size))
    await li.part("photo").set_input_files(bad)
    await li.page.get_by_text("没有放进来").wait_for()
    await li.part("composer").fill("看这里")
    await li.part("send").click()
    await li.page.get_by_text("还没有发").wait_for()
    assert await li.bubbles("me") == []
    await li.page.get_by_text("不发照片了", exact=True).click()
    await li.part("send").click()
    await li.comes(li.page.locator('[data-from="me"]'))
    assert await li.bubbles("me") == ["看这里"]


async def test_everything_works_without_script_except_the_live_update(stage, browser):
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{stage.home('li')}/chat/{GROUP}")
    await page.get_by_test_id("composer").fill("三栋二单元楼道灯坏了")
    await page.get_by_test_id("send").click()
    await stage.app.settle()
    await page.reload()
    await page.get_by_test_id("quick-reply").click()
    await stage.app.settle()
    await page.reload()
    assert await page.get_by_text("登记好了").count() == 1
    await page.goto(f"{stage.home('zhang')}/desk")
    await page.get_by_test_id("task-accept").click()
    await page.get_by_test_id("task-done").click()
    assert await page.get_by_text("待确认").count() >= 1
    await context.close()


async def test_a_double_tap_on_a_bubble_quotes_it(phone_of):
    li, zhang = await phone_of("li", f"/chat/{GROUP}"), await phone_of("zhang", f"/chat/{GROUP}")
    await zhang.says("今晚七点开楼栋会")
    await li.page.get_by_text("今晚七点开楼栋会").dblclick()
    await li.page.get_by_text("引用 张师傅：今晚七点开楼栋会").wait_for()
    await li.says("我来")
    quote = li.page.locator('[data-from="me"] .quote')
    await li.comes(quote)
    assert await quote.inner_text() == "张师傅：今晚七点开楼栋会"
