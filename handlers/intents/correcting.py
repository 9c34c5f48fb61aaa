"""Words that correct or sharpen what was understood: 不对, 不是2栋是3栋, 就是东门那里."""

from __future__ import annotations

from knowledge.community.privacy import mask
from knowledge.files.expression import Expression

_NO = Expression(
    r"^(?:不对|不是|(?:[你您我]们?)?(?:刚才|刚刚|前面)?[说講讲搞弄写寫记記登听聽]?[错錯](?:了|哒|啦|咯)"
    r"|[你您](?:刚才|刚刚|前面)?[说講讲写寫记記登](?:的|得)?(?:地方|地址|位置)?(?:都|就)?(?:不对|不對|[错錯](?:了|哒)?))[，,。！!、\s]*"
)
_NOT_THAT = Expression(r"不是[^，,。；;\s]{1,10}?[，,。；;\s]*(?:而)?是")
"""不是2栋，是3栋: what stands before is wrong."""
_SPOTS = r"门口?|旁边?|边上|附近|对面|楼下|楼顶|拐角|转角|路口|坡|坪|棚|亭|架空层|车库|花坛|后面|前面|楼梯间|[\d一二三四五六七八九十]楼"
_SPOT = Expression(
    r"(?:就|是|在|位置|那个|那|靠近?|挨着)*"
    rf"(?P<spot>[\u4e00-\u9fff\d]{{0,8}}?(?:{_SPOTS}))(?:那里|那边|那儿|这里|这边|的)*[,，。!！~]*"
)
_BARE_SPOT = Expression(_SPOTS)
"""三楼 without 在 or 就是 corrects nothing."""
_OTHERS = Expression(
    "(?:的人|他们|她们|人家|那边的|邻居|物业|业主|住户)[^,，。]{0,6}(?:[说講讲]|都|也|已经|早就?)|师傅[^,，。]{0,6}[说講讲]|(?:(?<!我)(?<!我都)(?<!我也)[说講讲]|告诉我?)(?:不是|没|也|都|先|他|她|要|过|了)"
    "|(?:都|也|先|早就?|已经|刚)(?:修|弄|来|好|换|有)|不是(?:他们|她们|人家)"
)
"""What others say or have: 6栋的人说不是他们那里 tells of 6栋, and moves nothing there."""
_ANOTHER = Expression("还有|另外|再就是|顺便|对了|[^，,。]{2,6}也")


def without_wrong(text: str) -> str:
    """The text without what it calls wrong: 3栋 of 不对，不是2栋，是3栋; unchanged where it corrects nothing."""
    return _NO.sub("", _NOT_THAT.sub("", text))


def corrects(text: str) -> bool:
    """Whether the text calls something wrong: 不对，…, 你讲错哒，…, 不是2栋，是3栋."""
    return without_wrong(text) != text


def tells_of_others(text: str) -> bool:
    """Whether the text tells what others say or have, whatever place it names."""
    return _OTHERS.search(text) is not None


def spot_told(text: str) -> str:
    """Return 东门 of 就是东门那里, a spot that no roster has a name for; "" for any other words."""
    said = text.strip()
    found = _SPOT.fullmatch(said)
    if found is None or (found["spot"] == said and _BARE_SPOT.fullmatch(said)):
        return ""
    return mask(found["spot"])


def begins_another(text: str) -> bool:
    """Whether the text goes on to another matter: 还有 …, 电梯也 …."""
    return _ANOTHER.match(text) is not None
