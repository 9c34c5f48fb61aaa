"""The start page of a demo: three phones of people who meet."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.web.keys import IDENTITIES
from bot.web.start import cast
from knowledge.community.hood.access import HELPERS, STAFF
from knowledge.community.roster.people import Role


async def _start(stage, session, **query):
    async with session.get(f"{stage.address}/", params=query) as response:
        return await response.text()


async def test_three_phones_open_at_their_own_addresses(stage, browser_session):
    page = await _start(stage, browser_session)
    for which in ("resident", "leader", "admin"):
        src = re.search(rf'data-testid="phone-{which}" src="([^"]+)"', page)
        assert src
        async with browser_session.get(stage.address + src[1]) as response:
            assert response.status == 200


async def test_the_first_leader_is_responsible_for_the_first_resident(stage):
    hood = stage.app.town.hood
    residents, leaders, offices = cast(hood)
    home = hood.home(residents[0])
    rung = hood.responsible(home)
    assert rung is not None
    assert rung.person == leaders[0].id
    assert offices[0].has(Role.ADMIN)


async def test_everybody_to_whom_a_matter_can_come_can_be_chosen(stage, browser_session):
    hood = stage.app.town.hood
    _, leaders, offices = cast(hood)
    served = {one.id for one in (*leaders, *offices)}
    asked = {one.id for one in hood.people.values() if one.roles & (HELPERS | STAFF)}
    callers = {one.id for one in hood.people.values() if one.has(Role.SUPERVISOR)}
    assert asked | callers <= served
    assert len(served) == len(leaders) + len(offices), "nobody twice"
    page = await _start(stage, browser_session, leader="diangong", admin="yi")
    assert "唐师傅（物业）" in page
    assert stage.runner.app[IDENTITIES].pass_of("diangong") in page
    assert f'{stage.runner.app[IDENTITIES].pass_of("yi")}/board"' in page, "a page that is theirs"
    for src in re.findall(r'<iframe[^>]* src="([^"]+)"', page):
        async with browser_session.get(stage.address + src) as response:
            assert response.status == 200


async def test_another_resident_can_be_chosen(stage, browser_session):
    page = await _start(stage, browser_session, resident="chen-shu")
    other = cast(stage.app.town.hood)[0][3]
    page = await _start(stage, browser_session, resident=other.id)
    assert stage.runner.app[IDENTITIES].pass_of(other.id) in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
async def test_an_hour_passes_at_a_press(stage, browser_session, headers):
    before = stage.app.clock.now()
    secret = stage.runner.app[IDENTITIES].stranger().csrf
    sent = browser_session.post(f"{stage.address}/advance", data={"csrf": secret}, headers=headers)
    async with sent as response:
        assert "10:05" in await response.text()
    assert stage.app.clock.now() == before + timedelta(hours=1)


async def test_time_is_not_pushed_without_the_forms_secret(stage, browser_session):
    before = stage.app.clock.now()
    async with browser_session.post(f"{stage.address}/advance") as response:
        assert response.status == 403
    assert stage.app.clock.now() == before


async def test_with_another_resident_comes_the_leader_of_their_house(stage, browser_session):
    page = await _start(stage, browser_session, resident="ding", admin="wang")
    hood = stage.app.town.hood
    home = hood.home(hood.people["ding"])
    leader = re.search(r'id="who-leader".*?value="(\w+)" selected', page, re.DOTALL)
    assert leader
    scopes = hood.people[leader[1]].scopes(Role.NEIGHBOUR_LEADER)
    assert any(hood.within(home, scope) for scope in scopes)
