"""What we wait for, and photos that wait for their words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from handlers.actions.dialogues import (
    await_reply,
    end_dialogue,
    hold_photos,
    pending_dialogue,
    take_photos,
)
from handlers.messages import ChatRef

if TYPE_CHECKING:
    from handlers.work import Work
    from tests.world import World

HERE, THERE = ChatRef("replay", "g-hy"), ChatRef("replay", "g-xy")


async def topic(world: World, chat: ChatRef = HERE, who: str = "li") -> str | None:
    def look(work: Work) -> str | None:
        found = pending_dialogue(work, chat, who)
        return found.topic if found else None

    return await world.app.act("t", look)


async def test_the_newest_question_replaces_the_older_of_that_person_in_that_chat(
    world: World,
) -> None:
    for chat, who, what in (
        (HERE, "li", "place"),
        (HERE, "zhou", "matter"),
        (HERE, "li", "confirm"),
    ):
        await world.app.act("t", partial(await_reply, chat=chat, who=who, topic=what))

    assert await topic(world) == "confirm"
    assert await topic(world, who="zhou") == "matter"
    assert await topic(world, THERE) is None


async def test_after_half_an_hour_nothing_is_awaited(world: World) -> None:
    await world.app.act("t", lambda work: await_reply(work, HERE, "li", "place"))
    await world.passes(minutes=30)

    assert await topic(world) is None


async def test_what_is_ended_is_over(world: World) -> None:
    await world.app.act("t", lambda work: await_reply(work, HERE, "li", "place"))
    await world.app.act("t", lambda work: end_dialogue(work, HERE, "li"))

    assert await topic(world) is None


async def test_photos_are_taken_once_in_order_and_only_by_their_sender(world: World) -> None:
    await world.app.act("t", lambda work: hold_photos(work, HERE, "li", ("a", "b"), ask=False))
    await world.app.act("t", lambda work: hold_photos(work, HERE, "li", ("c",), ask=False))

    assert await world.app.act("t", lambda work: take_photos(work, HERE, "zhou")) == ()
    assert await world.app.act("t", lambda work: take_photos(work, THERE, "li")) == ()
    assert await world.app.act("t", lambda work: take_photos(work, HERE, "li")) == ("a", "b", "c")
    assert await world.app.act("t", lambda work: take_photos(work, HERE, "li")) == ()
