"""What somebody on the way must know: which floor and door, who is inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from handlers.intents.intent import Reading

_DETAIL = Expression(
    r"\d{1,2}\s*(?:楼|层|f\b)|[一二三四五六七八九十]{1,3}(?:楼|层)|(?<!\d)\d{3,4}(?:室|房|户|号)?(?![\d年月元块点分])"
    r"|顶楼|底楼|负一|地下|厨房|客厅|卧室|阳台|厕所|卫生间|楼梯间|电表箱|配电"
    r"|(?:有|还有).{0,6}(?:人|老人|小孩|孩子|婴儿|孕妇|轮椅|残疾).{0,8}(?:里|没出来|出不来|困|在)"
    r"|里面?(?:还|都)?有.{0,4}(?:人|小孩|孩子|婴儿|孕妇|轮椅|残疾)"
    r"|(?:反锁|锁着|门打不开|进不去)",
    re.IGNORECASE,
)
LONGEST = 40
"""Characters of what is an addition and no story of its own."""


def tells_detail(text: str) -> bool:
    """Whether short words tell where exactly it is or who is there: 就是三楼302, 里面还有老人."""
    return len(text) <= LONGEST and _DETAIL.search(text) is not None


def is_mere_detail(text: str, reading: Reading) -> bool:
    """Whether words tell of that, and only sound like a matter of their own: 我在5楼阳台上."""
    return tells_detail(text) and (reading.category is None or reading.guessed)
