"""The chat stays live: nothing lost, doubled or out of order, whatever the network does."""

from __future__ import annotations

import asyncio
import os

import aiohttp
import pytest
from PIL import Image
from playwright.async_api import expect

from bot.media import MAX_BYTES
from bot.web.membership import is_member
from tests.bot.web.visitor import Visitor
from tests.browser.phone import PATIENCE

GROUP = "g-gh3"
SPEAKERS = 30
NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "</textarea><script>alert(1)</script>",
)


async def speaks(speaker, number, down, refused):
    """Say it once, again and again until it is taken, as a page does; half of them to nobody."""
    fields = {"text": f"第{number}句", "uuid": f"{number:032x}"}
    if number % 2:
        await down.wait()
    while True:
        try:
            if (await speaker.post(f"/chat/{GROUP}/post", fields)).status == 200:
                return
        except aiohttp.ClientError:
            refused.append(number)
            await asyncio.sleep(0.05)  # nothing tells when the server is back


async def restarts(stage, down, refused):
    """Stop while some are speaking, and begin again when others have found nobody there."""
    await stage.stop()
    down.set()
    while len(set(refused)) < SPEAKERS / 2:  # noqa: ASYNC110 -- the senders tell nobody.
        await asyncio.sleep(0.01)
    await stage.restart()


async def reads_all(page):
    """Whether a page shows thirty others and its own words, each once, in order."""
    await expect(page.locator('[data-from="other"]')).to_have_count(SPEAKERS, timeout=PATIENCE)
    await expect(page.locator('[data-from="me"]')).to_have_count(1, timeout=PATIENCE)
    ids = await page.locator(".said").evaluate_all("all => all.map(a => +a.dataset.id)")
    assert ids == sorted(set(ids))
    texts = await page.locator('[data-from="other"] .bubble').all_inner_texts()
    assert sorted(texts) == sorted(f"第{number}句" for number in range(SPEAKERS))


async def test_over_a_restart_nothing_is_lost_doubled_or_out_of_order_in_twelve_pages(
    stage, browser, browser_session
):
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    pages = [await context.new_page() for _ in range(12)]
    await pages[-1].route_web_socket("**/live", lambda line: line.close())  # it has to poll
    for page in pages:
        await page.goto(f"{stage.home('li')}/chat/{GROUP}")
    hood = stage.app.town.hood
    members = [one for one in hood.people.values() if is_member(one, GROUP, hood)]
    speakers = [Visitor(stage, browser_session, one.id) for one in members if one.id != "li"]
    down, refused = asyncio.Event(), list[int]()
    senders = (
        speaks(speakers[number % len(speakers)], number, down, refused)
        for number in range(SPEAKERS)
    )
    await asyncio.gather(*senders, restarts(stage, down, refused))
    await pages[0].get_by_test_id("composer").fill("我也在")
    await pages[0].get_by_test_id("send").click()
    for page in pages:
        await reads_all(page)
    await context.close()


async def test_what_was_written_without_network_goes_out_once_by_itself_when_it_is_back(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    li.expected = ("ERR_INTERNET_DISCONNECTED", "Failed to load", "WebSocket")
    await li.page.context.set_offline(True)
    await li.part("composer").fill("断网时写的话")
    await li.part("send").click()
    await li.page.get_by_text("还没有发出去").wait_for()
    assert await li.part("composer").input_value() == "断网时写的话"
    await li.page.context.set_offline(False)
    await li.comes(li.page.locator('[data-from="me"]'))
    assert await li.bubbles("me") == ["断网时写的话"]
    assert await li.part("composer").input_value() == ""


async def test_words_outlive_the_back_button_a_reload_and_an_edit_after_a_lost_answer(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    li.expected = ("ERR_FAILED", "Failed to load")
    await li.part("composer").fill("还没写完")
    await li.page.get_by_label("返回消息列表").click()
    await li.opens(GROUP)
    assert await li.part("composer").input_value() == "还没写完"
    await li.page.reload()
    assert await li.part("composer").input_value() == "还没写完"

    losing = [True]  # a route that is taken off while it works would be handled twice

    async def lose_answer(route):
        if not losing:
            await route.continue_()
            return
        await route.fetch()
        await route.abort()

    await li.page.route("**/post", lose_answer)
    await li.page.route("**/after*", lambda route: route.abort() if losing else route.continue_())
    await li.part("send").click()
    await li.page.get_by_text("还没有发出去").wait_for()
    await li.part("composer").fill("还没写完，现在写完了")
    assert not await li.page.locator("#toast").is_visible(), (
        "what was changed does not go by itself"
    )
    losing.clear()
    await li.part("send").click()
    await li.comes(li.page.locator('[data-from="me"]'), 2)
    assert await li.bubbles("me") == ["还没写完", "还没写完，现在写完了"]
    await li.page.reload()
    assert await li.part("composer").input_value() == ""


async def test_a_message_that_arrived_without_its_answer_is_not_doubled(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    li.expected = ("ERR_FAILED", "Failed to load")
    seen, losing = [], [True]

    async def lose_answer(route):
        if not losing:
            await route.continue_()
            return
        seen.append(await route.fetch())
        await route.abort()

    await li.page.route("**/post", lose_answer)
    await li.part("composer").fill("只说一遍")
    await li.part("send").click()
    await li.page.get_by_text("不会发重").wait_for()
    losing.clear()
    await li.comes(li.page.locator('[data-from="me"]'))
    await li.shows("!document.querySelector('[name=text]').value")
    assert seen
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


async def test_a_photo_of_many_megabytes_is_made_smaller_and_arrives(phone_of, tmp_path):
    li = await phone_of("li", f"/chat/{GROUP}")
    noise = Image.frombytes("RGB", (2200, 2000), os.urandom(2200 * 2000 * 3))
    photo = tmp_path / "a.png"
    noise.save(photo, compress_level=0)
    assert photo.stat().st_size > MAX_BYTES
    await li.part("photo").set_input_files(photo)
    await li.says("看这里")
    shown = li.page.locator('[data-from="me"] .picture img')
    await li.comes(shown)
    await li.shows("document.querySelector('[data-from=me] .picture img').naturalWidth === 1600")


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

    async def press(button: str) -> None:
        async with page.expect_navigation():
            await page.get_by_test_id(button).click()
        await stage.app.settle()

    await page.goto(f"{stage.home('li')}/chat/{GROUP}")
    assert not await page.get_by_title("喊社区小助手").is_visible(), (
        "what needs a script is not there"
    )
    assert await page.get_by_test_id("photo").evaluate("one => one.clientWidth") > 100
    await page.get_by_test_id("composer").fill("三栋二单元楼道灯坏了")
    await press("send")
    await page.reload()
    await press("quick-reply")
    await page.reload()
    assert await page.get_by_text("登记好了").count() == 1
    await page.goto(f"{stage.home('zhang')}/desk")
    await press("task-accept")
    await press("task-done")
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


async def test_a_chat_in_which_others_spoke_is_marked_until_it_was_looked_at(phone_of):
    li, zhang = await phone_of("li", f"/chat/{GROUP}"), await phone_of("zhang", f"/chat/{GROUP}")
    await li.page.get_by_label("返回消息列表").click()
    await li.part("chat-list").wait_for()
    mark = li.page.locator(f'[data-chat="{GROUP}"]').get_by_text("新消息")
    assert not await mark.is_visible()
    await zhang.says("今晚七点开楼栋会")
    await mark.wait_for()
    await li.page.reload()
    await mark.wait_for()
    await li.opens(GROUP)
    await li.page.get_by_text("今晚七点开楼栋会").wait_for()
    await li.says("我来")
    await li.page.get_by_label("返回消息列表").click()
    await li.page.get_by_text("李娭毑：我来").wait_for()
    assert not await mark.is_visible()
    await zhang.says("要得")
    await mark.wait_for()


async def test_a_page_behind_another_window_says_in_its_title_that_something_came(phone_of):
    li, zhang = await phone_of("li", f"/chat/{GROUP}"), await phone_of("zhang", f"/chat/{GROUP}")
    title = await li.page.title()
    hide = "Object.defineProperty(document, 'hidden', { value: %s, configurable: true })"
    await li.page.evaluate(hide % "true")
    await zhang.says("今晚七点开楼栋会")
    await li.shows("document.title.startsWith('（新）')")
    await li.page.evaluate(hide % "false")
    await li.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert await li.page.title() == title


async def test_who_reads_further_up_stays_there_is_told_of_news_and_sees_their_own_words(phone_of):
    li, zhang = await phone_of("li", f"/chat/{GROUP}"), await phone_of("zhang", f"/chat/{GROUP}")
    for number in range(12):
        await zhang.says(f"第{number}句")
    await li.page.get_by_text("第11句").wait_for()
    await li.page.evaluate("document.getElementById('talk').scrollTop = -500")
    below = li.page.get_by_role("button", name="有新消息")
    assert not await below.is_visible()
    await zhang.says("上面的人看不到这一句")
    await below.click()
    await li.shows("document.getElementById('talk').scrollTop === 0")
    assert not await below.is_visible()
    await li.page.evaluate("document.getElementById('talk').scrollTop = -500")
    await li.says("我自己的话")
    await li.shows("document.getElementById('talk').scrollTop === 0")
