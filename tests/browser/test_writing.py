"""Writing faster than the network carries it, and choosing more photos than one message holds."""

from __future__ import annotations

import asyncio
import io

from PIL import Image

GROUP = "g-gh3"


async def slow(phone):
    """Let every answer to what is posted come late, as on an old phone far from the mast."""

    async def late(route):
        answer = await route.fetch()
        await asyncio.sleep(0.4)
        await route.fulfill(response=answer)

    await phone.page.route("**/post", late)


async def test_what_is_typed_on_while_the_first_words_travel_is_neither_lost_nor_doubled(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    await slow(li)
    await li.part("composer").fill("第一句")
    await li.part("send").click()
    await li.part("composer").press_sequentially("第二句")
    await li.comes(li.page.locator('[data-from="me"]'))
    await li.shows("document.querySelector('[name=text]').value === '第二句'")
    await li.part("send").click()
    await li.comes(li.page.locator('[data-from="me"]'), 2)
    assert await li.bubbles("me") == ["第一句", "第二句"]


async def test_five_sentences_in_a_breath_with_enter_all_arrive_in_order(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}", width=1440, height=900)
    await slow(li)
    for number in range(5):
        await li.part("composer").press_sequentially(f"第{number}句")
        await li.part("composer").press("Enter")
    await li.shows("!document.querySelector('[name=text]').value")
    await li.comes(li.page.locator('[data-from="me"]'), 5)
    assert await li.bubbles("me") == [f"第{number}句" for number in range(5)]


async def test_of_nine_photos_four_go_now_and_the_page_says_that_five_are_left(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    nine = [
        {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
        for number in range(9)
    ]
    await li.part("photo").set_input_files(nine)
    await li.page.get_by_text("一次最多 4 张，还有 5 张没有放进来").wait_for()
    await li.part("send").click()
    await li.comes(li.page.locator('[data-from="me"] img'), 4)


async def test_at_twice_the_size_the_talk_is_still_seen_above_buttons_and_composer(phone_of):
    li = await phone_of("li", "/chat/@li")
    await li.says("3栋2单元楼道灯坏了")
    await li.presses("对")
    await li.hears("登记好了")
    zhang = await phone_of("zhang", "/desk")
    await zhang.part("task-accept").click()
    await zhang.part("task-done").click()
    await li.presses("好了")
    await li.comes(li.part("quick-reply"), 3)

    await li.page.set_viewport_size({"width": 195, "height": 422})

    assert await li.page.evaluate("document.querySelector('.scroll').clientHeight") > 120
    assert not await li.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    title = await li.page.evaluate(
        "(one => one.scrollHeight - one.parentElement.clientHeight)(document.querySelector('.bar-title'))"
    )
    assert title <= 0, "the heading is not cut off"
    await li.presses("不满意")
    await li.hears("哪里不好，直接告诉我")
