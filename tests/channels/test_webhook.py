"""Telegram's webhook: fail closed, never a 500, stored before 200."""

from __future__ import annotations

import asyncio

import pytest

from bot.config import read_settings
from bot.doctor.channels import look_at_channels
from tests.channels.conftest import rigged
from tests.channels.forgeries import accepted, assail
from tests.channels.rigs.hook import HookRig
from tests.channels.rigs.telegram import WORD, TelegramRig, WebhookRig


@pytest.fixture
async def webhook(tmp_path):
    async with rigged(WebhookRig, tmp_path) as rig:
        yield rig


async def test_without_the_secret_nobody_is_let_in(webhook):
    update = {"update_id": 1, "message": webhook.message("li", "@li", text="你好")}
    for secret in (None, "", "wrong", WORD + "x", WORD[:-1], "gehéim", "１２３"):
        assert (await webhook.post(update, secret))[0] == 401
    assert await webhook.inbox() == []
    assert (await webhook.post(update))[0] == 200
    assert (await webhook.post({**update, "update_id": 2}, bot="LinliBot"))[0] == 200
    assert len(await webhook.inbox()) == 2


async def test_another_bots_address_is_not_ours(webhook):
    update = {"update_id": 1, "message": webhook.message("li", "@li", text="你好")}
    for bot in ("4243", "OtherBot", "telegram"):
        assert (await webhook.post(update, bot=bot))[0] == 404


NONSENSE = (
    b"",
    b"nonsense",
    b"[]",
    b"{}",
    b'{"update_id": "1"}',
    b'{"update_id": true}',
    b"[" * 100_000,
    b'{"update_id": ' + b"9" * 5000 + b"}",
    b"\xff\xfe\x00",
)


async def test_nonsense_is_never_a_500(webhook):
    for raw in NONSENSE:
        assert (await webhook.post(raw))[0] == 400, raw[:20]
    assert (await webhook.post(b"x" * 1_100_000))[0] == 413


async def test_an_update_that_cannot_be_read_is_set_aside_and_not_sent_again(webhook):
    assert (await webhook.post({"update_id": 5, "message": {"date": "gestern"}}))[0] == 200
    assert [(row.event_id, row.state) for row in await webhook.inbox()] == [("5", "quarantined")]


@pytest.mark.parametrize("kind", [WebhookRig, HookRig])
async def test_of_hundreds_of_bad_calls_none_counts_and_none_is_a_500(kind, tmp_path):
    async with rigged(kind, tmp_path) as rig:
        seen = await assail(rig, 250)
        assert len({what for what, _ in seen}) == 9  # each way of being bad, and the repetition
        assert all(status < 500 for _, status in seen)
        assert seen["replayed", 200] == 5
        assert await accepted(rig) == 1
        assert await rig.says("li", "楼道灯坏了", "@li")


async def test_the_platform_is_told_the_secret_and_the_order(webhook):
    assert webhook.fake.called("setWebhook")[0] == {
        "url": "https://linli.example.org/telegram/4242",
        "secret_token": WORD,
        "max_connections": "1",
        "allowed_updates": '["message", "edited_message", "callback_query", "my_chat_member"]',
    }


async def test_who_polls_has_no_webhook(tmp_path):
    async with rigged(TelegramRig, tmp_path) as rig:
        addresses = {one.resource.canonical for one in rig.runner.app.router.routes()}
        assert "/telegram/{bot}" not in addresses
        assert isinstance(rig, TelegramRig)
        assert rig.fake.called("deleteWebhook")


@pytest.mark.parametrize("kind", [TelegramRig, WebhookRig])
async def test_the_doctor_says_what_keeps_the_bot_from_hearing(kind, tmp_path):
    async with rigged(kind, tmp_path) as rig:
        settings, _ = read_settings(rig.folder)
        assert isinstance(rig, TelegramRig)
        assert settings is not None

        async def said():
            found, *_ = await asyncio.to_thread(look_at_channels, settings, rig.folder)
            return found.ok, found.message

        assert "隐私模式开着" in (await said())[1]
        rig.fake.hears_all = True
        assert await said() == (True, "握手成功，群里的话都听得见")
        if kind is WebhookRig:
            rig.fake.hook_trouble = {"last_error_message": "Connection refused"}
            assert await said() == (False, "Telegram 上一次没有送到：Connection refused")
        rig.fake.hook = "https://elsewhere.example" if kind is TelegramRig else ""
        assert not (await said())[0]
