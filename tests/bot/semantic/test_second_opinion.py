"""A second opinion on the whole road: chat, `ask` and `eval`; nobody else waits for it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.__main__ import main
from bot.semantic.adviser import open_adviser
from knowledge.store.rows.messages import InboxRow
from tests.bot.semantic.stub import choosing, lying_near
from tests.world import DATA, GROUP, MORNING, open_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot.semantic.stub import Stub
    from tests.world import World

VAGUE = "老年卡怎么弄"
LOST = "补办老年卡：带身份证"


@pytest.fixture
async def world(tmp_path: Path, database_url: str, stub: Stub) -> AsyncIterator[World]:
    stub.says = choosing("elderly-card-lost")
    async with open_world(tmp_path, database_url, open_adviser(stub.section())) as made:
        yield made


async def test_the_entry_that_the_model_picks_is_answered_in_its_own_words(world: World) -> None:
    李娭毑 = world["李娭毑"]

    await 李娭毑.says(VAGUE)

    李娭毑.hears(LOST)


async def test_only_doubtful_questions_to_the_bot_are_shown_and_without_telephone(
    world: World, stub: Stub
) -> None:
    李娭毑 = world["李娭毑"]

    for said in ("高龄补贴怎么领", "3栋2单元着火了！", "楼道灯不亮", "您好", "谢谢", "0"):
        await 李娭毑.says(said)
    await 李娭毑.says(f"{VAGUE}？", GROUP, addressed=False)
    assert stub.asked == []

    await world["周爹爹"].says(f"{VAGUE}，我电话13812345678")
    ((_, _, body),) = stub.asked
    assert VAGUE in body["messages"][1]["content"]
    assert "2345678" not in body["messages"][1]["content"]


@pytest.mark.parametrize("way", ["dead", "slow", "broken", "lying"])
async def test_without_a_usable_opinion_there_is_a_choice_as_without_a_model(
    tmp_path: Path, database_url: str, stub: Stub, way: str
) -> None:
    stub.status = 500 if way == "broken" else 200
    stub.says = choosing("elderly-card-gold")
    if way == "dead":
        stub.address = "http://127.0.0.1:1/v1"
    elif way == "slow":
        stub.released.clear()
    adviser = open_adviser(stub.section(timeout=0.05 if way == "slow" else 5))
    async with open_world(tmp_path, database_url, adviser) as world:
        李娭毑 = world["李娭毑"]

        await 李娭毑.says(VAGUE)

        李娭毑.hears("您想问哪一件", "1 ", "2 ")


async def test_while_one_question_waits_all_other_chats_are_served(
    world: World, stub: Stub
) -> None:
    stub.released.clear()
    李娭毑, 周爹爹 = world["李娭毑"], world["周爹爹"]
    for event in (
        李娭毑.event(VAGUE),
        李娭毑.event("高龄补贴怎么领"),
        周爹爹.event("高龄补贴怎么领"),
    ):
        await world.app.hear(event)

    await world.app.worker.take()
    await world.app.sender.run_due()
    周爹爹.hears("满 80 岁")
    李娭毑.hears_nothing()

    stub.released.set()
    await world.app.settle()
    first, second = world.said_in(f"@{李娭毑.account}")
    assert LOST in first
    assert "满 80 岁" in second


async def test_a_question_that_waits_when_the_process_ends_is_answered_by_the_next(
    tmp_path: Path, database_url: str, stub: Stub
) -> None:
    stub.says = choosing("elderly-card-lost")
    stub.released.clear()
    async with open_world(tmp_path, database_url, open_adviser(stub.section())) as world:
        await world.app.hear(world["李娭毑"].event(VAGUE))
        await world.app.worker.take()
        states = await world.looks(lambda session: session.scalars(select(InboxRow.state)).all())
        assert states == ["new"]

    stub.released.set()
    again = tmp_path / "again"
    async with open_world(again, database_url, open_adviser(stub.section())) as world:
        await world.app.settle()
        world["李娭毑"].hears(LOST)


@pytest.fixture
def folder(tmp_path: Path, stub: Stub) -> Path:
    stub.says = lying_near("丢")
    shutil.copytree(DATA, tmp_path / "data")
    table = f'[semantic]\nurl = "{stub.address}"\nmodel = "m"\ntimeout = 10\n'
    (tmp_path / "data" / "linli.toml").write_text(table, encoding="utf-8")
    return tmp_path / "data"


def linli(folder: Path, *arguments: str) -> Any:
    options = ["--data", str(folder), "--now", MORNING.isoformat()]
    ran = CliRunner().invoke(main, [*options, *arguments, "--json"])
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def test_ask_says_what_the_chat_would_say(folder: Path, stub: Stub) -> None:
    asked = linli(folder, "ask", VAGUE)

    assert (asked["action"], asked["faq_id"]) == ("answer", "elderly-card-lost")
    assert asked["candidates"][0]["faq_id"] == "elderly-card-lost"
    assert asked["score"] >= asked["threshold"]
    assert len(stub.asked) == 1


def test_eval_scores_the_road_with_the_model_on_it(folder: Path) -> None:
    rows = folder / "rows.jsonl"
    rows.write_text(json.dumps({"query": VAGUE, "topic": "elderly-card-lost"}), encoding="utf-8")

    assert linli(folder, "eval", str(rows))["direct"]["top1"] == 1.0


def test_a_model_far_away_without_encryption_is_a_finding(folder: Path) -> None:
    table = '[semantic]\nurl = "http://llm.example.org/v1"\nmodel = "m"\nkey = "s"\n'
    (folder / "linli.toml").write_text(table, encoding="utf-8")

    found = {one["field"]: one["message"] for one in linli(folder, "check")}

    assert found["[semantic] url"] == "居民问的话会不加密地送出去"
    assert found["[semantic] key"] == "密钥写在了设置文件里"
