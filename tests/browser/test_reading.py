"""Reading and listening: a voice where there is one, days that are named, stories to watch."""

from __future__ import annotations

from datetime import timedelta

from bot.web.keys import PLAY
from bot.web.play import Play
from tests.browser.reach import broken

GROUP = "g-gh3"
QUESTION = "@社区小助手 老人坐公交要钱不"
VOICE = """
window.spoken = [];
const voices = {
  getVoices: () => [{ lang: 'en-US' }, { lang: 'zh-CN' }],
  addEventListener() {}, cancel() {},
  speak(one) { window.spoken.push(one.text); one.onstart(); },
};
Object.defineProperty(window, 'speechSynthesis', { value: voices });
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


async def test_a_voice_reads_what_the_bot_said(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    await li.page.add_init_script(VOICE)
    await li.page.reload()
    await li.says(QUESTION)
    await li.hears("公交")
    button = li.page.get_by_label("读给我听").last
    await button.click()
    bubble = li.page.locator('[data-from="bot"] .bubble').last
    assert await li.page.evaluate("window.spoken") == [await bubble.text_content()]
    assert await button.inner_text() == "停"
    assert (await button.bounding_box() or {})["height"] >= 44
    assert await broken(li.page) == []


async def test_without_a_chinese_voice_no_button_promises_one(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    await li.page.add_init_script(VOICE.replace("zh-CN", "fr-FR"))
    await li.page.reload()
    await li.says(QUESTION)
    await li.hears("公交")
    assert await li.page.get_by_label("读给我听").count() == 0


async def test_after_midnight_an_open_chat_says_what_was_yesterday(stage, phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    await li.says("今天好冷")
    stage.app.clock.move_to(stage.app.clock.now() + timedelta(days=1))
    await li.says("今天更冷")
    await li.page.locator(".time", has_text="昨天 09:05").first.wait_for()


async def test_a_visitor_watches_a_story_on_the_three_phones(stage, phone_of):
    stage.runner.app[PLAY]._reading = 1.0
    assert isinstance(stage.runner.app[PLAY], Play)
    visitor = await phone_of("li", width=1440, height=900)
    await visitor.page.goto(stage.address)
    await visitor.part("play-light").click()
    resident = visitor.page.frame_locator('[data-testid="phone-resident"]')
    leader = visitor.page.frame_locator('[data-testid="phone-leader"]')
    await resident.get_by_text("登记好了").wait_for()
    await leader.get_by_test_id("task").wait_for()
    await visitor.page.get_by_text("演完了").wait_for()
    assert await visitor.part("caption").get_attribute("hx-trigger") is None
    assert not await visitor.sideways()
