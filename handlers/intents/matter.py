"""The title of a request: what is wrong, in a few words and without the place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.community.categories import Mention

LONGEST = 20
_FILLERS = re.compile(
    r"又|老是|总是|一直|经常|天天|已经|还是|都|好像|有点|这个|那个|我们|我家|你们|大家|真的|到处|全部|麻烦|帮忙|请|啊|呀|咯|噻|啦|呢|哦|吧|嘞"
)
_PLACES = re.compile(
    r"(?:\d+|[一二三四五六七八九十]+)(?:栋|幢|号楼|单元|楼|层|座|室|号房?)|\d+(?:-\d+)+|家里的?|我家的?|这里的?"
)
_ENDS = re.compile(r"^[的了着个在,，。.!！?？;；、\s]+|[的了着个,，。.!！?？;；、\s]+$")
_SPOKEN = {
    "坏": "坏了",
    "爆": "爆裂",
    "堵": "堵了",
    "断": "断了",
    "停": "停了",
    "熄": "熄了",
    "冒": "冒水",
    "漏": "漏水",
}
_GONE = re.compile(r"(?<=[坏断掉倒裂停烂熄塌垮破爆堵])$")


def matter_of(mention: Mention) -> str:
    """A noun phrase of at most 20 characters, the category's name where the words give none."""
    words = f"{mention.thing}{mention.fault}" if mention.thing else mention.text
    words = _ENDS.sub("", _FILLERS.sub("", _PLACES.sub("", words)))
    for short, full in _SPOKEN.items():
        if words.endswith(short):
            words = words[: -len(short)] + full
            break
    words = _ENDS.sub("", words) if not words.endswith(tuple(_SPOKEN.values())) else words
    return (words if len(words) > 1 else mention.category.name)[:LONGEST]
