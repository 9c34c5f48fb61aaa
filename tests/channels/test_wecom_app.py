"""企业微信 自建应用: the token, cards, what comes in beside words, and true receipts."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.channels.wecom_app.cards import message_of
from handlers.messages import Button, Outgoing, direct
from tests.channels.conftest import rigged
from tests.channels.rigs.wecom_app import WecomAppRig
from tests.channels.test_contract import LAMP


@pytest.fixture
async def office(tmp_path):
    async with rigged(WecomAppRig, tmp_path) as rig:
        yield rig


async def test_the_address_is_verified_by_an_opened_echo(office):
    query, body = office.sealed(b"1616140317555161061")
    query["echostr"] = body.decode().split("<Encrypt><![CDATA[", 1)[1].split("]]>", 1)[0]
    assert await office.get(query) == (200, "1616140317555161061")
    assert (await office.get(query | {"msg_signature": "0" * 40}))[0] == 401
    assert (await office.get({}))[0] == 401


async def test_a_stale_token_is_renewed_once_for_all(office):
    chats = ("@li", "@zhang", "@zhao", "@zheng")
    await office.tells("@li", "第一句")
    await office.settle()
    before = office.fake.logins
    office.fake.expire()
    for chat in chats:
        await office.tells(chat, "今晚停水")
    await office.settle()
    assert office.fake.logins == before + 1
    assert [len(await office.shown(chat, "今晚停水")) for chat in chats] == [1] * 4


async def test_whoever_is_not_in_the_company_any_more_is_gone(office):
    await office.tells("@nobody", "今晚停水")
    for chat in ("@@all", "@li|zhang", "@"):
        await office.tells(chat, "悄悄话")
    await office.settle()
    row = await office.sending("今晚停水")
    assert (row.state, row.detail) == ("failed", "invaliduser")
    assert [row.state for row in await office.outbox()] == ["failed"] * 4
    assert await office.arrivals() == []


async def test_a_foreign_address_is_waited_for_and_says_why(office):
    office.fake.login_answer = (60020, "not allow to access from your ip")
    office.fake.expire()
    await office.tells("@li", "今晚停水")
    await office.app.settle()
    row = await office.sending("今晚停水")
    assert (row.state, row.detail) == ("pending", "60020")
    assert office.channel.health().detail == "60020"
    office.fake.login_answer = None
    await office.pass_time(office.clock.now() + timedelta(minutes=6))
    assert await office.shown("@li", "今晚停水")


async def test_the_card_of_who_was_late_is_changed_and_nothing_new_appears(office):
    await office.says("li", LAMP)
    await office.says("li", "1")
    await office.settle()
    await office.pass_time(office.clock.now() + timedelta(hours=2, minutes=5))
    holders = {one.chat for one in await office.arrivals() if "接单" in dict(one.buttons)}
    assert len(holders) > 1, "it has climbed"
    first, other = sorted(holders)
    held = [code for code, card in office.cards.items() if f"@{card['touser']}" == other]
    await office.presses(first[1:], "接单", first)
    await office.settle()
    changed = [body for path, body in office.fake.calls if path.endswith("update_template_card")]
    assert sorted(one["response_code"] for one in changed) == sorted(held)
    assert {f"@{one['userids'][0]}" for one in changed} == {other}
    assert all("已由" in str(one["template_card"]) for one in changed)
    sent = [body for path, body in office.fake.calls if path == office.send]
    assert not [body for body in sent if "您不用管了" in str(body)]


async def test_a_card_that_can_not_be_changed_is_said_instead(office):
    def refuse(body):
        return {"errcode": 42014, "errmsg": "response_code expired"}

    office.fake.methods["/cgi-bin/message/update_template_card"] = refuse
    out = Outgoing("k", direct("wecom_app", "li"), "0001 已由张师傅接单", replaces="old")
    assert (await office.channel.send(out)).outcome == "sent"
    assert await office.shown("@li", "已由张师傅接单")


def out(text, *labels):
    buttons = tuple(Button(label, f"{nth:032x}") for nth, label in enumerate(labels))
    return Outgoing("k", direct("wecom_app", "li"), text, buttons)


def test_what_has_room_on_a_card_is_one_and_all_else_is_text():
    assert message_of(out("短"))["msgtype"] == "text"
    card = message_of(out("一" * 36 + "\n" + "二" * 160, "接单", "转给别人"))["template_card"]
    assert (card["main_title"]["title"], card["sub_title_text"]) == ("一" * 36, "二" * 160)
    assert "main_title" in message_of(out("一" * 160, "接单"))["template_card"]
    for long in (out("一" * 161, "接单"), out("短", *"1234567"), out("短", "一" * 11)):
        assert message_of(long)["msgtype"] == "text"


def test_a_message_that_ends_with_its_only_link_is_a_card_to_tap():
    card = message_of(out("高龄津贴怎么领\n看全文：https://linli.example.org/f/1"))["template_card"]
    assert card["card_type"] == "text_notice"
    assert card["card_action"] == {"type": 1, "url": "https://linli.example.org/f/1"}
    for text in ("https://a.example", "两个 https://a.example 和 https://b.example"):
        assert message_of(out(text))["msgtype"] == "text"


async def test_a_video_is_answered_by_what_we_understand(office):
    video = {"MediaId": "m", "ThumbMediaId": "t", "MsgId": 7}
    assert await office.deliver(office.message("li", "video", **video))
    assert await office.again()
    await office.settle()
    assert len(await office.shown("@li", "这条消息我打不开")) == 1


async def test_a_picture_that_is_gone_is_said_and_not_lost(office):
    image = {"PicUrl": "http://invalid/", "MediaId": "gone", "MsgId": 8}
    assert await office.deliver(office.message("li", "image", **image))
    await office.settle()
    assert await office.shown("@li", "照片")


async def test_secrets_are_never_written_down(office, caplog, capsys):
    caplog.set_level("DEBUG")
    await office.trouble("unknown")
    await office.tells("@li", "甲")
    await office.settle()
    office.fake.secret = "another"
    office.fake.expire()
    await office.tells("@li", "乙")
    await office.app.settle()
    await office.post(*office.sealed(b"<xml>"))
    await office.fake.stop()
    await office.tells("@zhang", "丙")
    await office.app.settle()
    await asyncio.sleep(0)
    written = capsys.readouterr()
    rows = [f"{row.receipt}{row.detail}" for row in await office.outbox()]
    everything = "\n".join([caplog.text, written.out, written.err, *rows])
    assert "anary" not in everything
    assert office.channel.health().detail == "ClientConnectorError"
