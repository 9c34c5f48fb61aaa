"""The size of the text and the script are each reader's own."""

from __future__ import annotations

import pytest

from bot.web.preferences import SIZES, in_traditional


def _size(answer):
    return next((size for size in SIZES if f"text-{size}" in answer.text), None)


async def test_nobody_who_has_not_chosen_gets_another_size_than_the_pages_own(li):
    assert _size(await li.get("/chat")) is None


async def test_one_press_is_one_step_and_is_remembered_on_every_page(li):
    await li.post("/look", {"size": "bigger"})
    for path in ("/chat", "/chat/@li", "/mine", "/look"):
        assert _size(await li.get(path)) == 28


async def test_the_phones_of_a_demo_stay_signed_in(li):
    assert not (await li.get("/look")).count("sign-out")


async def test_the_steps_end_at_17_and_30_pixels(li):
    for _ in range(4):
        await li.post("/look", {"size": "bigger"})
    assert _size(await li.get("/chat")) == 30
    for _ in range(9):
        await li.post("/look", {"size": "smaller"})
    assert _size(await li.get("/chat")) == 17


async def test_the_choice_of_one_person_of_a_demo_is_not_the_others(li, zhang):
    await li.post("/look", {"size": "bigger", "script": "hant"})
    page = await zhang.get("/desk")
    assert _size(page) is None
    assert page.says("我的任务")


async def test_pages_are_traditional_for_who_chose_it(li):
    assert (await li.get("/mine")).says("我的诉求")
    await li.post("/look", {"script": "hant"})
    page = await li.get("/mine")
    assert page.says("我的訴求")
    assert page.says('lang="zh-Hant"')
    await li.post("/look", {"script": "hans"})
    assert (await li.get("/mine")).says("我的诉求")


@pytest.mark.parametrize("language", ["zh-TW,zh;q=0.9", "zh-Hant", "zh-HK"])
async def test_a_traditional_browser_need_not_choose(li, language):
    headers = {"Accept-Language": language}
    assert (await li.get("/mine", headers=headers)).says("我的訴求")
    assert (await li.get("/nothing", headers=headers)).says("沒有找到")


async def test_what_people_wrote_stays_as_they_wrote_it(li):
    await li.says("g-gh3", "范师傅说后天来")
    page = await li.get("/chat/g-gh3", headers={"Accept-Language": "zh-TW"})
    assert page.says("范师傅说后天来")


async def test_forms_send_what_they_always_send(chen, li):
    headers = {"Accept-Language": "zh-TW"}
    page = await chen.get("/admin/faq/elderly-transit", headers=headers)
    plain = await chen.get("/admin/faq/elderly-transit")
    start = plain.text.index('name="short"')
    assert plain.text[start : start + 200].split(">")[1] in page.text


def test_attributes_that_are_read_are_turned_and_others_not():
    page = '<input value="满意" placeholder="说点什么" data-say="@社区小助手 ">个'
    turned = '<input value="满意" placeholder="說點什麼" data-say="@社区小助手 ">個'
    assert in_traditional(page) == turned


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/a b", "/" + "x" * 99])
async def test_the_way_back_never_leads_elsewhere(li, back):
    page = await li.get("/look", params={"back": back})
    assert page.says(f'href="{li.home.removeprefix(li.stage.address)}/chat"')
    assert "evil" not in page.text


@pytest.mark.parametrize("cookie", ["31", "x", ""])
async def test_a_made_up_size_is_no_size(li, cookie):
    page = await li.get("/chat", headers={"Cookie": f"linli_text={cookie}"})
    assert page.status == 200
    assert _size(page) is None
