"""Whom a line 受众 means: groups of a place, people of a role, people who asked for care."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.community.roster.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.people import Person

EVERYBODY = "全部"
CARE_WORDS = frozenset({"独居", "高龄", "空巢", "孤寡", "失能", "残疾", "孕产", "留守", "低保"})
"""Usual words of 关怀; others count as soon as somebody in the roster has them."""

_ROLES = {role.value: role for role in Role}


class AudienceError(ValueError):
    """A word of 受众 that means nobody we know; the message is Chinese and names the word."""


def chats_for(audience: Iterable[str], hood: Neighbourhood) -> tuple[str, ...]:
    """Return the chats of all words together, each once; unknown words add nothing.

    Groups are `channel:id`; a person's private chat is `channel:@account`.
    """
    found: dict[str, None] = {}
    for word in audience:
        try:
            found |= dict.fromkeys(chats_of(word, hood))
        except AudienceError:
            continue
    return tuple(found)


def chats_of(word: str, hood: Neighbourhood) -> list[str]:
    """Return the chats of one word in roster order; raises AudienceError for an unknown one."""
    if word == EVERYBODY:
        return [chat.key for chat in hood.chats.values()]
    if place := _place(word, hood):
        return [chat.key for chat in hood.chats.values() if hood.within(chat.scope, place)]
    people = [person for person in hood.people.values() if person.active]
    if role := _ROLES.get(word):
        return [private_chat(person) for person in people if person.has(role)]
    cared = [private_chat(person) for person in people if word in person.care]
    if not cared and word not in CARE_WORDS:
        raise AudienceError(f"受众“{word}”不是地点、角色，也不是花名册里的关怀词")
    return cared


def sharing(hood: Neighbourhood) -> dict[str, frozenset[str]]:
    """Return for each group those of the same channel that share people with it, if any.

    Two groups do when the place of one lies inside the place of the other; two groups of one place
    are where its people did not fit into one.
    """
    at_place: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for chat in hood.chats.values():
        at_place[chat.channel, chat.scope].append(chat.key)
    kin: defaultdict[str, set[str]] = defaultdict(set)
    for chat in hood.chats.values():
        for place in hood.ancestors(chat.scope)[1:]:
            for other in at_place.get((chat.channel, place), ()):
                kin[chat.key].add(other)
                kin[other].add(chat.key)
    return {chat: frozenset(others) for chat, others in kin.items()}


def private_chat(person: Person) -> str:
    """Return the private chat with a person: his first account, else the replay one."""
    channel, account = person.accounts[0] if person.accounts else ("replay", person.id)
    return f"{channel}:@{account}"


def _place(word: str, hood: Neighbourhood) -> str | None:
    """Return the id of the one place so called (编号, 名称, 别名, 小区 + 楼栋)."""
    if word in hood.places:
        return word
    called = [place.id for place in hood.places.values() if word in _names(place.id, hood)]
    if len(called) > 1:
        raise AudienceError(f"受众“{word}”有 {len(called)} 处，请写编号，如“{called[0]}”")
    return called[0] if called else None


def _names(place_id: str, hood: Neighbourhood) -> set[str]:
    place, estate = hood.places[place_id], hood.estate(place_id)
    full = {f"{estate.name}{hood.label(place_id)}"} if estate else set()
    return {place.name, *place.aliases} | full
