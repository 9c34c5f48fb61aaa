"""The table of what the bot does, in its reading order."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.routing import ROUTES, answer
from handlers.work import Rules, Work
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.store.rows.parties import PartyNameRow
from knowledge.store.rows.questions import QuestionRow
from tests.conftest import MONDAY
from tests.world import GROUP, Neighbour

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.world import World


def test_the_table_reads_as_it_acts() -> None:
    names = [route.name for route in ROUTES]

    assert len(names) == len(set(names))
    assert names.index("危及生命的，先说打哪个电话") < names.index("回了数字或“好了”“没好”")


def test_without_an_event_there_is_nothing_to_answer() -> None:
    work = Work(
        session=None,  # type: ignore[arg-type]  # is not reached
        now=MONDAY,
        hood=Neighbourhood(),
        faq=None,  # type: ignore[arg-type]  # is not reached
        rules=Rules(),
        chance=random.Random(1),
        cause="test",
        expect=lambda chat, who, until: None,
    )

    assert answer(work) is False


async def test_danger_to_life_comes_before_everything_that_is_pending(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("楼道灯不亮", GROUP)
    李娭毑.reads("几栋几单元")

    await 李娭毑.says("3栋2单元起火了，快来人", GROUP)

    assert "119" in world.said_in(GROUP)[0]
    world["张师傅"].hears("危急", "3栋2单元")


@pytest.mark.parametrize("command", ["请假 3天", "任务", "收到"])
async def test_a_command_of_somebody_who_is_asked_is_no_answer(world: World, command: str) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("老屋的证能不能过户给女婿")
    row = await world.looks(lambda session: session.scalars(select(QuestionRow)).one())
    asked = Neighbour(world, row.assignee_id or "")

    await asked.says(command)

    李娭毑.hears_nothing()


async def test_a_question_does_not_swallow_what_was_asked(world: World) -> None:
    """Somebody asks something else in between; the place is still awaited."""
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("楼道灯不亮", GROUP)

    await 李娭毑.says("社区小助手，社区几点上班？", GROUP)
    李娭毑.reads("8:30–17:30")
    await 李娭毑.says("3栋2单元", GROUP)

    李娭毑.reads("这样登记，对不对？")


@pytest.mark.parametrize(
    ("group", "text", "speaks"),
    [
        (GROUP, "3栋2单元楼道灯不亮", True),
        ("g-at", "1栋1单元楼道灯不亮", False),
        ("g-at", "1栋1单元水管爆了", True),
        ("g-at", "@社区小助手 1栋1单元楼道灯不亮", True),
        ("g-mute", "1栋1单元水管爆了", False),
        ("g-mute", "1栋1单元着火了", True),
        (GROUP, "社区几点上班？", True),
        ("g-at", "社区几点上班？", False),
        (GROUP, "今天天气蛮好", False),
        (GROUP, "收到", False),
        (GROUP, "1", False),
    ],
)
async def test_how_loud_a_group_may_be(world: World, group: str, text: str, speaks: bool) -> None:
    await world["李娭毑"].says(text, group)

    assert bool(world.said_in(group)) is speaks, world.said_in(group)


async def test_of_a_stranger_only_what_is_served_leaves_a_name(world: World) -> None:
    stranger = world.stranger("guest", "小路")

    def names(session: Session) -> list[str]:
        return list(session.scalars(select(PartyNameRow.name)))

    chatter = stranger.event("昨天晚上的电视剧蛮好看，看到十点多才睡", GROUP)
    assert await world.app.act("t", answer, chatter) is False
    assert await world.looks(names) == []

    await stranger.says("3栋2单元楼道灯不亮", GROUP)
    assert await world.looks(names) == ["小路"]
    assert await world.app.act("t", answer, chatter) is False
    assert await world.looks(names) == ["小路"]
