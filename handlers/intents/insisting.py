"""What somebody says whom we have told how to call for help: it is true, or it was nothing."""

from __future__ import annotations

import re

from handlers.intents.brevity import without_places
from handlers.intents.emergencies import CRY, is_playful, is_unreal_or_over
from handlers.intents.read import read_plain
from handlers.phrases.safety import DOUBTED
from knowledge.community.tickets.ticket import Lane
from knowledge.files.expression import Expression

_STRESSED = Expression(
    r"(?:我们?)?(?:刚才?|刚刚)?(?:说|讲|喊|报|看到)?的?(?:这[次回]|都|就|可)*是?真(?:的|事|话|滴)+"
    r"|(?:没有?|冇|不是?|莫|别)(?:当|在|跟你们?|和你们?)*(?:开玩笑|玩笑|笑话|讲笑|[说讲]着玩|耍)(?:的|话)?"
    r"|(?:没有?|冇|不)(?:骗|哄|逗|吓唬?)(?:[你您]们?|人|大家)*"
    r"|(?:真的?|是|有|出)*(?:了)?急事(?:了|哒)?|真(?:的?是?)?出(?:大)?事(?:了|哒)?|千真万确|(?:的确|确实)是?(?:真的)?"
)
_BESIDE = Expression(
    r"[我你您们就是有的了吧嘛啊呀哦咯哒啦嘞咧诶哎喂在快点些速请求麻烦救人命来去叫喊帮忙看,，。.!！~、\s]*"
)
"""What may stand beside it: a call to come."""
_WONDERED = Expression("[吗么?？]|真假|假的|是不是|有没有")
_AGREED = Expression(r"[是对嗯有真](?:的|啊|呀|了|哒)*[!！。~]*")
"""Said to us it is the answer to our 要是真出了急事."""
_WITHDRAWN = Expression(
    r"开(?:个|了个)?玩笑|讲笑|逗[你大]|看错|听错|搞错|弄错|认错|误会|虚惊|没(?:有|得)?事|冇事|不是真的|假的"
)
_EDGES = " ,，。.!！~、…"


def takes_back(text: str) -> bool:
    """Whether plain `text` tells that it was a joke or a mistake, or is over."""
    if _STRESSED.sub("", text) == text and _WITHDRAWN.search(text) is not None:
        return True
    return is_unreal_or_over(text) or is_playful(text)


def insists(text: str, *, to_us: bool, answers: bool) -> bool:
    """Whether plain `text` tells that what was doubted is true, or calls for help.

    `to_us` = it called us, `answers` = a bare yes answers our hint and nothing else.
    """
    reading = read_plain(text)
    if reading.lane is Lane.P0 and reading.category is not None:
        return to_us or not reading.loose or reading.category.code == CRY
    if _WONDERED.search(text):
        return False
    if answers and _AGREED.fullmatch(text.strip(_EDGES)):
        return True
    left = _STRESSED.sub("", text)
    return left != text and _adds_nothing_else(left)


def quotes_hint(text: str) -> bool:
    """Whether `text` as it came holds our hint, as people copy or quote it."""
    return DOUBTED in text


def without_hint(text: str) -> str:
    """What stands behind the last line of a quoted hint in `text` as it came."""
    return re.split(rf"[^\n]*{DOUBTED}[^\n]*", text)[-1].strip(" \n-—」”")


def _adds_nothing_else(left: str) -> bool:
    """Whether beside the stress stands nothing, a call to come, a place, or danger."""
    words = without_places(left)
    return _BESIDE.fullmatch(words) is not None or read_plain(words.strip(_EDGES)).lane is Lane.P0
