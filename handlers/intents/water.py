"""Water where it should not be: what bursts with it is no explosion, and 快来人 no cry for one's life."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from knowledge.community.tickets.categories import Category, Mention

_PIPE = Expression(
    "(?:水管|水表|水龙头|水阀|水箱|阀门|管道|管子|暖气管?片?|马桶|软管|接头)[^,，。.!！?？;；]{0,6}$"
)
"""What bursts with water: 水管子炸了 is no explosion."""
_BURST = re.compile("[炸爆]")
_GAS = re.compile("[燃煤然化]气|气[罐瓶]|瓦斯|沼气")
_COME = Expression("快?来人[啊呀哪]?")
_WATER = frozenset({"leak", "drain"})
"""Categories of it: they are urgent, and people are called to them who turn it off."""


def is_burst_pipe(told: str, mention: Mention) -> bool:
    """Whether what sounds like an explosion is a pipe that has burst; `told` is its clause up to there."""
    bursts = _BURST.search(mention.text) is not None
    return bursts and _PIPE.search(told) is not None and not _GAS.search(told)


def calls_people(mention: Mention) -> bool:
    """Whether somebody only calls for people: 快来人."""
    return _COME.fullmatch(mention.text) is not None


def tells_of_water(text: str, spoken: tuple[Category, ...]) -> bool:
    """Whether plain `text` tells of water, one of `spoken`."""
    return any(each.code in _WATER and any(each.mentions(text)) for each in spoken)
