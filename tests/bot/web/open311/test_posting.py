"""What other systems hand in."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.keys import revoke_key
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from tests.bot.web.open311.conftest import Partner

LIGHT = {
    "service_code": "stair-light",
    "address_string": "桂花园3栋2单元",
    "description": "三楼的灯不亮，老人上楼看不见",
}


async def _rows(partner: Partner) -> list[TicketRow]:
    return await partner.stage.app.look(
        lambda session: list(session.scalars(select(TicketRow).order_by(TicketRow.no)))
    )


async def test_a_request_gets_its_owner_its_card_and_its_promise(partner: Partner) -> None:
    status, [told] = await partner.post(
        **LIGHT, phone="13800138000", first_name="明", last_name="王"
    )

    assert status == 200
    assert told["service_request_id"] == "0001"
    assert "桂花园小区邻长" in told["service_notice"]
    assert "张" not in told["service_notice"]
    [row] = await _rows(partner)
    assert (row.place_id, row.owner_id, row.channel) == ("gh-3-2", "zhang", "open311")
    cards = await partner.stage.app.look(
        lambda session: [
            (one.channel, one.chat_id, one.text) for one in session.scalars(select(OutboxRow))
        ]
    )
    assert all(channel == "web" for channel, _, _ in cards), "a system that asks is told nothing"
    assert any(chat == "@zhang" and "13800138000" in text for _, chat, text in cards)
    _, [shown] = await partner.get("v2/requests/1.json")
    assert "老人" not in str(shown), "what somebody wrote is not public"


async def test_the_event_names_the_system_and_the_channel(partner: Partner) -> None:
    await partner.post(**LIGHT, account_id="u-77")
    [event] = await partner.stage.app.look(
        lambda session: list(session.scalars(select(TicketEventRow)))
    )
    assert (event.actor, event.channel) == ("open311:partner/u-77", "open311")


async def test_the_same_matter_joins_the_open_request(partner: Partner) -> None:
    _, [first] = await partner.post(**LIGHT, account_id="a")
    _, [second] = await partner.post(**LIGHT, account_id="b")
    _, [again] = await partner.post(**LIGHT, account_id="b")

    assert {
        first["service_request_id"],
        second["service_request_id"],
        again["service_request_id"],
    } == {"0001"}
    assert "已经有人报过" in second["service_notice"]
    [row] = await _rows(partner)
    assert row.reports == 2


async def test_a_point_on_a_map_is_taken_and_given_to_somebody_to_find(partner: Partner) -> None:
    for _ in range(2):
        status, _ = await partner.post(
            service_code="road", lat="28.19", long="112.97", description="大坑", account_id="a"
        )
        assert status == 200
    rows = await _rows(partner)
    assert len(rows) == 2, "two points are two matters"
    assert all(row.place_id is None and row.owner_id for row in rows)


async def test_what_the_chat_would_keep_to_itself_is_not_public_here_either(
    partner: Partner,
) -> None:
    status, [told] = await partner.post(**(LIGHT | {"description": "灯不亮，我老公打了我"}))
    assert status == 200
    assert [row.private for row in await _rows(partner)] == [True]
    assert (await partner.get(f"v2/requests/{told['service_request_id']}.json"))[0] == 404


async def test_danger_to_life_is_told_to_call_first(partner: Partner) -> None:
    _, [told] = await partner.post(service_code="gas", address_string="桂花园3栋2单元")
    assert told["service_notice"].startswith("正在危及生命的，请先打 110、119 或 120。")


async def test_the_test_endpoint_tries_everything_and_keeps_nothing(partner: Partner) -> None:
    status, [told] = await partner.post("test/v2/requests.json", **LIGHT)
    assert (status, told["service_request_id"]) == (200, "0001")
    assert await _rows(partner) == []
    status, _ = await partner.post("test/v2/requests.json", service_code="road")
    assert status == 400


MISTAKES = [
    ({"service_code": ""}, 400, "service_code"),
    ({"service_code": "noise"}, 404, "service_code"),
    ({"service_code": "楼道灯"}, 404, "service_code"),
    ({"address_string": ""}, 400, "address_id"),
    ({"address_string": "月球"}, 400, "address_string"),
    ({"address_string": "桂花园"}, 400, "attribute[building]"),
    ({"address_id": "nix"}, 400, "address_id"),
    ({"lat": "北纬"}, 400, "lat"),
    ({"lat": "nan", "long": "1"}, 400, "范围"),
    ({"lat": "91", "long": "1"}, 400, "范围"),
    ({"description": "啊" * 4001}, 400, "description"),
    ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
    ({"api_key": "wrong"}, 403, "api_key"),
    ({"api_key": ""}, 403, "api_key"),
]


async def test_a_mistake_is_named_and_nothing_is_kept(partner: Partner) -> None:
    for changed, status, says in MISTAKES:
        answered, [error] = await partner.post(**(LIGHT | changed))
        assert answered == status, changed
        assert says in error["description"], error
    assert await _rows(partner) == []


async def test_an_attribute_brings_the_building(partner: Partner) -> None:
    status, _ = await partner.post(
        **(LIGHT | {"address_string": "桂花园", "attribute[building]": "3栋2单元"})
    )
    assert status == 200
    assert [row.place_id for row in await _rows(partner)] == ["gh-3-2"]


BODIES = (b"<a/>", b"{}", b"\xff\xfe", rb"api_key=\ud800", b"x" * 2_000_000)
KINDS = (
    "text/xml",
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=nix",
    "application/x-www-form-urlencoded; charset=unicode_escape",
    "application/x-www-form-urlencoded",
)


async def test_a_body_that_is_no_form_is_refused_in_the_standards_form(partner: Partner) -> None:
    where = partner.at("v2/requests.json")
    for body, kind in itertools.product(BODIES, KINDS):
        headers = {"Content-Type": kind}
        async with partner.session.post(where, data=io.BytesIO(body), headers=headers) as answer:
            assert answer.status in (400, 403, 413), kind
            assert (await answer.json())[0]["code"] == str(answer.status)


async def test_a_revoked_key_opens_nothing(partner: Partner) -> None:
    await partner.stage.app.act("r", lambda work: revoke_key(work, "partner"))
    status, _ = await partner.post(**LIGHT)
    assert status == 403


async def test_a_key_is_counted_by_the_minute_whatever_comes_of_it(partner: Partner) -> None:
    most = partner.stage.app.settings.open311.per_minute
    ask = {"service_code": "road", "lat": "28.1", "long": "112.9"}
    wrong = await partner.post(**(ask | {"lat": "91"}))
    tried = await partner.post("test/v2/requests.json", **ask)
    answers = [(await partner.post(**ask))[0] for _ in range(most)]
    assert (wrong[0], tried[0]) == (400, 200)
    assert answers == [200] * (most - 2) + [429] * 2


async def test_hostile_words_stay_words(partner: Partner) -> None:
    nasty = "<script>alert(1)</script>]]>&\x00\x08 =1+1 完1 好了"
    status, _ = await partner.post(**(LIGHT | {"description": nasty, "first_name": nasty[:20]}))
    assert status == 200
    async with partner.session.get(partner.at("v2/requests.xml")) as answer:
        assert b"alert" not in await answer.read()
