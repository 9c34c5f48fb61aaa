"""The editors' office in a real browser: mend what a resident objects to, roll back, keys alone."""

from __future__ import annotations

import pytest
import pytest_asyncio

from tests.browser.reach import OFFICES, check

GROUP = "g-gh"
ENTRY = "/admin/faq/elderly-transit"
FOCUSED = """(one => one.matches('main, body') ? '' : (one.labels?.[0] || one).textContent)
  (document.activeElement)"""
"""What has the focus calls itself."""


@pytest_asyncio.fixture(loop_scope="session")
async def objected(phone_of):
    """Somebody got an answer and somebody else says that it is wrong."""
    li = await phone_of("li", f"/chat/{GROUP}")
    await li.says("@社区小助手 老人坐公交要钱不")
    await li.hears("核对）")
    huang = await phone_of("huang", f"/chat/{GROUP}")
    await huang.says("@社区小助手 你说的不对，现在要年审")
    await huang.hears("谢谢提醒！已请社区小陈核对")
    return li


@pytest.mark.parametrize("screen", OFFICES, ids=lambda screen: f"{screen[0]}x{screen[1]}")
async def test_an_objection_is_mended_tried_told_and_taken_back(phone_of, objected, screen, stage):
    chen = await phone_of("chen", "/chat/@chen", width=screen[0], height=screen[1])
    await chen.hears("不对：“现在要年审”", "近 7 天答过 1 次")
    await chen.presses("去修改")
    await chen.hears("保存后，我去告诉")

    await chen.go("/admin?only=objected")
    await check(chen, "list")
    await chen.part("faq-row").click()
    await chen.part("objection").filter(has_text="现在要年审").wait_for()
    await check(chen, "editor")
    short = chen.page.locator("textarea[name=short]")
    await short.fill("坐公交不要钱，卡一年审一次。")
    await chen.page.locator("#phone").get_by_text("街坊，坐公交不要钱").wait_for()
    await chen.page.get_by_text("14 / 120 字").wait_for()
    await chen.part("faq-try").fill("老人坐公交要钱不")
    result = chen.part("faq-try-result")
    await result.get_by_text("会直接回答").wait_for()
    await result.get_by_text("坐公交不要钱，卡一年审一次。").wait_for()
    await chen.part("faq-save").click()
    await chen.page.get_by_text("已保存，马上生效。").wait_for()
    await stage.app.settle()
    await objected.hears("更正", "卡一年审一次", "谢谢黄组长提醒")

    await chen.page.get_by_role("link", name="改动记录").click()
    await check(chen, "history")
    await chen.part("faq-change").first.get_by_text("小陈").wait_for()
    await chen.part("faq-rollback").click()
    await chen.page.get_by_text("已保存，马上生效。").wait_for()
    assert "满 65 周岁坐公交" in await short.input_value()


@pytest.mark.parametrize("screen", OFFICES, ids=lambda screen: f"{screen[0]}x{screen[1]}")
async def test_what_nobody_could_answer_is_grouped_settled_and_put_back(phone_of, screen, stage):
    li = await phone_of("li", "/chat/@li")
    for text in ("老屋的证能不能过户给女婿", "女婿想过户老屋的证", "月球上能不能种辣椒"):
        await li.says(text)
        await li.hears("问-000")
    await stage.app.settle()
    chen = await phone_of("chen", "/admin/unanswered", width=screen[0], height=screen[1])
    await chen.comes(chen.part("unanswered-row"), 2)
    await check(chen, "unanswered")
    await chen.part("unanswered-row").filter(has_text="辣椒").get_by_text("不是问题").click()
    await chen.comes(chen.part("settled-row"), 1)
    await check(chen, "settled")
    await chen.part("settled-row").get_by_text("撤销，放回去").click()
    await chen.comes(chen.part("unanswered-row"), 2)

    await chen.part("unanswered-row").filter(has_text="女婿").get_by_text("写答案").click()
    wordings = await chen.page.locator("textarea[name=variants]").input_value()
    question = await chen.page.locator("input[name=question]").input_value()
    assert {question, wordings} == {"老屋的证能不能过户给女婿", "女婿想过户老屋的证"}
    await chen.page.locator("textarea[name=short]").fill("周四上午到社区当面问。")
    await chen.part("faq-save").click()
    await chen.page.get_by_text("已保存，马上生效。").wait_for()
    await chen.go("/admin/unanswered")
    await chen.comes(chen.part("unanswered-row"), 1)


async def test_an_answer_of_a_human_is_one_tap_from_a_draft_and_a_second_from_residents(phone_of):
    li = await phone_of("li", "/chat/@li")
    await li.says("老屋的证能不能过户给女婿")
    await li.hears("问-0001")
    wang = await phone_of("wang", "/chat/@wang")
    await wang.hears("【待答 问-0001】")
    await wang.says("周四上午到社区当面问。")
    await wang.hears("要存成常见问题吗")
    await wang.presses("存为草稿")
    await wang.hears("存为草稿了")

    chen = await phone_of("chen", "/admin/waiting")
    while not await chen.part("faq-draft").count():  # read by the next heartbeat
        await chen.go("/admin/waiting")
    await check(chen, "waiting")
    await chen.part("faq-draft").get_by_text("核对过了，发布").click()
    await chen.comes(chen.part("faq-draft"), 0)
    await li.says("老屋的证能过户给女婿不")
    await li.hears("周四上午到社区当面问。", "王主任")


async def test_the_whole_office_can_be_used_with_keys_alone(phone_of):
    chen = await phone_of("chen", "/admin", width=1440, height=900)

    async def reach(words):
        """Tab until what has the focus says so; what has it must show it."""
        for _ in range(90):
            await chen.page.keyboard.press("Tab")
            if words in await chen.page.evaluate(FOCUSED):
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                assert await chen.page.evaluate(outline) != "none", words
                return
        raise AssertionError(words)

    await reach("老人多大年纪坐公交")
    await chen.page.keyboard.press("Enter")
    await chen.part("faq-editor").wait_for()
    await reach("先显示的答案")
    await chen.page.keyboard.press("Control+A")
    await chen.page.keyboard.type("改在三楼办。")
    await reach("保存，马上生效")
    await chen.page.keyboard.press("Enter")
    await chen.page.get_by_text("已保存，马上生效。").wait_for()
    await reach("改动记录")
    await chen.page.keyboard.press("Enter")
    await chen.page.wait_for_url("**/history")
    await reach("看这一版全文")
    await chen.page.keyboard.press("Enter")
    await chen.page.locator("details[open]").wait_for()
    await reach("退回到第 1 版")
    await chen.page.keyboard.press("Enter")
    await chen.page.get_by_text("已保存，马上生效。").wait_for()
    await reach("试一试")
    await chen.page.keyboard.type("老人坐公交要钱不")
    await chen.part("faq-try-result").get_by_text("会直接回答").wait_for()
