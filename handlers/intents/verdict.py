"""How somebody says how well it was done: 一般般, 不满意, 修好了但不满意."""

from __future__ import annotations

import re

from knowledge.files.expression import Expression

_TAIL = r"(?:[吧啊呀咯啦呢哦嘛的了]|而已)*"
_WHY = r"(?:[，,。!！ ]+(?P<why>\S.*))?"
_BAD = (
    r"(?:我|我们|感觉|还是|就是|真的?|对[^,，。]{1,8})*"
    r"(?:(?:很|非常|十分|太|有点)*(?:不|一点(?:儿|都)*不|冇得?|没有?)(?:很|太|大|蛮|怎么)*满意"
    r"|不(?:太|大|蛮|怎么)?好(?!了)|不(?:怎么|咋)样|不咋[地的]|(?:太|很|好|有点)*差(?:劲|评)?)"
)
SO_SO = Expression(
    r"(?:就|也|都|只能说|感觉|总体|勉强|还算?)*"
    rf"(?:一般(?:般|化)*|(?<=还)(?:行|可以)|凑(?:合|和|活)|将就|马马虎虎|马虎|过得去|就那样|就那么回事){_TAIL}"
)
UNHAPPY = Expression(rf"{_BAD}{_TAIL}{_WHY}", re.DOTALL)
GOOD_BUT = Expression(
    r"(?:(?:修|弄|搞|办|换|通|处理)?(?:是)?(?:好|通)(?:了|哒)?[，, ]*(?:但是?|不过|可是?|就是|只是)?[，, ]*)?"
    rf"{_BAD}{_TAIL}{_WHY}",
    re.DOTALL,
)
