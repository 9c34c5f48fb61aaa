"""The one exit: masked in groups, keyed by its cause, held back in quiet hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.actions.names import call_name
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, tell_chat, tell_person
from handlers.messages import Button, ChatRef
from knowledge.community.days.zone import ZONE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.store.rows.messages import OutboxRow
from tests.world import GROUP

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.work import Work
    from tests.world import World

SECRET = "打 13912345678，3栋2单元502"
HERE = ChatRef("replay", GROUP)


def moment(day: int, clock: str) -> datetime:
    return datetime(2026, 11, day, int(clock[:2]), int(clock[3:]), tzinfo=ZONE)


async def told(world: World, tell: Callable[[Work], str | None]) -> OutboxRow:
    world.told += 1
    key = await world.app.act(f"test:{world.told}", tell)
    wanted = select(OutboxRow).where(OutboxRow.key == key)
    return await world.app.look(lambda session: session.scalars(wanted).one())


async def test_what_goes_into_a_group_is_masked_and_what_is_private_is_not(world: World) -> None:
    row = await told(world, lambda work: tell_chat(work, HERE, SECRET))
    private = await told(
        world, lambda work: tell_chat(work, ChatRef("replay", "@li"), SECRET + "。")
    )

    assert row.text == "打 139****5678，3栋2单元"
    assert private.text == SECRET + "。"


async def test_a_duty_phone_is_told_to_a_group_and_nothing_else_beside_it(world: World) -> None:
    people = world.app.town.hood.people
    zhang = replace(people["zhang"], duty="每天 8:00–21:00，电话 139 0000 0006")
    li = replace(people["li"], duty="13900000011")
    hood = Neighbourhood(
        world.app.town.hood.places.values(),
        (people | {"zhang": zhang, "li": li}).values(),
        world.app.town.hood.chats.values(),
    )
    rules = replace(world.app.rules, duty_phone="+86 139-0000-0099")
    said = "值班 13900000006、139-0000-0099，李娭毑 13900000011，身份证 430102199001011234"

    def tell(work: Work) -> str:
        work.hood, work.rules = hood, rules
        return tell_chat(work, HERE, said)

    row = await told(world, tell)
    assert row.text == (
        "值班 13900000006、139-0000-0099，李娭毑 139****0011，身份证 430*************34"
    ), "who only lives here has no duty, whatever stands in that column"
    again = await told(world, lambda work: tell_chat(work, HERE, said))
    assert "139****0006、139****0099" in again.text, "where it is nobody's duty it is hidden"


async def test_each_message_of_a_cause_has_a_key_of_its_own(world: World) -> None:
    def tell(work: Work) -> list[str]:
        return [tell_chat(work, HERE, text) for text in "一二三"]

    first = await world.app.act("inbox:7", tell)
    again = await world.app.act("inbox:7", tell)

    assert all(key.startswith("inbox:7:") for key in first)
    assert len({*first, *again}) == 6


async def test_buttons_and_subject_travel_with_it(world: World) -> None:
    about = About(ticket_id=None, lane="P1", notice_id="n", repeatable=True)
    row = await told(
        world,
        lambda work: tell_chat(work, HERE, "x", buttons=(Button("对", "t"),), about=about),
    )

    assert row.buttons == [{"label": "对", "token": "t"}]
    assert (row.lane, row.notice_id, row.repeatable) == ("P1", "n", True)


@pytest.mark.parametrize(
    ("lane", "waits"), [("P0", False), ("P1", False), ("P2", True), ("P3", True)]
)
async def test_only_what_is_not_urgent_waits_for_the_morning(
    world: World, lane: str, waits: bool
) -> None:
    await world.passes(hours=13)

    row = await told(world, lambda work: tell_person(work, "zhang", "任务", about=About(lane=lane)))

    assert (row.not_before > world.clock.now()) is waits


async def test_an_answer_to_somebody_who_is_awake_does_not_wait(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await world.passes(hours=14)

    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)
    李娭毑.reads("这样登记")
    await 李娭毑.says("1", GROUP)
    李娭毑.reads("登记好了")

    world["张师傅"].hears_nothing()
    await world.passes(hours=9)
    world["张师傅"].hears("【新任务 0001】")


async def test_people_are_found_where_they_are(world: World) -> None:
    def look(work: Work) -> list[object]:
        return [private_chat(work, who) for who in ("li", "replay:guest", "nobody")]

    assert await world.app.act("t", look) == [
        ChatRef("replay", "@li"),
        ChatRef("replay", "@guest"),
        None,
    ]
    assert await world.app.act("t", lambda work: tell_person(work, "nobody", "x")) is None


async def test_a_person_is_called_as_the_roster_says_a_stranger_as_the_platform(
    world: World,
) -> None:
    await world.stranger("guest", "小路").says("你好")

    def names(work: Work) -> list[str]:
        return [call_name(work, who) for who in ("li", "replay:guest", "replay:other", "nobody")]

    assert await world.app.act("t", names) == ["李娭毑", "小路", "", ""]
