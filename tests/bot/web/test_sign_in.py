"""Signing in without passwords."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from bot.web.keys import IDENTITIES
from handlers.actions.people.signing import ADDRESS_LASTS, SESSION_LASTS, invite
from knowledge.store.rows.roster import PersonRow
from tests.bot.web.stage import on_stage


@pytest.fixture
async def house(tmp_path):
    """No demo: people sign in."""
    async with on_stage(tmp_path, demo=False) as found:
        yield found


@pytest.fixture
async def phone():
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        yield session


async def _invited(house, person="li"):
    return await house.app.act("test", lambda work: invite(work, person))


async def _enter(house, phone, token):
    secret = house.runner.app[IDENTITIES].stranger().csrf
    async with phone.post(f"{house.address}/in/{token}", data={"csrf": secret}) as response:
        return response.status, await response.text()


async def _chats(house, phone):
    async with phone.get(f"{house.address}/chat") as response:
        return response.status


async def test_looking_at_the_address_uses_nothing_up_and_the_button_signs_in(house, phone):
    token = await _invited(house)
    for _ in range(3):
        async with phone.get(f"{house.address}/in/{token}") as response:
            assert "进入邻里" in await response.text()
    assert await _chats(house, phone) == 401
    status, page = await _enter(house, phone, token)
    assert status == 200
    assert 'data-testid="chat-list"' in page
    assert await _chats(house, phone) == 200


@pytest.mark.parametrize(("public", "secure"), [("https://linli.example", True), ("", False)])
async def test_behind_a_proxy_with_https_the_cookie_never_goes_over_plain_http(
    house, public, secure
):
    house.app.rules = replace(house.app.rules, page_url=public)
    token, secret = await _invited(house), house.runner.app[IDENTITIES].stranger().csrf
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as other,
        other.post(
            f"{house.address}/in/{token}", data={"csrf": secret}, allow_redirects=False
        ) as response,
    ):
        assert ("Secure" in response.headers["Set-Cookie"]) is secure


async def test_the_address_works_once(house, phone):
    token = await _invited(house)
    await _enter(house, phone, token)
    async with aiohttp.ClientSession() as other:
        status, page = await _enter(house, other, token)
        assert status == 410
        assert "登录链接用过了或已过期" in page
        assert await _chats(house, other) == 401


@pytest.mark.parametrize("token", ["x", "0" * 48, "%00", "长"])
async def test_an_invented_address_opens_nothing(house, phone, token):
    status, page = await _enter(house, phone, token)
    assert status == 410
    assert "再要一个新的" in page


async def test_an_old_address_is_no_good(house, phone):
    token = await _invited(house)
    house.app.clock.move_to(house.app.clock.now() + ADDRESS_LASTS + timedelta(seconds=1))
    assert (await _enter(house, phone, token))[0] == 410


async def test_an_address_opens_nothing_for_somebody_who_was_switched_off_since(house, phone):
    token = await _invited(house)

    def switch_off(session):
        session.get_one(PersonRow, "li").active = False

    await house.app.database.write(switch_off)
    assert (await _enter(house, phone, token))[0] == 410


async def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_foreign_pages(house):
    token = await _invited(house)
    secret = house.runner.app[IDENTITIES].stranger().csrf
    async with aiohttp.ClientSession() as session:
        sent = session.post(
            f"{house.address}/in/{token}", data={"csrf": secret}, allow_redirects=False
        )
        async with sent as response:
            cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


async def test_a_session_dies_with_the_role_and_with_time(house, phone):
    await _enter(house, phone, await _invited(house))

    def change(session):
        session.get_one(PersonRow, "li").role_version += 1

    await house.app.database.write(change)
    assert await _chats(house, phone) == 401
    await _enter(house, phone, await _invited(house))
    assert await _chats(house, phone) == 200
    house.app.clock.move_to(house.app.clock.now() + SESSION_LASTS + timedelta(seconds=1))
    assert await _chats(house, phone) == 401


async def test_signing_out_ends_the_session(house, phone):
    await _enter(house, phone, await _invited(house))
    async with phone.get(f"{house.address}/chat/@li") as response:
        secret = (await response.text()).split('name="csrf" value="')[1].split('"')[0]
    async with phone.post(f"{house.address}/out", data={"csrf": secret}) as response:
        assert response.status == 200
    assert await _chats(house, phone) == 401


async def test_outside_a_demo_nobody_is_named_by_the_address_and_time_cannot_be_pushed(
    house, phone
):
    identities = house.runner.app[IDENTITIES]
    assert identities.by_pass(identities.pass_of("li")) is None
    async with phone.get(f"{house.address}{house.path('li')}/chat") as response:
        assert response.status == 404
    before = house.app.clock.now()
    secret = identities.stranger().csrf
    async with phone.post(f"{house.address}/advance", data={"csrf": secret}) as response:
        assert response.status == 404
    assert house.app.clock.now() == before


@pytest.mark.parametrize(
    "token", ["li", "li.", "li." + "0" * 32, ".", "nobody." + "0" * 32, "长.长"]
)
async def test_in_a_demo_an_invented_pass_names_nobody(stage, browser_session, token):
    async with browser_session.get(f"{stage.address}/as/{token}/chat") as response:
        assert response.status == 404


async def test_who_is_done_on_a_shared_computer_finds_the_way_out_and_is_asked_first(house, phone):
    await _enter(house, phone, await _invited(house))
    async with phone.get(f"{house.address}/look") as response:
        page = await response.text()
    way_out = page.split('data-testid="sign-out"')[1]
    assert "<summary>退出登录</summary>" in way_out
    csrf = re.search(r'action="/out">.*?name="csrf" value="(\w+)"', way_out, re.DOTALL)[1]

    async with phone.post(f"{house.address}/out", data={"csrf": csrf}) as response:
        assert response.status in (200, 401)

    assert await _chats(house, phone) == 401
