"""Words that tell that a matter is over, without asking anybody for anything."""

from __future__ import annotations

import re

from handlers.intents.questions import asks_something
from knowledge.community.words.wording import sign

_AT_HOME = re.compile(
    "(?:买|煮|吃|做|烧|炒|写|洗|穿|考|睡|玩|约|付|发|填|签|办|搬|收拾|收|准备)好了"
)
"""What neighbours say of their own doings."""
_JUST = re.compile("刚才|方才")
"""才 alone tells that something took long: 才修好."""
_REACHED = re.compile(
    "(?:莫|别|不要|不用)(?:给我)?打电话(?=[^。!！?？]{0,6}(?:发|字|短信|微信|留言))"
)
"""How somebody wants to be reached: it calls nobody off."""
_LOOKED = re.compile(
    "(?:看|查|来|问|联系|商量)(?:过|好|上)了|找到(?:了)?(?=漏|原因|毛病|问题|[那这]个|是)|关(?:好|掉|上|紧)?了"
)
"""What who has a task does before its end: a look at it, a call, the valve turned off."""
_TO_COME = re.compile(
    "再(?!见)|还(?!好)|等|缺|老化|一半|一部分|暂时|临时|明[天早]|后天|[下今]午|今晚|晚上|下周|周[一二三四五六日末]|坏了|要[换修补报拆买]"
)
"""What tells that there is more to do."""
_OVER = ("已经好了", "已脱险", "不用来了")
_NOT_OVER = ("其实没好", "还没完", "别处", "远处", "不是真事", "从前")


def sounds_over(text: str) -> bool:
    """Whether plain `text` tells of something here that is settled: 师傅来了，关了阀门，好了好了."""
    said = _REACHED.sub("", _JUST.sub("刚", _AT_HOME.sub("", text)))
    if not any(sign(name).search(said) for name in _OVER):  # hardly anybody says so
        return False
    return not (asks_something(said) or any(sign(name).search(said) for name in _NOT_OVER))


def sounds_done(text: str) -> bool:
    """The same of who has the task: neither a look at it, 看过了, nor what is still to come ends it."""
    return not _TO_COME.search(text) and sounds_over(_LOOKED.sub("", text))
