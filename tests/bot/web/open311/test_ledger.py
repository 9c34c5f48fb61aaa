"""What other systems read."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from defusedxml import ElementTree

from bot.web.open311.updates import STATUS
from handlers.actions.tickets.claiming import take
from handlers.actions.tickets.closing import reopen
from handlers.actions.tickets.filing import draft, file, report
from handlers.actions.tickets.merging import fold, split
from handlers.actions.tickets.request import Request
from handlers.actions.tickets.working import finish
from handlers.messages import ChatRef
from knowledge.community.tickets.categories import all_categories
from knowledge.community.tickets.publicity import public_categories
from knowledge.community.tickets.ticket import CLOSED, DRAFTS, Kind, Lane, State
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.work import Work
    from tests.bot.web.open311.conftest import Partner

CHAT = ChatRef("web", "@li")
LIGHT = Request(Kind.REPAIR, "stair-light", Lane.P2, "张三家灯坏了", "gh-3-2", words="张三家灯坏了")
"""A title may be the resident's own words."""


def _report(request: Request) -> Callable[[Work], int]:
    return lambda work: report(work, "li", CHAT, request).no


async def test_discovery_names_a_production_and_a_test_endpoint(partner: Partner) -> None:
    for path in ("discovery.json", "v2/discovery.json"):
        status, said = await partner.get(path)
        assert status == 200
        assert [one["type"] for one in said["endpoints"]] == ["production", "test"]
    async with partner.session.get(partner.at("discovery.xml")) as answer:
        assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
        root = ElementTree.fromstring(await answer.read())
    assert [one.tag for one in root.findall("endpoints/endpoint")] == ["endpoint", "endpoint"]


async def test_every_service_can_be_looked_up_and_no_private_one_is_there(partner: Partner) -> None:
    _, listed = await partner.get("v2/services.json")
    codes = {one["service_code"] for one in listed}
    assert codes == set(public_categories())
    for category in all_categories():
        status, said = await partner.get(f"v2/services/{category.code}.json")
        assert (status == 200) == (category.code in codes), said
    assert not codes & {"dispute", "violence", "care", "suicide", "noise", "parking", "clutter"}


async def test_a_request_shows_things_and_posts_but_no_people(partner: Partner) -> None:
    no = await partner.stage.app.act("t", _report(LIGHT))
    status, [told] = await partner.get(f"v2/requests/{no:04}.json")

    assert status == 200
    assert told["service_request_id"] == f"{no:04}"
    assert (told["status"], told["service_name"]) == ("open", "楼道灯")
    assert told["address_id"] == "gh-3-2"
    assert told["agency_responsible"] == "桂花园小区邻长"
    assert told["requested_datetime"].endswith("+08:00")
    assert told["expected_datetime"].endswith("21:00:00+08:00")
    assert isinstance(told["lat"], float)
    assert "张" not in str(told)


async def test_a_private_request_looks_like_a_missing_one(partner: Partner) -> None:
    hidden = [
        Request(Kind.COMPLAINT, "noise", Lane.P2, "噪音", "gh-3-2", private=True),
        Request(Kind.HELP, "violence", Lane.P0, "暴力侵害", "gh-3-2"),
        Request(Kind.REPAIR, "stair-light", Lane.P2, "楼道灯不亮", "gh-4", private=True),
    ]
    numbers = [await partner.stage.app.act(f"t{n}", _report(one)) for n, one in enumerate(hidden)]
    missing = await partner.get("v2/requests/9999.json")
    for no in numbers:
        assert await partner.get(f"v2/requests/{no}.json") == missing
    assert (await partner.get("v2/requests.json"))[1] == []
    assert (await partner.get("v2/servicerequestupdates.json"))[1] == []


async def test_handled_stays_open_and_every_step_is_an_update(partner: Partner) -> None:
    app = partner.stage.app
    no = await app.act("t", lambda work: draft(work, "li", CHAT, LIGHT).no)

    def work_on(work: Work) -> None:
        row = by_no(work.session, no)
        assert row is not None
        file(work, row, "li")
        take(work, row, "zhang")
        finish(work, row, "zhang", "换了灯泡")

    await app.act("t2", work_on)
    _, [told] = await partner.get("v2/requests.json", extensions="true")
    assert (told["status"], told["status_notes"]) == ("open", "已处理，请确认")
    assert told["extended_attributes"]["state"] == "handled"
    assert [note["type"] for note in told["notes"]] == ["new", "accepted", "handled"]
    _, updates = await partner.get("v2/servicerequestupdates.json")
    assert [one["status"] for one in updates] == ["OPEN", "INVESTIGATING", "FIXED"]

    await app.advance(timedelta(hours=73))
    _, [told] = await partner.get("v2/requests.json", status="closed")
    assert (told["status"], "expected_datetime" in told) == ("closed", False)
    assert (await partner.get("v2/requests.json", status="open"))[1] == []


async def test_only_what_had_ended_is_opened_again_not_what_is_split_off(partner: Partner) -> None:
    app = partner.stage.app
    first, other = [
        await app.act(f"t{n}", _report(one))
        for n, one in enumerate((LIGHT, replace(LIGHT, category="road", place="gh")))
    ]

    def merge(work: Work) -> None:
        row = by_no(work.session, first)
        assert row is not None
        take(work, row, "zhang")
        fold(work, row, "wang", other)

    await app.act("t2", merge)
    _, [told] = await partner.get(f"v2/requests/{first}.json")
    assert (told["status"], told["status_notes"]) == ("closed", "和 0002 是同一件事，合到一起办")

    def work_on(work: Work) -> None:
        row = by_no(work.session, first)
        assert row is not None
        split(work, row, "wang")
        finish(work, row, "zhang", "换了灯泡")
        reopen(work, row, "li", "还是不亮")

    await app.act("t3", work_on)
    _, updates = await partner.get("v2/servicerequestupdates.json")
    assert [one["status"] for one in updates if one["service_request_id"] == f"{first:04}"] == [
        "OPEN", "INVESTIGATING", "DUPLICATE", "INVESTIGATING", "FIXED", "REOPEN",
    ]  # fmt: skip


def test_every_state_that_is_public_has_its_word_in_updates() -> None:
    assert set(STATUS) == set(State) - DRAFTS
    assert {STATUS[state] for state in CLOSED} <= {
        "FIXED", "CLOSED", "DUPLICATE", "NOT_COUNCILS_RESPONSIBILITY", "NO_FURTHER_ACTION",
        "CANCELLED",
    }  # fmt: skip


async def test_pages_filters_and_times(partner: Partner) -> None:
    app = partner.stage.app
    filed = ("stair-light", "gh-3-2"), ("road", "gh"), ("street-light", "gh")
    for n, (code, place) in enumerate(filed):
        category = public_categories()[code]
        asked = Request(category.kind, code, category.lane, category.name, place)
        await app.act(f"t{n}", _report(asked))
        await app.advance(timedelta(minutes=1))
    get = partner.get

    assert [one["service_request_id"] for one in (await get("v2/requests.json"))[1]] == [
        "0003", "0002", "0001",
    ]  # fmt: skip
    assert [
        one["service_code"] for one in (await get("v2/requests.json", page="2", page_size="1"))[1]
    ] == ["road"]
    _, some = await get("v2/requests.json", service_code="road,street-light")
    assert len(some) == 2
    named = {"service_request_id": "1,3,9999,x"}  # overrides all other arguments
    _, some = await get("v2/requests.json", **named, status="closed", service_code="road", page="x")
    assert [one["service_request_id"] for one in some] == ["0001", "0003"]
    since = "2026-11-23T09:06:00+08:00"
    _, later = await get("v2/requests.json", start_date=since)
    assert len(later) == 2
    _, earlier = await get("v2/requests.json", end_date=since)
    assert len(earlier) == 1


MISTAKES = [
    ("v2/requests.json", {"page": "-1"}, 400, "page"),
    ("v2/requests.json", {"page_size": "0"}, 400, "page_size"),
    ("v2/requests.json", {"page_size": "1001"}, 400, "page_size"),
    ("v2/requests.json", {"start_date": "2026-11-01"}, 400, "时区"),
    ("v2/requests.json", {"start_date": "2026-11-01T00:00:00"}, 400, "时区"),
    ("v2/requests.json", {"start_date": "9999-12-31T00:00:00+00:00"}, 400, "超出"),
    ("v2/requests.json", {"start_date": "0001-01-01T00:00:00+08:00"}, 400, "超出"),
    ("v2/requests.json", {"end_date": "9999-12-31T23:00:00-08:00"}, 400, "超出"),
    ("v2/servicerequestupdates.json", {"end_date": "9999-12-31T20:00:00Z"}, 400, "超出"),
    (
        "v2/requests.json",
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
        400,
        "90",
    ),
    (
        "v2/requests.json",
        {"start_date": "2026-06-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"},
        400,
        "早于",
    ),
    ("v2/requests.json", {"status": "做完了"}, 400, "open"),
    ("v2/requests.json", {"service_code": "楼道灯"}, 404, "service_code"),
    ("v2/services/楼道灯.json", {}, 404, "service_code"),
    ("v2/requests/0001.json", {}, 404, "编号"),
    ("v2/requests/99999999999999999999.json", {}, 404, "编号"),
    ("v2/tokens/1.json", {}, 404, "地址"),
    ("v1/services.json", {}, 404, "地址"),
]


async def test_a_mistake_is_told_in_the_standards_form(partner: Partner) -> None:
    for path, query, status, says in MISTAKES:
        answered, [error] = await partner.get(path, **query)
        assert (answered, error["code"]) == (status, str(status)), path
        assert says in error["description"], (path, error)


NOWHERE = ("", "/", "/v2", "/v2/", "/v2/services", "/nix.txt", "/v2/requests/..%2F1.xml")


async def test_below_the_base_nothing_is_plain_text(partner: Partner) -> None:
    for path, method in itertools.product(NOWHERE, ("GET", "PUT", "DELETE", "OPTIONS", "PATCH")):
        where = partner.stage.address + "/open311" + path
        async with partner.session.request(method, where) as answer:
            assert answer.status in (404, 405), path
            assert ElementTree.fromstring(await answer.read())[0].tag == "error"
        likes = {"Accept": "application/json"}
        async with partner.session.request(method, where, headers=likes) as answer:
            said = await answer.text()
            assert str(answer.status) in said, (path, said)
            assert said.startswith("[") or path.endswith("xml")
