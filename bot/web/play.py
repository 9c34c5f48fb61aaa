"""Playing one of the demo's stories, step by step, as slowly as a visitor can follow."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.web import membership
from bot.web.saying import Words, say
from bot.web.stories import LEADER, NEIGHBOUR, RESIDENT
from bot.web.wording import moment
from handlers.phrases.numbers import ticket_number
from knowledge.community.places.places import PlaceKind
from knowledge.community.roster.people import Role
from knowledge.community.tickets.ticket import OPEN, OUTCOMES
from knowledge.files.logbook import Logbook
from knowledge.store.lists import reported_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.web.application import Application
    from bot.web.stories import Step, Story
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.people import Person

NO_TIME = timedelta(0)
READING = 4.0
"""Seconds for a visitor to read a caption before it happens, and what came of it after."""

log = Logbook()


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays, in which group; `building` is what they call their house."""

    parts: Mapping[str, Person]
    group: str
    building: str

    def names(self) -> dict[str, str]:
        """Return how each part is called."""
        return {part: person.called for part, person in self.parts.items()}


class Play:
    """At most one story at a time; another one takes its place."""

    def __init__(self, app: Application, reading: float = READING) -> None:
        self._app = app
        self._reading = reading
        self._task: asyncio.Task[None] | None = None
        self.caption = ""

    @property
    def going(self) -> bool:
        """Whether a story is being played."""
        return self._task is not None and not self._task.done()

    async def start(self, story: Story, cast: Cast) -> None:
        """Begin a story; one that is going on ends here."""
        await self.stop()
        self.caption = f"{story.title}：马上开始"
        self._task = asyncio.create_task(self._play(story, cast))

    async def ended(self) -> None:
        """Wait for the end of the story, if there is one."""
        if self._task is not None:
            await self._task

    async def stop(self) -> None:
        """End the story, if there is one."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def break_off(self) -> None:
        """End the story, if there is one, because the clock is pushed: what it waits for would run out."""
        if self.going:
            await self.stop()
            self.caption = "快进了，故事停在这里。从头看请再点一次“演一遍”。"

    async def _play(self, story: Story, cast: Cast) -> None:
        try:
            await self._wait_for_hours(story)
            for step in story.steps:
                await self._do(step, story, cast)
            await asyncio.sleep(self._reading)
            self.caption = story.end.format(**cast.names())
        except Exception as fault:
            self.caption = "这一段没有演下去，请再点一次“演一遍”。"
            log.exception("A story broke off.", action="play.failed", exc_info=fault)

    async def _wait_for_hours(self, story: Story) -> None:
        """Let the clock go on to where the story can happen: a leak by night is one by night."""
        now = self._app.clock.now()
        begins = story.begins(now)
        if begins > now:
            self.caption = f"{story.title}：先把时钟拨到 {moment(begins, now)}"
            await self._app.advance(begins - now)

    async def _do(self, step: Step, story: Story, cast: Cast) -> None:
        await asyncio.sleep(self._reading)
        self.caption = step.caption.format(**cast.names())
        await asyncio.sleep(self._reading / 2)
        if step.lapse:
            await self._app.advance(step.lapse)
        if not step.text:
            return
        known = {
            "bot": self._app.rules.bot_name,
            "building": cast.building,
            "no": await self._newest(cast.parts[RESIDENT]),
        }
        person = cast.parts[step.who]
        private = step.who == LEADER or story.in_private
        chat = membership.private_chat(person, self._app.town.hood).id if private else cast.group
        await say(self._app, person, chat, Words(f"play:{uuid4().hex}", step.text.format(**known)))
        await self._app.advance(NO_TIME)  # on a slow machine too the answer comes before the next

    async def _newest(self, person: Person) -> str:
        states = OPEN | OUTCOMES
        numbers = await self._app.look(
            lambda session: [row.no for row in reported_by(session, person.id, states)]
        )
        return ticket_number(max(numbers)) if numbers else ""


def cast_for(resident: Person, leader: Person, hood: Neighbourhood) -> Cast | None:
    """Return the cast around a resident, None where there is no group to play in."""
    groups = membership.groups_of(resident, hood)
    if not groups:
        return None
    group = min(groups, key=lambda one: len(hood.members_of(one.scope)))
    house = hood.up_to(hood.home(resident), PlaceKind.BUILDING)
    others = [
        one
        for one in hood.members_of(group.scope)
        if one.roles == {Role.RESIDENT} and one.id != resident.id
    ]
    neighbour = others[0] if others else leader
    parts = {RESIDENT: resident, NEIGHBOUR: neighbour, LEADER: leader}
    return Cast(parts, group.id, hood.label(house.id) if house else "")
