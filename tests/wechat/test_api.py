"""Calls to the API: one login for all who need one, and a true reason for every failure."""

from __future__ import annotations

import asyncio

import pytest

from bot.wechat.api import Api, ApiTrouble
from bot.wechat.errcodes import MEANINGS, receipt_of
from handlers.messages import Outcome
from tests.channels.fake_wecom import FakeApi

SEND = "/cgi-bin/message/send"


@pytest.fixture
async def fake():
    made = FakeApi("secret-canary")
    made.methods[SEND] = lambda _: {"msgid": "m"}
    made.sends.add(SEND)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def api(fake):
    made = Api(fake.address, "/cgi-bin/gettoken", {"corpid": "ww1", "corpsecret": fake.secret})
    made.open()
    yield made
    await made.close()


async def outcomes(api, count):
    calls = (api.call(SEND, {"touser": "li"}) for _ in range(count))
    return await asyncio.gather(*calls, return_exceptions=True)


async def test_twenty_calls_at_once_log_in_once(fake, api):
    assert [one["msgid"] for one in await outcomes(api, 20)] == ["m"] * 20
    assert fake.asked == 1
    fake.expire()
    assert [one["msgid"] for one in await outcomes(api, 20)] == ["m"] * 20
    assert fake.asked == 2


async def test_a_refused_login_is_one_question_and_the_next_call_asks_again(fake, api):
    fake.login_answer = (40013, "invalid corpid")
    found = await outcomes(api, 20)
    assert {(type(one), str(one)) for one in found} == {(ApiTrouble, "40013")}
    assert fake.asked == 1
    fake.login_answer = None
    assert (await outcomes(api, 1))[0]["msgid"] == "m"


async def test_a_token_that_stays_invalid_is_renewed_once_and_then_said(fake, api):
    fake.answers.extend({"errcode": 40014} for _ in range(2))
    (found,) = await outcomes(api, 1)
    assert (str(found), fake.asked) == ("40014", 2)


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ({"errcode": 45009}, Outcome.LATER),
        ({"errcode": 40003}, Outcome.GONE),
        ({"errcode": 45047}, Outcome.UNSUPPORTED),
        ({"errcode": 123456789}, Outcome.UNSUPPORTED),
        ({"errcode": "x"}, Outcome.UNKNOWN),
        ([], Outcome.UNKNOWN),
    ],
)
async def test_an_answer_means_what_its_code_says(fake, api, raw, outcome):
    fake.answers.append(raw)
    with pytest.raises(ApiTrouble) as trouble:
        await api.call(SEND, {})
    assert trouble.value.receipt.outcome is outcome


async def test_what_was_cut_is_in_doubt_and_what_never_left_is_not(fake, api):
    fake.cuts = 1
    with pytest.raises(ApiTrouble) as trouble:
        await api.call(SEND, {})
    assert trouble.value.receipt.outcome is Outcome.UNKNOWN
    await fake.stop()
    with pytest.raises(ApiTrouble) as trouble:
        await api.call(SEND, {})
    assert trouble.value.receipt.outcome is Outcome.LATER
    assert "canary" not in str(trouble.value)


def test_whatever_an_administrator_can_mend_says_what_and_how():
    for code, found in MEANINGS.items():
        assert bool(found.field) == bool(found.mend), code
        if found.mend:
            assert receipt_of(code).outcome is Outcome.LATER, "it goes out once it is mended"
