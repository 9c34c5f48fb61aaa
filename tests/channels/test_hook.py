"""The generic door (CONTRACT §8): who may come in, what is nonsense, what comes back."""

from __future__ import annotations

import ast
import asyncio
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from handlers.actions.telling import tell_chat
from knowledge.store.rows.notices import SendingRow
from tests.channels.conftest import rigged
from tests.channels.rigs.hook import SECRET, HookRig, signed
from tests.channels.rigs.replay import ReplayRig
from tests.channels.test_contract import LAMP, photo

HANDBOOK = Path(__file__).parent.parent.parent / "docs/channels.md"
FIRE = """
## 红色预警
编号：red-alert
主题：气象
触发：事件 气象 红色
受众：全部
有效期：长期
来源：气象台
核对：2026-11-01

【短】 请待在室内，关好门窗。
"""


@pytest.fixture
async def hook(tmp_path):
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices/events.md").write_text(FIRE, "utf-8")
    async with rigged(HookRig, tmp_path) as rig:
        yield rig


def body(rig, **more):
    return json.dumps(rig.event("li", "@li", text=LAMP) | more).encode()


async def test_who_is_not_signed_or_not_fresh_stays_outside(hook):
    good = body(hook)
    now = time.time()
    forged = [
        {},
        {"X-Linli-Timestamp": str(int(now))},
        signed(good, secret="another"),
        signed(good, now - 310),
        signed(good, now + 310),
        signed(good[:-1]),
        signed(good) | {"X-Linli-Timestamp": str(int(now) + 1)},
        signed(good) | {"X-Linli-Signature": "sha256=ünsinn"},
        signed(good) | {"X-Linli-Timestamp": "９" * 10},
        signed(good) | {"X-Linli-Timestamp": "9" * 5000},
        signed(good) | {"X-Linli-Signature": signed(good)["X-Linli-Signature"].upper()},
    ]
    for headers in forged:
        for path in ("/hook/partner", "/events/partner"):
            status, _ = await hook.post(path, good, headers)
            assert status == 401, headers
    assert await hook.inbox() == []
    assert (await hook.post("/hook/partner", good, signed(good, now - 290)))[0] == 200


async def test_a_captured_request_has_no_second_effect(hook):
    good = body(hook)
    headers = signed(good)
    answers = [await hook.post("/hook/partner", good, headers) for _ in range(5)]
    assert [status for status, _ in answers] == [200] * 5
    assert [said["new"] for _, said in answers] == [True, False, False, False, False]
    assert len(await hook.inbox()) == 1


NONSENSE: tuple[dict[str, Any], ...] = (
    {"event_id": None},
    {"event_id": 7},
    {"event_id": " "},
    {"event_id": "x" * 200},
    {"chat": "g-hy"},
    {"chat": {"id": "g-hy"}},
    {"chat": {"id": "@li", "kind": "group"}},
    {"chat": {"id": ["g"], "kind": "group"}},
    {"sender": {}},
    {"text": ["a"]},
    {"text": "x" * 5000},
    {"text": "\0"},
    {"text": ""},
    {"text": "\ud83d"},
    {"addressed": "yes"},
    {"at": "gestern"},
    {"at": 17},
    {"media": [{"url": "http://127.0.0.1/secret"}]},
    {"media": [{"data": "***"}]},
    {"media": [{"data": "AAAA"}]},
    {"action": {"a": 1}},
)
NO_OBJECT = (
    b"",
    b"null",
    b"[]",
    b"{",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"event_id":' + b"9" * 5000 + b"}",
)


async def test_nonsense_is_a_400_and_leaves_nothing(hook):
    for change in NONSENSE:
        status, said = await hook.post("/hook/partner", body(hook, **change))
        assert (status, said["ok"]) == (400, False), change
    assert await hook.inbox() == []


async def test_a_field_that_may_be_left_out_may_be_null(hook):
    said = body(hook, text="灯坏了", addressed=None, media=None, at=None, action=None)
    assert await hook.post("/hook/partner", said) == (200, {"ok": True, "new": True})


async def test_what_is_no_object_is_a_400_too(hook):
    for raw in NO_OBJECT:
        for path in ("/hook/partner", "/events/partner"):
            assert (await hook.post(path, raw))[0] == 400, raw[:20]


async def test_the_example_of_the_handbook_runs_as_it_stands(hook, tmp_path):
    text = HANDBOOK.read_text("utf-8").split("## 通用接口", 1)[1]
    (code,) = re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    assert len([line for line in code.splitlines() if line]) <= 26
    here = code.replace("http://127.0.0.1:8080", hook.address).replace("g-gh", "g-hy")
    (tmp_path / "client.py").write_text(here, "utf-8")
    (tmp_path / "partner.secret").write_text(f"{SECRET}\n", "utf-8")
    for new in (True, False):
        ran = await asyncio.create_subprocess_exec(
            sys.executable, "client.py", cwd=tmp_path, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await ran.communicate()
        assert (ran.returncode, ast.literal_eval(said.decode())) == (
            0,
            json.dumps({"ok": True, "new": new}).encode(),
        )
    assert [row.payload["text"] for row in await hook.inbox()] == ["三栋二单元楼道灯坏了"]


async def test_what_is_too_big_is_refused_before_it_is_read(hook):
    status, said = await hook.post("/hook/partner", b"x" * 13_000_000)
    assert (status, said) == (413, {"ok": False, "error": "size"})


async def test_pictures_go_out_with_the_words(hook):
    image = await hook.app.media.keep(photo(), "li")
    chat = hook.place("@li")
    await hook.app.act("t", lambda work: tell_chat(work, chat, "修好了", images=(image,)))
    await hook.settle()
    (post,) = [one for one in hook.posts if one["text"] == "修好了"]
    assert post["chat"] == {"id": "li", "kind": "direct"}
    assert post["images"][0]["mime"] == "image/jpeg"


async def test_a_cut_after_the_sending_is_sent_again_with_the_same_key(hook):
    hook.cuts = 1
    await hook.tells("@li", "今晚停水")
    await hook.settle()
    keys = [one["key"] for one in hook.posts if one["text"] == "今晚停水"]
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert len(await hook.shown("@li", "今晚停水")) == 1


# Happenings.


def alarm(**more):
    told = {
        "key": "w-1",
        "kind": "气象",
        "place": None,
        "level": "红色",
        "text": "暴雨",
        "at": None,
    }
    return json.dumps(told | more).encode()


async def sendings(rig):
    query = select(SendingRow.chat_id).where(SendingRow.notice_id.startswith("red-alert#"))
    return await rig.app.look(lambda session: sorted(session.scalars(query)))


async def test_a_happening_sends_the_notices_that_wait_for_it_once(hook):
    first = await hook.post("/events/partner", alarm())
    again = await hook.post("/events/partner", alarm())
    assert first[0] == again[0] == 200
    assert first[1]["sent"] > 0
    assert again[1]["sent"] == 0
    await hook.settle()
    assert len(await hook.shown("g-hy", "请待在室内")) == 1


async def test_a_happening_in_a_place_is_told_there_only(hook):
    await hook.post("/events/partner", alarm(place="杏园"))
    await hook.settle()
    assert await hook.shown("g-xy", "请待在室内")
    assert not await hook.shown("g-hy", "请待在室内")


async def test_a_happening_that_nobody_can_place_is_nonsense(hook):
    for change in ({"place": "月球"}, {"place": 3}, {"key": ""}, {"kind": None}, {"at": "x"}):
        assert (await hook.post("/events/partner", alarm(**change)))[0] == 400, change
    assert await sendings(hook) == []


# Doors that are not there.


async def test_another_name_is_no_door(hook):
    good = body(hook)
    for path in ("/hook/other", "/events/other", "/hook/web", "/telegram/4242"):
        assert (await hook.post(path, good))[0] == 404


async def test_without_a_configured_channel_there_are_no_doors(tmp_path):
    from bot.web.doors import DOORS

    async with rigged(ReplayRig, tmp_path) as rig:
        addresses = {one.resource.canonical for one in rig.runner.app.router.routes()}
    assert addresses.isdisjoint({door.path for door in DOORS})
