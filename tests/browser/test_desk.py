"""A leader's way through the desk with nothing but a keyboard, and with nothing but a finger."""

from __future__ import annotations

import asyncio

GROUP = "g-gh3"
FURTHEST = 40


async def _reaches(phone, testid):
    """Press Tab until the part with that name is in focus."""
    for _ in range(FURTHEST):
        await phone.page.keyboard.press("Tab")
        focused = "document.activeElement.dataset.testid || document.activeElement.name || ''"
        if await phone.page.evaluate(focused) == testid:
            return
    raise AssertionError(testid)


async def test_a_task_is_taken_noted_and_finished_by_keyboard_alone(phone_of):
    li = await phone_of("li", f"/chat/{GROUP}")
    await li.says("三栋二单元楼道灯坏了")
    await li.hears("这样登记，对不对？")
    await li.says("1")
    await li.hears("登记好了")
    zhang = await phone_of("zhang", "/t/0001")
    assert await zhang.page.locator("a[href^='tel:']").count() == 1
    assert "桂花园小区3栋" in await zhang.part("map-text").inner_text()
    await _reaches(zhang, "task-accept")
    await zhang.page.keyboard.press("Enter")
    await zhang.page.locator(".doing").wait_for()
    zhang.expected = ("409",)
    script = {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": b"<script>alert(1)</script>"}
    await zhang.part("photo").set_input_files(script)
    await zhang.part("task-done").click()
    await zhang.page.get_by_role("alert").wait_for()
    assert (await zhang.page.reload()).ok, "what was refused stands where it can be looked at again"
    await _reaches(zhang, "note")
    await zhang.page.keyboard.type("换了新灯")
    await _reaches(zhang, "photo")
    await _reaches(zhang, "task-done")
    await zhang.page.keyboard.press("Enter")
    await zhang.page.locator(".confirm").wait_for()
    await li.hears("修好了")


async def test_a_leader_sees_his_people_calls_them_and_goes_on_leave_with_two_taps(phone_of):
    zhang = await phone_of("zhang", "/desk", width=320, height=640)
    await zhang.part("desk-building").click()
    await zhang.part("neighbour").filter(has_text="李娭毑").locator("a[href^='tel:']").wait_for()
    assert not await zhang.sideways()
    await zhang.page.get_by_label("返回任务").click()
    await zhang.part("desk-leave").click()
    await zhang.part("leave").filter(has_text="3 天").click()
    told = await zhang.part("leave-told").inner_text()
    assert "任务先派给胡姨" in told
    await zhang.part("leave-end").click()
    await zhang.page.get_by_text("您回来了").wait_for()
    assert not await zhang.sideways()


async def test_a_note_that_was_begun_is_kept_when_the_next_task_comes(phone_of):
    li, zhang = await phone_of("li", "/chat/@li"), await phone_of("zhang", "/chat")
    await li.says("3栋2单元楼道灯坏了")
    await li.presses("对")
    await li.hears("登记好了")
    await zhang.page.clock.install()
    await zhang.go("/desk")
    await zhang.part("task-accept").click()
    note = zhang.page.locator("#note-1")
    await note.fill("灯买好了，下午")
    await zhang.page.locator(".bar-title").click()

    await li.says("3栋2单元下水道堵了")
    await li.hears("编号 0002")
    await zhang.page.clock.run_for(60_000)
    await zhang.comes(zhang.part("task"), 2)
    assert await note.input_value() == "灯买好了，下午"


async def test_two_taps_on_a_slow_line_are_one_deed_and_no_reproach(phone_of):
    li, zhang = await phone_of("li", "/chat/@li"), await phone_of("zhang", "/desk")
    await li.says("3栋2单元楼道灯坏了")
    await li.presses("对")
    await li.hears("登记好了")
    sent = []

    async def late(route):
        sent.append(route.request.url.rpartition("/")[2])
        await asyncio.sleep(0.5)
        await route.continue_()

    await zhang.page.route("**/desk/0001/*", late)
    for button in ("task-accept", "task-done"):
        await zhang.part(button).dblclick()
        await zhang.comes(zhang.part(button), 0)
    assert sent == ["accept", "done"]
    assert await zhang.page.get_by_role("alert").count() == 0
