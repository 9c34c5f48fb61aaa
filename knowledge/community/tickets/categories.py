"""What residents report and ask for: categories with their words, kinds and lanes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from knowledge.community.tickets.ticket import Kind, Lane
from knowledge.community.words.triggers import IN_HAND, Triggers
from knowledge.community.words.wording import Saying, compiled, either, entry, read_list, wordings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.files.blocks import Block

_NEAR = "[^。!！?？;；\n]{0,8}?"
"""How far a fault may stand behind its thing: eight characters, a comma is no wall."""
_FRONT = "(?:了|的|着|一个|个)*的?"
_NOTHING = Saying(())
VAGUE = frozenset({"other-repair", "other-complaint", "suggestion", "enquiry"})
"""What was not understood well: the next words may tell what it is."""
_MIXED = VAGUE | {"facility"}
"""Categories of many things: 扶手松了 and 窗户坏了 are facilities, both of them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a category was found; `thing` and `fault` are "" where a whole phrase matched."""

    category: Category
    start: int
    end: int
    thing: str
    fault: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Category:
    """One kind of matter; `needs_building` and `private` say what it asks for and who may see it.

    `rank` is the order of precedence: the entry's place in its file; `ways` are the patterns of
    saying it, each tried only where it can match.
    """

    code: str
    name: str
    kind: Kind
    lane: Lane
    rank: int
    needs_building: bool = False
    private: bool = False
    ways: tuple[str, ...] = field(repr=False, default=())
    excluded: Saying = field(repr=False, default=_NOTHING)

    @property
    def is_service(self) -> bool:
        """Whether this is work of volunteers, not a fault."""
        return self.kind is Kind.SERVICE

    def mentions(self, text: str) -> Iterator[Mention]:
        """Every place in plain `text` that speaks of this category, exceptions left out."""
        ways = _possible(text).get(self.code, ())
        found = [match for way in ways for match in compiled(way).finditer(text)]
        for match in sorted(found, key=re.Match.start):
            if not self._excepted(text, match.start(), match.end()):
                parts = match.groupdict()
                yield Mention(
                    category=self,
                    start=match.start(),
                    end=match.end(),
                    thing=parts.get("thing") or "",
                    fault=parts.get("fault") or "",
                    text=match[0],
                )

    def _excepted(self, text: str, start: int, end: int) -> bool:
        """Whether an exception overlaps the words that were found."""
        matches = self.excluded.finditer(text)
        return any(match.start() < end and match.end() > start for match in matches)


@cache
def all_categories() -> tuple[Category, ...]:
    """Every category that a report can have, in order of precedence."""
    return tuple(_category(block, rank) for rank, block in enumerate(read_list("categories")))


@cache
def all_services() -> tuple[Category, ...]:
    """Every kind of help that volunteers give, in the order of the list."""
    blocks = [block for block in read_list("services") if block.first("编号")]
    return tuple(_service(block, rank) for rank, block in enumerate(blocks))


def spoken_of(text: str) -> tuple[Category, ...]:
    """Categories and services whose words may stand in plain `text`, in order of precedence."""
    return tuple(map(_by_code().__getitem__, _possible(text)))


@lru_cache(maxsize=IN_HAND)
def _possible(text: str) -> dict[str, list[str]]:
    """The ways of saying that may match somewhere in the text, by category in order of precedence."""
    ways = _ways()
    found: dict[str, list[str]] = {}
    for number in _triggers().possible(text):
        code, way = ways[number]
        found.setdefault(code, []).append(way)
    return found


@cache
def _everything() -> tuple[Category, ...]:
    return (*all_categories(), *all_services())


@cache
def _ways() -> tuple[tuple[str, str], ...]:
    """Every way of saying with the code of its category."""
    return tuple((each.code, way) for each in _everything() for way in each.ways)


@cache
def _triggers() -> Triggers:
    return Triggers(way for _, way in _ways())


def category(code: str) -> Category | None:
    """The category or service with this code."""
    return _by_code().get(code)


@cache
def _by_code() -> dict[str, Category]:
    return {each.code: each for each in _everything()}


def are_alike(code: str, one: str, other: str) -> bool:
    """Tell whether two matters of a category may be the same one: they name the same thing."""
    if code not in _MIXED or one == other:
        return True
    named, also = _things(code, one), _things(code, other)
    return any(this in that or that in this for this in named for that in also)


def _things(code: str, matter: str) -> set[str]:
    known = category(code)
    return {found.thing for found in known.mentions(matter) if found.thing} if known else set()


def _category(block: Block, rank: int) -> Category:
    return Category(
        code=_value(block, "编号"),
        name=block.title,
        kind=Kind(_value(block, "事由")),
        lane=Lane(_value(block, "缓急")),
        rank=rank,
        needs_building=_value(block, "认楼栋") == "是",
        private=_value(block, "保密") == "是",
        ways=_said(block),
        excluded=Saying(wordings(block, "不算")),
    )


def _service(block: Block, rank: int) -> Category:
    return Category(
        code=_value(block, "编号"),
        name=block.title,
        kind=Kind.SERVICE,
        lane=Lane.P2,
        rank=rank,
        ways=tuple(either((word,)) for word in wordings(block, "活")),
    )


def _said(block: Block) -> tuple[str, ...]:
    """The phrases, and each thing with its faults behind it and before it."""
    things, faults = wordings(block, "物"), wordings(block, "毛病")
    if _value(block, "事由") == Kind.REPAIR and _value(block, "缓急") == Lane.P2:
        faults += wordings(entry("signs", "通用毛病"), "说法")
    ways = [either((phrase,)) for phrase in wordings(block, "说法")]
    if things:
        thing, fault = either(things), either(faults)
        ways.append(f"(?P<thing>{thing}){_NEAR}(?P<fault>{fault})")
        ways.append(f"(?P<fault>{fault}){_FRONT}(?P<thing>{thing})")
    return tuple(ways)


def _value(block: Block, name: str) -> str:
    found = block.first(name)
    return found.value if found else ""
