"""Choices: offered once, used once, by the right person in the right chat in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.actions.menus import Choice, close_menus, offer, open_menus, options_of, press
from handlers.messages import ChatRef
from knowledge.community.refusals import Outdated, Refusal

if TYPE_CHECKING:
    from handlers.work import Work
    from tests.world import World

HERE, THERE = ChatRef("replay", "g-hy"), ChatRef("replay", "@li")
TWO = (Choice("好了", "a", {"no": 1}), Choice("没好", "b"))


async def offered(world: World, who: str = "li", **more) -> list[str]:
    def make(work: Work) -> list[str]:
        return [button.token for button in offer(work, HERE, who, TWO, **more)]

    return await world.app.act("t", make)


async def used(world: World, token: str, chat: ChatRef = HERE, who: str = "li") -> str:
    def use(work: Work) -> str:
        return press(work, token, chat, who)[1].action

    return await world.app.act("t", use)


async def test_a_button_stands_for_its_line_and_is_used_once(world: World) -> None:
    first, second = await offered(world)

    assert await used(world, second) == "b"
    for token in (first, second):
        with pytest.raises(Outdated):
            await used(world, token)


async def test_tokens_are_long_and_never_the_same(world: World) -> None:
    tokens = [token for _ in range(20) for token in await offered(world)]

    assert len(set(tokens)) == 40
    assert {len(token) for token in tokens} == {32}


@pytest.mark.parametrize(("chat", "who"), [(THERE, "li"), (HERE, "zhou"), (HERE, "")])
async def test_a_foreign_button_is_refused(world: World, chat: ChatRef, who: str) -> None:
    first, _ = await offered(world)

    with pytest.raises(Refusal):
        await used(world, first, chat, who)
    assert await used(world, first) == "a"


async def test_what_is_for_everybody_anybody_may_press(world: World) -> None:
    first, _ = await offered(world, who="")

    assert await used(world, first, who="zhou") == "a"


async def test_half_an_hour_later_it_is_over(world: World) -> None:
    first, _ = await offered(world)
    await world.passes(minutes=30)

    with pytest.raises(Outdated):
        await used(world, first)


async def test_the_newest_open_menu_comes_first_and_digits_start_where_told(world: World) -> None:
    await offered(world)
    await offered(world, first_digit=0)

    def look(work: Work) -> list[list[int]]:
        menus = open_menus(work, HERE, "li")
        return [[option.digit for option in options_of(work, menu)] for menu in menus]

    assert await world.app.act("t", look) == [[0, 1], [1, 2]]


async def test_when_a_ticket_moves_on_its_menus_are_void(world: World) -> None:
    first, _ = await offered(world, ticket_id=7)
    other, _ = await offered(world, ticket_id=8)

    await world.app.act("t", lambda work: close_menus(work, 7))

    with pytest.raises(Outdated):
        await used(world, first)
    assert await used(world, other) == "a"
