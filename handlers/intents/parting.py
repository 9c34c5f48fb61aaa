"""Two matters in one message: 楼道灯坏了，还有电梯也停了."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.intents.plain import plain
from handlers.intents.read import read_plain
from knowledge.community.locating.locating import find_place
from knowledge.community.tickets.ticket import Lane
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from handlers.intents.intent import Reading
    from knowledge.community.hood.neighbourhood import Neighbourhood

_AND = Expression(
    r"[\s,，。.；;!！、]+(?:还有(?!人|点|没|多|几|味|火|水|气|个?[老小]|孩|声)|另外|再就是|再有|再一个|顺便|其次|二是)"
    r"(?:就是|一件事?|一个事?|说一?下|报一?下|问一?下)?[\s,，:：]*"
)
"""Words that begin another matter; 还有人 and 还有火 go on with the first."""


def parted(text: str, hood: Neighbourhood, within: str | None = None) -> tuple[str, ...]:
    """The matters of a message as its sender wrote them: two, or the whole as one.

    The second has the place of the first where it names none; `within` = the place of the talk.
    """
    join = _AND.search(text)
    if join is None:
        return (text,)
    first, second = text[: join.start()], text[join.end() :]
    readings = tuple(read_plain(hood.names.unnamed(plain(part))) for part in (first, second))
    if any(each.category is None or each.asks for each in readings) or _is_one(readings):
        return (text,)
    here, there = find_place(first, hood, within), find_place(second, hood, within)
    if readings[0].category == readings[1].category and not _differ(here.place_id, there.place_id):
        return (text,)
    if there.place_id is None and not there.ambiguous:
        second = text[slice(*here.text_span)] + second
    return first, second


def _is_one(readings: tuple[Reading, ...]) -> bool:
    """Whether all tell of one danger: who fell and what burns are one call."""
    return all(each.lane is Lane.P0 for each in readings)


def _differ(here: str | None, there: str | None) -> bool:
    return here is not None and there is not None and here != there
