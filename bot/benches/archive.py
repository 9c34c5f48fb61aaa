"""A database with many finished and open tickets, made of rows at once: to measure reading in."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from knowledge.community.days.zone import local
from knowledge.community.places.places import PlaceKind
from knowledge.community.tickets.categories import all_categories
from knowledge.community.tickets.ticket import CLOSED, URGENT, State
from knowledge.store.numbers import NUMBERS
from knowledge.store.rows.roster import StampRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from knowledge.community.hood.neighbourhood import Neighbourhood

COURSES = (
    (("accepted", "handled", "closed_confirmed"), 62),
    (("accepted", "in_progress", "handled", "closed_silent"), 22),
    (("accepted", "handled", "accepted", "handled", "closed_confirmed"), 8),
    (("returned", "accepted", "handled", "closed_confirmed"), 4),
    (("closed_withdrawn",), 2),
    (("accepted",), 1),
    ((), 1),
)
"""Ways that a ticket goes after its filing, with their weights: two in a hundred are open."""
HOURS = (2, 1, 1, 1, 1, 2, 5, 9, 12, 12, 10, 8, 6, 6, 8, 8, 9, 10, 12, 14, 12, 8, 5, 3)
"""How often people report at each hour of the day."""
USUAL = 150
"""Minutes between two steps, on the average."""
AT_ONCE = 5000


def fill(session: Session, hood: Neighbourhood, count: int, end: datetime, days: int) -> None:
    """Write `count` tickets with their events, filed in the `days` before `end`, by number."""
    chance = random.Random(5)  # noqa: S311 -- the same rows every time.
    made = _tickets(hood, count, end, days, chance)
    while batch := list(islice(made, AT_ONCE)):
        session.execute(insert(TicketRow), [ticket for ticket, _ in batch])
        session.execute(insert(TicketEventRow), [one for _, events in batch for one in events])
    session.merge(StampRow(name=NUMBERS, value=count))


def _tickets(
    hood: Neighbourhood, count: int, end: datetime, days: int, chance: random.Random
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    courses, weights = zip(*COURSES, strict=True)
    kinds = [one for one in all_categories() if not one.private]
    kinds.sort(key=lambda one: one.lane in URGENT)
    units = [place.id for place in hood.places.values() if place.kind is PlaceKind.UNIT]
    owners = {unit: rung.person for unit in units if (rung := hood.responsible(unit))}
    common = [1 / place for place in range(1, len(kinds) + 1)]
    moments = sorted(_moment(end, days, chance) for _ in range(count))
    for number, filed in enumerate(moments, 1):
        category, unit = chance.choices(kinds, common)[0], chance.choice(units)
        states = ("new", *chance.choices(courses, weights)[0])
        events = list(_events(number, filed, states, owners[unit] or "", chance))
        yield (
            {
                "id": number,
                "no": number,
                "kind": category.kind.value,
                "category": category.code,
                "lane": category.lane.value,
                "state": states[-1],
                "private": False,
                "place_id": unit,
                "matter": category.name,
                "reporter": f"web:guest{chance.randrange(count)}",
                "channel": "web",
                "chat_id": "@guest",
                "owner_id": owners[unit],
                "rung": "邻长",
                "claimants": [owners[unit]],
                "hops": 0,
                "images": [],
                "reports": 1,
                "filed_at": filed,
                "solve_due": None if State(states[-1]) in CLOSED else filed + timedelta(days=3),
                "created_at": filed,
                "length": len(events),
                "head": events[-1]["hash"],
                "seal": "",
            },
            events,
        )


def _moment(end: datetime, days: int, chance: random.Random) -> datetime:
    """Some moment before `end`, at the hours in which people report."""
    day = local(end) - timedelta(days=chance.randrange(days))
    hour, second = chance.choices(range(24), HOURS)[0], chance.randrange(3600)
    at = day.replace(hour=hour, minute=0, second=0) + timedelta(seconds=second)
    return (at if at < end else at - timedelta(days=1)).astimezone(UTC)


def _events(
    number: int, filed: datetime, states: tuple[str, ...], owner: str, chance: random.Random
) -> Iterator[dict[str, Any]]:
    at, before = filed, None
    for seq, state in enumerate(states, 1):
        again = state == "accepted" and before == "handled"
        yield {
            "ticket_id": number,
            "seq": seq,
            "at": at,
            "step": "filed" if before is None else "moved",
            "from_state": before,
            "to_state": state,
            "actor": owner,
            "role": "居民" if again or before == "handled" else "邻长",
            "channel": "web",
            "reason": "重办" if again else "退单" if state == "returned" else "",
            "facts": {"owner": owner},
            "digest": "",
            "prev": "",
            "hash": f"{number}-{seq}",
        }
        at += timedelta(minutes=5 + chance.expovariate(1 / USUAL))
        before = state
    if before == "closed_confirmed":
        yield {
            "ticket_id": number,
            "seq": len(states) + 1,
            "at": at,
            "step": "rated",
            "from_state": before,
            "to_state": before,
            "actor": "web:guest",
            "role": "居民",
            "channel": "web",
            "reason": "",
            "facts": {"rating": chance.choice((1, 1, 1, 2, 3))},
            "digest": "",
            "prev": "",
            "hash": f"{number}-{len(states) + 1}",
        }
