"""From a reading to the request it would become: where, what is missing, who is asked first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.intents.placing import Spot, is_coarse, only_house, spot_of
from handlers.thinking.thought import Missing, Proposal
from knowledge.community.locating.locating import names_shared_spot
from knowledge.community.roster.people import Role
from knowledge.community.tickets.discretion import is_aside
from knowledge.community.tickets.routes import asked_first
from knowledge.community.tickets.ticket import Lane

if TYPE_CHECKING:
    from handlers.intents.intent import Reading
    from handlers.thinking.thought import Scene


def propose(text: str, reading: Reading, scene: Scene) -> Proposal:
    """The request that a reading of `text` becomes in this scene; the reading has a category."""
    category, kind, lane = reading.category, reading.kind, reading.lane
    if category is None or kind is None or lane is None:
        raise ValueError(reading)
    scope = scene.chat.scope or None if scene.chat else None
    spot = spot_of(text, scene.hood, scope, scene.sender)
    home = _presumed(text, lane, spot, scene)
    spot = Spot(home, doubtful=True) if home else spot
    narrow = (lane is Lane.P0 or category.needs_building) and not names_shared_spot(text)
    if narrow and spot == Spot(scope):
        spot = replace(spot, place=only_house(spot.place, scene.hood))
    lost = spot.doubtful or spot.place is None or (narrow and is_coarse(spot.place, scene.hood))
    asked = asked_first(scene.hood, category.code, lane, spot.place, scene.away)
    ladder = (rung for rung in scene.hood.chain(spot.place, scene.away) if rung.person)
    return Proposal(
        kind=kind,
        category=category.code,
        lane=lane,
        place=spot.place,
        missing=_missing(lost=lost, told=bool(reading.matter)),
        owner=asked[0].person if asked else None,
        route=(*(rung for rung in asked if rung.role is Role.PROPERTY), *ladder),
        matter=reading.matter,
        private=is_aside(category, kind, text),
        among=spot.among,
        presumed=home is not None,
    )


def _presumed(text: str, lane: Lane, spot: Spot, scene: Scene) -> str | None:
    """The home of who tells us of a danger in private, and of no place at all."""
    if lane is not Lane.P0 or scene.chat is not None or scene.sender is None:
        return None
    home = scene.hood.home(scene.sender)
    told = spot.doubtful or spot.place is not None or names_shared_spot(text)
    return None if told or is_coarse(home, scene.hood) else home


def _missing(*, lost: bool, told: bool) -> tuple[Missing, ...]:
    """What has still to be asked: where it is, what it is."""
    asked: tuple[Missing, ...] = ("place",) if lost else ()
    return asked if told else (*asked, "matter")
