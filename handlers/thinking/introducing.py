"""Who is who: what is asked about the bot itself and about the people behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.intents import itself
from handlers.intents.intent import Intent
from handlers.intents.leaders import asks_for_leaders, names_ours
from handlers.intents.placing import is_coarse, told_spot
from handlers.phrases import introducing as phrases
from handlers.thinking.thought import Action, Thought
from knowledge.community.places.places import PlaceKind
from knowledge.community.roster.people import LADDER, Role

if TYPE_CHECKING:
    from handlers.thinking.thought import Scene
    from knowledge.community.hood.ladder import Rung
    from knowledge.community.hood.neighbourhood import Neighbourhood

SHOWN = LADDER[:4]
"""Rungs that residents turn to: the three leaders and the community."""
NAMED = 3
"""Most people in one answer, the nearest first."""


def introduced(said: str, scene: Scene) -> Thought | None:
    """The answer to who we are, who is responsible, or how things are done here; else None."""
    if scene.addressed:
        for asked, why, reply in ITSELF:
            if asked(said):
                return Thought(Intent.CHATTER, Action.ANSWER, why, reply)
    overheard = scene.mode == "积极" and names_ours(said)
    if (scene.addressed or overheard) and asks_for_leaders(said):
        return Thought(Intent.QUESTION, Action.ANSWER, "问谁负责", _leaders(said, scene))
    term = itself.term_asked(said) if scene.addressed else ""
    if term:
        return Thought(Intent.QUESTION, Action.ANSWER, f"问“{term}”", phrases.TERMS[term])
    return None


def _leaders(said: str, scene: Scene) -> str:
    hood, scope = scene.hood, scene.chat.scope or None if scene.chat else None
    told = told_spot(said, hood, scope, scene.sender)
    home = hood.home(scene.sender) if scene.sender else None
    place = told.place if told else hood.finer(home, scope)
    if place is None or (told and told.doubtful):
        return phrases.WHICH_PLACE
    posts = _posts(place, scene)
    named = [_named(hood, *post) for post in posts if post[0].person]
    empty = [
        rung.role for rung, _ in posts if not rung.person and _is_told(place, rung, said, hood)
    ]
    vacant = [phrases.vacant(role.value) for role in empty]
    there = [_named(hood, *post) for post in posts if post[1].person]
    meanwhile = phrases.meanwhile(vacant, there[0]) if vacant and there else ""
    who = (*vacant, *named[:NAMED])
    text = phrases.leaders(scene.called, hood.label(place), who, meanwhile)
    parted = any(hood.places[one].kind is PlaceKind.BUILDING for one in hood.inside(place))
    return f"{text}\n{phrases.WHICH_BUILDING}" if parted and is_coarse(place, hood) else text


def _posts(place: str, scene: Scene) -> list[tuple[Rung, Rung]]:
    """Each post that residents turn to: who holds it, and who answers today."""
    held, today = scene.hood.chain(place), scene.hood.chain(place, scene.away)
    return [pair for pair in zip(held, today, strict=True) if pair[0].role in SHOWN]


def _named(hood: Neighbourhood, held: Rung, today: Rung) -> str:
    """`邻长张师傅`, or `邻长张师傅（请假，肖姐代）`."""
    holder, acting = hood.person(held.person), hood.person(today.person)
    called = holder.called if holder else ""
    if held.person == today.person:
        return f"{held.role.value}{called}"
    return phrases.away(held.role.value, called, acting.called if acting else "")


def _is_told(place: str, rung: Rung, said: str, hood: Neighbourhood) -> bool:
    """Whether an empty post is told of: one that was asked for, the 邻长 where no unit has one."""
    if rung.role is not Role.NEIGHBOUR_LEADER:
        return rung.role.value in said
    units = hood.inside(place)
    return not is_coarse(place, hood) and not any(hood.chain(one)[0].person for one in units)


ITSELF = (
    (itself.asks_who_we_are, "问我是谁", phrases.WHO_WE_ARE),
    (itself.asks_what_we_do, "问我会什么", phrases.WHAT_WE_DO),
    (itself.hushes_us, "嫌我吵", phrases.HUSH),
    (itself.is_none_of_ours, "闲聊", phrases.NONE_OF_OURS),
)
"""What is asked of us about us, why we answer it, and what."""
