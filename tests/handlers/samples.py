"""The sentences written for this project, by what they are, and a small street to say them in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.thinking.thought import Scene
from knowledge.community.days.zone import ZONE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.faq.index import Index
from knowledge.faq.shelf import View

if TYPE_CHECKING:
    from knowledge.faq.entry import Entry

FOLDER = Path(__file__).parent / "sentences"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)


def rows(name: str) -> list[list[str]]:
    """The lines of a file of sentences, split at tabs; the sentence comes last."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def sentences(name: str) -> list[str]:
    return [row[-1] for row in rows(name)]


def street() -> Neighbourhood:
    places = (
        Place("s", None, PlaceKind.STREET, "梅溪街道"),
        Place("c", "s", PlaceKind.COMMUNITY, "桂花社区"),
        Place("e", "c", PlaceKind.ESTATE, "桂花园", (), "物管"),
        Place("b3", "e", PlaceKind.BUILDING, "3栋"),
        Place("u32", "b3", PlaceKind.UNIT, "2单元"),
        Place("b7", "e", PlaceKind.BUILDING, "7栋"),
        Place("u71", "b7", PlaceKind.UNIT, "1单元"),
    )
    people = (
        Person("zhang", "张伟", grants=(Grant(Role.NEIGHBOUR_LEADER, ("b3",)),), title="张师傅"),
        Person("zou", "邹平", grants=(Grant(Role.GROUP_LEADER, ("e",)),)),
        Person("wang", "王芳", grants=(Grant(Role.COMMUNITY, ("c",)),), title="王主任"),
        Person("li", "李兰", grants=(Grant(Role.RESIDENT, ("u32",)),), title="李娭毑"),
        Person("chen", "陈强", grants=(Grant(Role.RESIDENT, ("e",)),), title="陈叔"),
    )
    chats = (
        GroupChat("replay", "g-1", "桂花园群", "e", "积极"),
        GroupChat("replay", "g-2", "桂花园二群", "e", "仅@"),
        GroupChat("replay", "g-3", "桂花园三群", "e", "静音"),
    )
    return Neighbourhood(places, people, chats)


def faq(*entries: Entry) -> View:
    return View({entry.id: entry for entry in entries}, Index.build(entries))


def scene(
    chat: str | None = None, sender: str | None = None, *, addressed: bool = True, shelf=None
) -> Scene:
    hood = street()
    group = hood.chat("replay", chat) if chat else None
    return Scene(
        hood=hood,
        faq=shelf or View(),
        now=NOW,
        addressed=addressed,
        chat=group,
        sender=hood.person(sender),
        mode=group.mode if group else "积极",
    )
