"""The doors for programs: a signature opens them, no person's role does."""

from __future__ import annotations

from bot.web.addresses import ROUTES
from bot.web.doors import DOORS
from knowledge.community.hood.access import TABLE, Act


def test_every_door_is_a_call_and_no_role_carries_it():
    assert {door.act for door in DOORS} == {Act.CHANNEL_CALL}
    assert TABLE[Act.CHANNEL_CALL] == {}


def test_no_page_counts_as_a_call_and_no_door_is_a_page():
    assert all(route.act is not Act.CHANNEL_CALL for route in ROUTES)
    assert {door.path for door in DOORS}.isdisjoint({route.path for route in ROUTES})


async def test_a_demo_without_channels_has_no_doors(stage, browser_session):
    for door in DOORS:
        path = door.path.format(bot="4242", name="partner", account="1000002")
        async with browser_session.request(door.method, stage.address + path) as response:
            assert response.status == 404
