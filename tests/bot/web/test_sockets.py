"""The live line: a poke to those who may read, never a word of content."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import aiohttp
import pytest

GROUP = "g-gh3"


async def _heard(line, seconds=2.0):
    async with asyncio.timeout(seconds):
        return (await line.receive()).data


@pytest.mark.parametrize("path", [f"/chat/{GROUP}/live", "/live"])
async def test_a_new_message_pokes_the_open_page(zhang, li, path):
    async with zhang.session.ws_connect(zhang.home + path) as line:
        await li.says(GROUP, "大家好")
        assert await _heard(line) == "n"


async def test_a_leaders_desk_is_poked_by_a_new_task(zhang, li):
    async with zhang.session.ws_connect(f"{zhang.home}/desk/live") as line:
        await li.says(GROUP, "三栋二单元楼道灯坏了")
        await li.says(GROUP, "1")
        assert await _heard(line) == "n"


@pytest.mark.parametrize("path", ["/chat/g-dj/live", "/chat/@zhang/live", "/desk/live"])
async def test_who_may_not_read_gets_no_line(li, path):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await li.session.ws_connect(li.home + path)
    assert refused.value.status == 404


async def test_stopping_says_goodbye_as_a_restart(zhang, stage):
    async with zhang.session.ws_connect(f"{zhang.home}/live") as line:
        await stage.app.channels["web"].stop()
        message = await line.receive()
        assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1012)


async def test_what_a_page_missed_is_fetched_after_its_last_id_in_order(li, zhang):
    for number in range(5):
        await li.says(GROUP, f"第{number}句")
    page = await zhang.get(f"/chat/{GROUP}/after?id=0")
    ids = [int(part.split('"')[0]) for part in page.text.split('data-id="')[1:]]
    assert ids == sorted(ids)
    later = await zhang.get(f"/chat/{GROUP}/after?id={ids[-3]}")
    assert later.count("message") == 2
    assert (await zhang.get(f"/chat/{GROUP}/after?id=nonsense")).status == 200


async def test_who_leaves_before_the_line_stands_is_no_fault(zhang, caplog):
    address = urlsplit(zhang.home)
    asked = (
        f"GET {address.path}/live HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    for _ in range(5):
        _, line = await asyncio.open_connection(address.hostname, address.port)
        line.write(asked.encode())
        await line.drain()
        line.transport.abort()
    async with zhang.session.ws_connect(f"{zhang.home}/live"):
        assert [one for one in caplog.records if one.levelname == "ERROR"] == []
