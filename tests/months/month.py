"""A month of requests as a story: `python -m tests.months.month 2000 > month.jsonl`.

Everything is drawn from one seed. Residents of the shipped community report, confirm, join, urge,
take back, answer or keep silent; leaders take, hand on, note and finish, or let their time run out.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import knowledge.pack
from handlers.intents.read import read_intent
from handlers.thinking.proposing import propose
from handlers.thinking.thought import Scene
from knowledge.community.days.zone import ZONE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import Place, PlaceKind
from knowledge.community.roster.roster import read_roster
from knowledge.faq.shelf import View

if TYPE_CHECKING:
    from handlers.thinking.thought import Proposal

START = datetime(2026, 11, 1, tzinfo=ZONE)
DAYS = 30
URGENT = ("水管爆了往楼下灌", "下水道堵了冒出来", "路面塌陷了一块")
ORDINARY = (
    "楼道灯不亮",
    "门禁坏了",
    "楼道堆了好多杂物",
    "垃圾桶满了没人收",
    "路灯不亮",
    "健身器材坏了",
    "墙皮往下掉",
    "电动车停在楼道里充电",
    "好多蟑螂",
    "树枝挡了窗户",
    "水压太小",
    "车乱停挡路",
)
DONE = ("换好了", "清走了", "修好了，试过了", "联系物业处理完了")
AWAKE = (8, 21)
"""Hours in which leaders answer ordinary requests."""
REST = timedelta(hours=6)
"""How long the same matter of a building stays out of the story after its end."""


@dataclass
class Story:
    """The lines so far; what belongs to one request is written at once and sorted at the end."""

    chance: random.Random
    lines: list[tuple[datetime, int, dict[str, Any]]] = field(default_factory=list)

    def says(self, at: datetime, who: str, text: str) -> None:
        """Somebody writes to the bot in private."""
        self._add(at, {"type": "message", "chat": f"@{who}", "from": who, "text": text})

    def passes(self, until: datetime) -> None:
        """Time goes on until then."""
        self._add(until, {"type": "advance"})

    def told(self) -> str:
        """The whole story, one JSON object a line."""
        ordered = sorted(self.lines, key=lambda line: line[:2])
        rows = ({"at": at.isoformat(timespec="seconds"), **row} for at, _, row in ordered)
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    def _add(self, at: datetime, row: dict[str, Any]) -> None:
        self.lines.append((at.replace(microsecond=0), len(self.lines), row))


class Month:
    """Who lives where, what is broken already, and which number comes next."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.story = Story(self.chance)
        roster, problems = read_roster(Path(knowledge.pack.__file__).parent / "roster")
        if roster is None:
            raise RuntimeError(problems)
        self.hood = Neighbourhood.from_roster(roster)
        self.units = [one for one in self.hood.places.values() if one.kind is PlaceKind.UNIT]
        self.busy: dict[tuple[str, str], datetime] = {}
        self.number = 0
        self.guests = 0

    def fill(self, requests: int) -> str:
        """Tell of so many requests in a month and of what becomes of them in the next days."""
        moments = sorted(self._moment() for _ in range(requests))
        for at in moments:
            self._request(at)
        self.story.passes(START + timedelta(days=DAYS + 8))
        return self.story.told()

    def _moment(self) -> datetime:
        day = timedelta(days=self.chance.randrange(DAYS))
        hour = self.chance.choices(range(24), [1] * 6 + [3] * 2 + [8] * 13 + [3] * 3)[0]
        return START + day + timedelta(hours=hour, seconds=self.chance.randrange(3600))

    def _request(self, at: datetime) -> None:
        """One resident has one matter; where everything is broken already, a neighbour joins."""
        urgent = self.chance.random() < 0.2
        matters = URGENT if urgent else ORDINARY
        free = [
            (unit, matter)
            for unit in self.units
            for matter in matters
            if self.busy.get((unit.parent or "", matter), START) <= at
        ]
        unit, matter = self.chance.choice(free) if free else (self.units[0], matters[0])
        self.number += 1
        guest = self._guest()
        self.story.says(at, guest, self._said(unit, matter))
        if not urgent:
            self.story.says(at + timedelta(seconds=40), guest, "1")
        end = self._works(at + timedelta(minutes=2), guest, unit, matter, urgent=urgent)
        self.busy[unit.parent or "", matter] = end + REST

    def _works(
        self, at: datetime, guest: str, unit: Place, matter: str, *, urgent: bool
    ) -> datetime:
        """What leaders and residents do about it; when it is over."""
        chance, number = self.chance.random(), self.number
        if chance < 0.06:
            self.story.says(at + timedelta(minutes=1), guest, "算了")
            return at + timedelta(minutes=2)
        proposed = self._proposed(unit, matter)
        if self.chance.random() < 0.08 and not proposed.private:  # else it is a matter of its own
            neighbour = self._guest()
            self.story.says(at + timedelta(minutes=1), neighbour, self._said(unit, matter))
        late = self.chance.random() < 0.12
        wait = (
            (15, 90)
            if urgent and late
            else (1, 8)
            if urgent
            else (1500, 4000)
            if late
            else (5, 400)
        )
        taken = self._awake(at + timedelta(minutes=self.chance.randrange(*wait)), urgent=urgent)
        if late:
            self.story.says(taken - timedelta(minutes=1), guest, f"催{number}")
        owner = proposed.owner or "zhang"
        if self.chance.random() < 0.08:
            self.story.says(taken - timedelta(seconds=30), owner, f"转{number} {self._other(unit)}")
            owner = self._other(unit)
        self.story.says(taken, owner, f"接{number}")
        return self._ends(taken, guest, owner, number, urgent=urgent)

    def _ends(
        self, taken: datetime, guest: str, owner: str, number: int, *, urgent: bool
    ) -> datetime:
        spent = timedelta(minutes=self.chance.randrange(20, 200 if urgent else 3000))
        done = self._awake(taken + spent, urgent=urgent)
        self.story.says(taken + spent / 2, owner, f"进展{number} 已经在处理")
        self.story.says(done, owner, f"完{number} {self.chance.choice(DONE)}")
        answer = done + timedelta(minutes=self.chance.randrange(5, 900))
        kind = self.chance.random()
        if kind < 0.3:  # silence
            return done + timedelta(days=3)
        if kind < 0.4:
            self.story.says(answer, guest, "没好，还是老样子")
            done = self._awake(
                answer + timedelta(minutes=self.chance.randrange(60, 900)), urgent=urgent
            )
            self.story.says(done, owner, f"完{number} 又弄了一遍")
            answer = done + timedelta(minutes=self.chance.randrange(5, 600))
        self.story.says(answer, guest, "好了")
        if self.chance.random() < 0.7:
            rating = self.chance.choices(("1", "2", "3"), (8, 1, 1))[0]
            self.story.says(answer + timedelta(minutes=1), guest, rating)
        return answer

    def _guest(self) -> str:
        self.guests += 1
        return f"guest{self.guests:05d}"

    def _said(self, unit: Place, matter: str) -> str:
        estate = self.hood.estate(unit.id)
        return f"{estate.name if estate else ''}{self.hood.label(unit.id)}{matter}"

    def _proposed(self, unit: Place, matter: str) -> Proposal:
        """What the bot makes of it: who is asked first, and whether neighbours may join."""
        said = self._said(unit, matter)
        scene = Scene(hood=self.hood, faq=View(), now=START)
        return propose(said, read_intent(said), scene)

    def _other(self, unit: Place) -> str:
        """The next person up the ladder."""
        people = [rung.person for rung in self.hood.chain(unit.id) if rung.person]
        return people[1] if len(people) > 1 else people[0]

    def _awake(self, at: datetime, *, urgent: bool) -> datetime:
        if urgent or AWAKE[0] <= at.hour < AWAKE[1]:
            return at
        later = at.replace(hour=AWAKE[0], minute=self.chance.randrange(60))
        return later if later >= at else later + timedelta(days=1)


def main() -> None:
    """Write a month of so many requests (2,000) from a seed (1)."""
    given = dict(enumerate(map(int, sys.argv[1:])))
    sys.stdout.write(Month(given.get(1, 1)).fill(given.get(0, 2000)))


if __name__ == "__main__":
    main()
