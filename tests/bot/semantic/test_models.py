"""Asking a model: it picks one of ours or nothing, and everything else is no opinion."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.semantic import adviser as advising
from bot.semantic.adviser import Adviser, open_adviser
from bot.semantic.endpoint import NoOpinion
from bot.semantic.models import model_of
from knowledge.faq.opinion import Doubtful, Offer, OpinionWanted
from tests.bot.semantic.stub import choosing, lying_near

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings.semantic import SemanticSection
    from tests.bot.semantic.stub import Stub

QUESTION = Doubtful(
    "那个卡怎么弄",
    (Offer("card-new", "第一次办老年卡", "新办老年卡"), Offer("card-lost", "补办", "老年卡丢了")),
)
NAN = float("nan")


def vectors(*rows: list[float]) -> Any:
    return {"data": [{"index": at, "embedding": row} for at, row in enumerate(rows)]}


@asynccontextmanager
async def advised(section: SemanticSection) -> AsyncIterator[Adviser]:
    adviser = open_adviser(section)
    yield adviser
    await adviser.close()


async def pick(section: SemanticSection) -> str:
    model, endpoint = model_of(section)
    try:
        return await model.pick(QUESTION)
    finally:
        await endpoint.close()


async def test_a_chat_model_picks_one_of_the_offers(stub: Stub) -> None:
    stub.says = choosing("card-lost")

    assert await pick(stub.section(key="k-1")) == "card-lost"

    ((path, key, body),) = stub.asked
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer k-1", "m")
    assert "那个卡怎么弄" in body["messages"][1]["content"]


@pytest.mark.parametrize("made_up", ["card-old", "", "补办", "card-new; card-lost"])
async def test_an_entry_that_was_not_offered_is_no_pick(stub: Stub, made_up: str) -> None:
    stub.says = choosing(made_up)

    assert await pick(stub.section()) == ""


async def test_an_embedding_model_picks_the_nearest_in_whatever_order_it_replies(
    stub: Stub,
) -> None:
    stub.says = lying_near("丢")

    assert await pick(stub.section(kind="embedding")) == "card-lost"
    assert stub.asked[0][0] == "/v1/embeddings"


async def test_two_entries_equally_near_are_no_pick(stub: Stub) -> None:
    stub.says = lying_near("")

    assert await pick(stub.section(kind="embedding")) == ""


@pytest.mark.parametrize(
    ("kind", "status", "said", "reason"),
    [
        ("chat", 500, {"error": "x"}, "status_500"),
        ("chat", 301, b"", "status_301"),
        ("chat", 200, b"<html>", "garbage"),
        ("chat", 200, b"[" * 5000, "garbage"),
        ("chat", 200, {"choices": []}, "garbage"),
        ("chat", 200, {"choices": [{"message": {"content": "card-lost"}}]}, "garbage"),
        ("chat", 200, {"choices": [{"message": {"content": None}}]}, "garbage"),
        ("embedding", 200, {"data": "x"}, "garbage"),
        ("embedding", 200, vectors([1.0], [1.0]), "garbage"),
        ("embedding", 200, vectors([1.0], [1.0], [1.0], [1.0], [1.0, 2.0]), "garbage"),
        ("embedding", 200, vectors([1.0], [NAN], [1.0], [1.0], [1.0]), "garbage"),
        ("embedding", 200, vectors([1.0], [0.0], [1.0], [1.0], [1.0]), "garbage"),
        ("embedding", 200, b'"' + b"a" * 4_000_001 + b'"', "garbage"),
    ],
)
async def test_what_is_no_proper_reply_is_no_opinion(
    stub: Stub, kind: str, status: int, said: Any, reason: str
) -> None:
    stub.status = status
    stub.says = lambda _body: said

    with pytest.raises(NoOpinion) as raised:
        await pick(stub.section(kind=kind))

    assert str(raised.value) == reason


async def test_a_reply_that_takes_too_long_is_no_opinion(stub: Stub) -> None:
    stub.released.clear()

    with pytest.raises(NoOpinion, match="timeout"):
        await pick(stub.section(timeout=0.05))


def rests(adviser: Adviser) -> bool:
    return adviser.opinions is None


async def test_an_endpoint_that_fails_three_times_is_left_alone_for_a_while(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub.status = 500
    now = 1000.0
    monkeypatch.setattr(advising, "monotonic", lambda: now)
    async with advised(stub.section()) as adviser:
        for number in range(3):
            assert not rests(adviser)
            await adviser.learn(Doubtful(f"第 {number} 问", QUESTION.offers))
        assert rests(adviser)

        now += advising.REST_SECONDS
        assert not rests(adviser)
        await adviser.learn(QUESTION)
        assert rests(adviser)  # one failure more is enough

        now += advising.REST_SECONDS
        stub.status, stub.says = 200, choosing("card-new")
        await adviser.learn(QUESTION)
        assert adviser.opinions is not None
        assert adviser.opinions.on(QUESTION) == "card-new"


async def test_what_was_said_is_remembered_for_a_while_only(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub.says = choosing("card-new")
    async with advised(stub.section()) as adviser:
        opinions = adviser.opinions
        assert opinions is not None
        with pytest.raises(OpinionWanted):
            opinions.on(QUESTION)
        await adviser.learn(QUESTION)
        assert opinions.on(QUESTION) == "card-new"

        monkeypatch.setattr(advising, "KEPT_SECONDS", 0.0)
        await adviser.learn(Doubtful("别的", QUESTION.offers))
        with pytest.raises(OpinionWanted):
            opinions.on(QUESTION)
