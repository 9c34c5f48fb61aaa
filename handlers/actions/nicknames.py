"""How somebody who came by an invite may be called: by no name that makes people obey."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from knowledge.community.people import Role
from knowledge.faq.script import to_simplified

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LONGEST = 12
"""Characters of a name that still stand in one line beside a bubble."""

_OFFICIAL = re.compile(
    "|".join(role.value for role in Role if role not in (Role.RESIDENT, Role.MERCHANT))
    + "|网格|楼长|民警|警察|派出所|公安|政府|居委|业委|物管|官方|客服|助手|机器人|银行|医保|社保|主任|书记|通知"
)
"""Words of those who act for somebody: research on trust, T18 (a name that looks like a leader's)."""
_LETTERS = re.compile(r"[^\w]|_")


def plain(name: str) -> str:
    """Return a name as it is compared: width, script, case and signs make no difference."""
    return _LETTERS.sub("", to_simplified(unicodedata.normalize("NFKC", name)).casefold())


def is_official(name: str, ours: Iterable[str]) -> bool:
    """Tell whether a name sounds like the office, a leader or the bot (`ours`: its names)."""
    bare = plain(name)
    return bool(_OFFICIAL.search(bare)) or any(plain(one) in bare for one in ours)


def is_taken(name: str, others: Iterable[str]) -> bool:
    """Tell whether a neighbour is called so already."""
    return plain(name) in {plain(other) for other in others}


def numbered(beginning: str, others: Collection[str]) -> str:
    """Return the first free of `3栋邻居`, `3栋邻居2` … for somebody who writes no name."""
    taken = {plain(other) for other in others}
    count = 1
    while plain(name := f"{beginning}{count if count > 1 else ''}") in taken:
        count += 1
    return name
