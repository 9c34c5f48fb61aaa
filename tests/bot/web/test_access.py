"""Every address asks the access table: what the table forbids looks like a missing page."""

from __future__ import annotations

from inspect import iscoroutinefunction

import pytest

from bot.web.addresses import ROUTES
from bot.web.later import Page
from bot.web.open311.endpoints import ENDPOINTS
from knowledge.community.hood.access import Act, Relation, may
from tests.bot.web.visitor import Visitor

PERSONAL = [route for route in ROUTES if route.personal]
PEOPLE = ("li", "zhang", "chen", "peng", "wang", "xie", "yi", "qiao")
SAMPLES = {
    "{chat}": "g-none",
    "{no:[0-9]{1,9}}": "0999",
    "{month:[0-9]{4}-[0-9]{2}}": "2026-13",
    "{key}": "filed",
    "{finding:[0-9]{1,9}}": "9",
    "{id}": "no-such-entry",
    "{message:[0-9]{1,18}}": "1",
    "{nth:[0-9]}": "0",
    "{person}": "no-such-person",
    "{code}": "AB123",
    "{change:[0-9]{1,9}}": "999",
    "{file}": "no-such.zip",
    "{invite:[0-9]{1,9}}": "999",
    "{topic:[0-9]{1,9}}": "999",
}


def _filled(path):
    for hole, value in SAMPLES.items():
        path = path.replace(hole, value)
    return path


@pytest.mark.parametrize("person", PEOPLE)
async def test_an_address_opens_only_to_whom_the_table_lets_in(stage, browser_session, person):
    visitor = Visitor(stage, browser_session, person)
    known = stage.app.town.hood.person(person)
    for route in PERSONAL:
        path = _filled(route.path)
        answer = await (visitor.get(path) if route.method == "GET" else visitor.post(path))
        allowed = may(known, route.act, frozenset(Relation))
        needs_object = path != route.path
        expected = allowed and not needs_object
        opened = answer.status not in (404, 403)
        if expected or not allowed:
            assert opened == expected, (route, answer.status)
        else:
            assert answer.status == 404, (route, answer.status)


async def test_a_stranger_is_asked_to_sign_in_everywhere(stage, browser_session):
    for route in PERSONAL:
        address = stage.address + _filled(route.path)
        async with browser_session.request(route.method, address) as response:
            assert response.status == 401, route


def test_every_page_that_is_read_with_its_first_visit_is_there():
    later = [one.handler for one in (*ROUTES, *ENDPOINTS) if isinstance(one.handler, Page)]
    assert len(later) > len(ROUTES) / 2
    assert all(iscoroutinefunction(page.function) for page in later)


def test_only_open_addresses_are_open_to_everybody():
    assert all((route.act is Act.PUBLIC) != route.personal for route in ROUTES)
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)
