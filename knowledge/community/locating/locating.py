"""Find the place that a resident's sentence names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.community.locating.placesearch import NOTHING, Find, PlaceSearch
from knowledge.community.locating.pointing import choose
from knowledge.community.places.addresses import Address, addresses
from knowledge.community.places.folding import fold
from knowledge.community.places.spots import HOME, NEXT_BUILDING, NEXT_STAIRS, OWN, SHARED, SPOT
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.folding import Folded
    from knowledge.community.places.placenames import Mention
    from knowledge.community.places.places import PlaceKind

IN_HAND = 256
"""Places remembered: several questions about each message of a batch."""
_REACH = 4
"""Characters that may stand between an estate's name and the house number."""
_DENIED = Expression(r"(?:不是|不在|不系|并非|别的|哪)$")
_CODE = Expression(r"(?:取件码|提货码|取货码|单号|编号|比分|车牌|尾号|密码)[号是为:\s]*$")
_OURS = Expression(r"(?:[我俺咱](?:们)?(?:家|这边|这里)?|本小区)$")
_STRANGE = Expression(
    r"(?:^|[\s,，。；;！!：:()在到住去从是])(?![^\s,，。]{0,3}[我你他她咱俺这那本全整每各老在到住去从回进])"
    r"[\u4e00-\u9fff]{2,6}(?:小区|花园|花苑|家园|嘉园|佳园|公寓|新村|宿舍)的?$"
)
"""The name of an estate before a house number; believed to be another one if the roster lacks it."""
_COUNTED = Expression(r".?[这那哪每整同另某半]一[栋幢座]|.{0,2}一[栋幢](?:楼(?![道梯上下])|房)")
_TRAILING = Expression(r"(?:小区|社区)?的?")
_EDGES = " \t,，、的.·/-"


@dataclass(frozen=True, slots=True)
class Found:
    """The place a text names.

    `text_span` is [start, end) of the naming words in the original text, (0, 0) when there is
    nothing to cut out. `ambiguous` lists the candidates when several places fit (`place_id` is what
    they share where the text itself is in doubt: 3栋还是4栋). `rest` is what
    was named but is not in the roster (`9单元`; `place_id` is then the place above or None).
    `detail` is floor and door as written: it never goes into a group.
    """

    place_id: str | None = None
    text_span: tuple[int, int] = (0, 0)
    level: PlaceKind | None = None
    ambiguous: tuple[str, ...] = ()
    rest: str = ""
    detail: str = ""


def speaks_of_home(text: str) -> bool:
    """Whether the text is about the speaker's own home, stairs or building."""
    return HOME.search(fold(text).text) is not None


def speaks_of_next_stairs(text: str) -> bool:
    """Whether the text is about another unit of the building at hand, like 隔壁单元."""
    return NEXT_STAIRS.search(fold(text).text) is not None


def speaks_of_next_building(text: str) -> bool:
    """Whether the text is about a building that it does not name, like 对面那栋."""
    return NEXT_BUILDING.search(fold(text).text) is not None


def names_shared_spot(text: str) -> bool:
    """Whether the text names one spot of the whole estate, like 东门 or 车棚, and no building."""
    return SPOT.search(fold(text).text) is not None


def find_place(text: str, hood: Neighbourhood, within: str | None = None) -> Found:
    """Find the place named in `text`; numbers are looked up inside `within`'s estate only.

    `within` is the place the talk is about: the group's scope, or the sender's home.
    """
    return _placed(text, hood, within)


@lru_cache(maxsize=IN_HAND)
def _placed(text: str, hood: Neighbourhood, within: str | None) -> Found:
    folded = fold(text)
    search = PlaceSearch(hood, within)
    mentions = _mentions(folded.text, hood, search)
    numbers = list(_numbers(text, folded, mentions, search))
    finds = numbers or _finest([search.name(mention) for mention in mentions], hood)
    chosen = choose(folded.text, finds, hood) if finds else NOTHING
    if chosen == NOTHING and SHARED.search(folded.text) and not OWN.search(folded.text):
        chosen = search.shared()
    return _found(text, folded, chosen, hood)


def _numbers(
    text: str, folded: Folded, mentions: list[Mention], search: PlaceSearch
) -> Iterator[Find]:
    """What the house numbers of the text mean, from left to right, unbelievable ones left out."""
    last: str | None = None
    for address in addresses(folded.text):
        if _is_none(folded.text, address) or _counts(text, folded, address):
            continue
        anchor = _anchor(folded.text, address, mentions)
        if anchor is None and _STRANGE.search(
            folded.text, max(0, address.start - 12), address.start
        ):
            yield Find(
                None, address.start, address.named, address.end, rest=f"{address.building}栋"
            )
            continue
        own = _without(anchor, address)
        if own is None:
            continue
        find = search.address(own, anchor, last)
        if find == NOTHING:
            continue
        if anchor is not None and anchor.end <= own.start <= anchor.end + _REACH:
            find = replace(find, start=anchor.start)
        last = find.place or last
        yield find


def _without(anchor: Mention | None, address: Address) -> Address | None:
    """The address without the part that its anchor's name already holds (东区3栋 + 2单元)."""
    if anchor is None or not anchor.start <= address.start < anchor.end:
        return address
    if address.unit is None or address.building is None:
        return None
    return replace(address, building=None, start=anchor.end)


def _anchor(text: str, address: Address, mentions: list[Mention]) -> Mention | None:
    """The name a house number belongs to: the one just before it, else any in the text."""
    before = [m for m in mentions if m.start <= address.start <= m.end + _REACH]
    if before or _OURS.search(text, max(0, address.start - _REACH), address.start):
        return before[-1] if before else None
    return next(iter(mentions), None)


def _denied(text: str, start: int) -> bool:
    return _DENIED.search(text, max(0, start - _REACH), start) is not None


def _is_none(text: str, address: Address) -> bool:
    """Whether the words before a number say that it is another one, or none of a house."""
    start = address.start
    return _denied(text, start) or _CODE.search(text, max(0, start - 2 * _REACH), start) is not None


def _counts(text: str, folded: Folded, address: Address) -> bool:
    """Whether the words count buildings (一栋楼, 这一栋) instead of naming number one."""
    if address.building != "1" or address.unit is not None:
        return False
    start, end = folded.original(address.start, address.named)
    return _COUNTED.match(text, max(0, start - 2), end + 2) is not None


def _mentions(text: str, hood: Neighbourhood, search: PlaceSearch) -> list[Mention]:
    """The names in the text; behind the estate that holds it, a name means the one in there."""
    told: list[Mention] = []
    for mention in hood.names.mentions(text):
        if _denied(text, mention.start):
            continue
        above = told[-1] if told and mention.start - told[-1].end <= 1 else None
        inside = tuple(
            place
            for place in mention.places
            if above and any(hood.within(place, one) for one in above.places)
        )
        if inside or not search.is_far(mention, text):
            told.append(replace(mention, places=inside or mention.places))
    return told


def _finest(finds: list[Find], hood: Neighbourhood) -> list[Find]:
    """Those of the finds that name a place of the finest level."""
    depths = [hood.places[find.place].kind.depth if find.place else -1 for find in finds]
    return [find for find, depth in zip(finds, depths, strict=True) if depth == max(depths)]


def _found(text: str, folded: Folded, find: Find, hood: Neighbourhood) -> Found:
    place = hood.place(find.place)
    start, end = folded.original(find.start, find.end)
    if end:
        trailing = _TRAILING.match(text, end)
        end = trailing.end() if trailing else end
    return Found(
        place_id=find.place,
        text_span=(start, end),
        level=place.kind if place else None,
        ambiguous=find.many,
        rest=find.rest,
        detail=text[slice(*folded.original(find.named, find.end))].strip(_EDGES),
    )
