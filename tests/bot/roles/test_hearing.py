"""What one process does with the words of the others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.roles.hearing import Hearing
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


async def test_who_is_awaited_by_another_process_passes_this_gate(world: World) -> None:
    app, 李娭毑 = world.app, world["李娭毑"]
    hearing, now = Hearing(app), app.clock.now()
    short, chatter = 李娭毑.event("3栋2单元", GROUP), 李娭毑.event("今天天气蛮好", GROUP)
    until = (now + timedelta(minutes=10)).isoformat()

    assert not app.listening.worth_storing(short, app.town.hood, now)
    hearing.hear(("expect", "replay", GROUP, 李娭毑.account, until))
    assert app.listening.worth_storing(short, app.town.hood, now)

    later = now + timedelta(hours=1)
    assert not app.listening.worth_storing(chatter, app.town.hood, later)
    app.listening.deaf = True
    assert app.listening.worth_storing(chatter, app.town.hood, later), "it could be awaited there"


async def test_open_pages_look_again_when_another_process_has_spoken(world: World) -> None:
    looked: list[str] = []
    world.app.readers.append(looked.append)
    world.app.onlookers.append(lambda: looked.append("tasks"))

    for word in (("chat", "g-1"), ("outbox",), ("a word of a newer program",)):
        Hearing(world.app).hear(word)

    assert looked == ["g-1", "tasks"]
