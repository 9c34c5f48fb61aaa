"""Saying something: one bubble and one event, whatever the network does."""

from __future__ import annotations

import asyncio
import io

import aiohttp
import pytest
from PIL import Image

GROUP = "g-gh3"


def photo(width=300, height=200):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#555").save(out, "JPEG")
    return out.getvalue()


async def test_what_is_said_stands_in_the_chat_and_is_answered(li):
    answer = await li.says(GROUP, "@社区小助手 三栋二单元楼道灯坏了")
    assert answer.status == 200
    said = await li.chat(GROUP)
    assert ("me", "@社区小助手 三栋二单元楼道灯坏了") in said
    assert said[-1][0] == "bot"
    assert "楼道灯" in said[-1][1]


async def test_others_see_it_as_somebody_elses(li, zhang):
    await li.says(GROUP, "今天好冷")
    assert ("other", "今天好冷") in await zhang.chat(GROUP)


async def test_a_double_click_is_one_message(li):
    await asyncio.gather(*(li.says(GROUP, "楼道灯坏了", once="a" * 32) for _ in range(3)))
    said = await li.chat(GROUP)
    assert [text for who, text in said if who == "me"] == ["楼道灯坏了"]


async def test_a_double_click_on_chatter_is_one_message_too(li):
    await asyncio.gather(*(li.says(GROUP, "早上好呀", once="b" * 32) for _ in range(3)))
    said = await li.chat(GROUP)
    assert [text for who, text in said if who == "me"] == ["早上好呀"]


async def test_two_people_may_have_the_same_one_time_word(li, zhang):
    await li.says(GROUP, "我说的", once="c" * 32)
    await zhang.says(GROUP, "他说的", once="c" * 32)
    texts = [text for _, text in await li.chat(GROUP)]
    assert "我说的" in texts
    assert "他说的" in texts


async def test_a_photo_is_shown_to_the_members_and_to_nobody_else(li, zhang, qiao):
    await li.says(GROUP, "", photo())
    page = await zhang.get(f"/chat/{GROUP}")
    path = page.text.split('class="picture" href="')[1].split('"')[0]
    inner = path[path.index("/chat/") :]
    assert (await zhang.get(inner)).headers["Content-Type"] == "image/jpeg"
    assert (await qiao.get(inner)).status == 404
    assert (await zhang.get(inner[:-1] + "1")).status == 404
    assert (await zhang.get(inner.replace(GROUP, "g-gh"))).status == 404


@pytest.mark.parametrize(
    ("text", "data", "words"),
    [
        ("长" * 10_000, None, "太长"),
        ("看", b"#!/bin/sh", "不是能打开的照片"),
        ("看", b"\0" * (11 * 1024 * 1024), "太大"),
        ("看", b"\0" * (30 * 1024 * 1024), "太大"),
        ("看", b"", "照片是空的"),
        ("看", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "苹果手机的 HEIC"),
    ],
    ids=["10,000 characters", "a script", "11 MB", "30 MB", "0 bytes", "heic"],
)
async def test_what_cannot_be_taken_is_refused_in_words_and_the_next_is_served(
    li, text, data, words
):
    refused = await li.says(GROUP, text, data)
    assert refused.status == 409
    assert refused.says(words)
    assert refused.says(f">{text}</textarea>")
    await li.says(GROUP, "还在吗")
    assert [text for who, text in await li.chat(GROUP) if who == "me"] == ["还在吗"]


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u2066\u0000\u200b"])
async def test_nothing_said_is_nothing_kept(li, text):
    answer = await li.says(GROUP, text)
    assert answer.status == 200
    assert [text for who, text in await li.chat(GROUP) if who == "me"] == []


async def test_control_and_direction_characters_do_not_reach_other_people(li, zhang):
    await li.says(GROUP, "a\u202eb\u0007c\u2067d👨\u200d👩\u200d👧")
    assert ("other", "abcd👨\u200d👩\u200d👧") in await zhang.chat(GROUP)


async def test_markup_is_shown_as_it_was_written(li, zhang):
    await li.says(GROUP, "<img src=x onerror=alert(1)>")
    page = await zhang.get(f"/chat/{GROUP}")
    assert "<img src=x" not in page.text
    assert "&lt;img src=x onerror=alert(1)&gt;" in page.text


@pytest.mark.parametrize("chat", ["g-dj", "g-none", "@zhang", "@nobody"])
async def test_a_foreign_chat_looks_like_a_missing_one(li, chat):
    assert (await li.get(f"/chat/{chat}")).status == 404
    assert (await li.says(chat, "你好")).status == 404
    assert (await li.get(f"/chat/{chat}/after?id=0")).status == 404


async def test_a_button_says_its_words_for_the_one_who_presses(li):
    await li.says(GROUP, "三栋二单元楼道灯坏了")
    page = await li.get(f"/chat/{GROUP}")
    token = page.text.split('class="chip" form="press" name="token" value="')[1].split('"')[0]
    await li.post(f"/chat/{GROUP}/press", {"token": token, "uuid": "d" * 32})
    await li.stage.app.settle()
    said = await li.chat(GROUP)
    assert ("me", "对") in said
    assert "登记好了" in said[-1][1]


async def test_buttons_of_an_earlier_message_say_what_they_answer(li, zhang):
    await li.says(GROUP, "三栋二单元水管爆了")
    assert (await zhang.get("/chat/@zhang")).count("chips-asked") == 0
    await li.says(GROUP, "催一下")
    page = await zhang.get("/chat/@zhang")
    assert "回上面这一条：【紧急 0001】3栋2单元水管爆裂" in page.text
    assert "回上面" not in (await li.get(f"/chat/{GROUP}")).text


async def test_somebody_elses_button_does_nothing(li, zhang):
    await li.says(GROUP, "三栋二单元楼道灯坏了")
    page = await li.get(f"/chat/{GROUP}")
    token = page.text.split('class="chip" form="press" name="token" value="')[1].split('"')[0]
    assert (await zhang.get(f"/chat/{GROUP}")).count("quick-reply") == 0
    await zhang.post(f"/chat/{GROUP}/press", {"token": token, "uuid": "e" * 32})
    await zhang.stage.app.settle()
    assert not any("登记好了" in text for _, text in await li.chat(GROUP))
    assert (await li.get(f"/chat/{GROUP}")).count("quick-reply") == 1


@pytest.mark.parametrize("token", ["", "0" * 32, "<script>", "0" * 5000])
async def test_an_unknown_button_is_answered_in_plain_words(li, token):
    await li.post("/chat/@li/press", {"token": token, "uuid": "f" * 32})
    await li.stage.app.settle()
    assert (await li.get("/chat/@li")).status == 200


async def test_more_than_four_photos_are_refused_together(li):
    data = aiohttp.FormData({"csrf": li.csrf, "uuid": "a" * 32, "text": "看"})
    for number in range(5):
        data.add_field("photo", photo(), filename=f"{number}.jpg")
    async with li.session.post(f"{li.home}/chat/{GROUP}/post", data=data) as response:
        assert response.status == 409
        assert "一次最多发 4 张照片" in await response.text()
    assert not [text for who, text in await li.chat(GROUP) if who == "me"]
