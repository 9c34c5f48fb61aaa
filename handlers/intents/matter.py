"""The title of a request: what is wrong, in a few words and without the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.intents.emergencies import CRY
from knowledge.community.privacy import cut, mask
from knowledge.community.tickets.outages import OUTAGES
from knowledge.community.tickets.ticket import Kind
from knowledge.faq.commonness import commonness
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from knowledge.community.tickets.categories import Mention

LONGEST = 20
_UNNAMED = frozenset({"other-repair", "other-complaint"})
"""Categories whose words do not name the thing: it stands in the rest of the message."""
_CRIES = Expression(
    r"救命|救人|救救(?:我们?|人)|(?:快|赶紧)?来人|sos|(?:地点|地址|位置|我们?|这里|这边|在|是)[:：]?|\d+(?:栋|幢|单元|号楼|楼|室)?|[\W啊呀哪啦了!]"
)
"""Cries, and the place they come from: whoever says no more does not say what is the matter."""
_GONE = Expression("[停没断黑冇]")
_FILLERS = Expression(
    r"又|也(?=[不没关坏打停漏堵断亮响开])|老是|总是|一直|经常|天天|已经|还是|都|好像|有点|这个|那个|我们|我家|你们|大家|真的|到处|全部|麻烦|帮忙|啊|呀|咯|噻|啦|呢|哦|吧|嘞"
    r"|(?<!申)请(?!.{0,4}[人者师邻个位])|我?(?:现在)?该?(?:怎么|咋|何什?)(?:办|搞|弄)|要不要紧|要紧[吗不]|有没有事"
)
_PLACES = Expression(
    r"(?:\d+|[一二三四五六七八九十]+)(?:栋|幢|号楼|单元|楼|层|座|室|号房?)的?|^单元的|\d+(?:-\d+)+|(?<![到在回往进])家里的?|我家的?|这里的?"
)
_CLAUSE = Expression(r"[,，。.!！?？;；()（）【】\n]")
_OPEN = Expression(
    "((陪|送|带|接|帮)(我|她|他|老人)?(去|到|来|上)?|(堆|拖|敲|砸|拉|弹|搬|放|摆|丢|扔|占|晒|挂|贴|停|养|种|搭|是|换|改|加|装|设|划)(满|着|了|用|在|得|成|个)?楼?|没|冇|没有|没人|不[牵拴栓捡系戴]?|[在到把被往从])$"
)
"""A fault whose object, or whose verb, stands behind it: 堆, 三天没."""
_MERE_PLEA = Expression(
    "(求|请|想|要|麻烦|帮|能不能|建议|希望|提议|联系|最好)?.{0,2}(挪|搬|换|修|看|清|处理|安排|派|通|剪|联系|建议|希望)?"
)
"""Words that say that something is wanted and not what."""
_COMPLAINED = Expression("我?[要想来]?(?:投诉|举报|检举)(?:物业(?:公司)?)?")
"""Words that say of whom somebody complains and not of what."""
_BROKEN = frozenset({Kind.REPAIR, Kind.COMPLAINT})
_PLEADED = Expression(
    "(?:你们|社区|物业|街道|能不能|可不可以|能否|那个|哪位|请|求|还是)*(?:派个?人|帮我|帮忙|麻烦)"
)
_NAMED = 5
"""Fewest characters before a plea that say what is wrong, where no list knows them."""
_PUT = Expression(
    r"[^,，。.!！?？;；()（）【】\n]{0,8}(?:堆|放|摆|停|丢|扔|晒|挂|搭|种|养|拴|倒|贴)(?:满|着|了|在)$"
)
"""What stands before the things that lie about: 楼道堆了 before 好多纸箱."""
_NEAR = 12
"""Most characters from a thing to its fault that are told as they were said."""
_ENDS = Expression(
    r"^(?:[的了个在,，。.!！?？;；、()（）\s]|着(?![火凉急迷]))+|(?:[的着个吗,，。.!！?？;；、()（）\s]|(?<!不得)了)+$"
)
_ASKS_BACK = Expression("(?:[吗不啵嘛]|了?没有?|了冇)$")
"""How a clause ends that asks."""
_HANGING = Expression("(?:(?<![不难舍])得|(?<=[水来出漏滴流渗])到|[把被往从])$")
"""臭得 without how, 漏水到 without where."""
_PARTICLES = frozenset("得的了着")
"""What ends a word whatever stands behind it."""
_SPOKEN = {
    "坏": "坏了",
    "爆": "爆裂",
    "炸": "炸了",
    "堵": "堵了",
    "断": "断了",
    "停": "停了",
    "熄": "熄了",
    "冒": "冒水",
    "漏": "漏水",
    "松": "松了",
    "裂": "裂了",
    "塌": "塌了",
    "倒": "倒了",
    "掉": "掉了",
    "烂": "烂了",
    "破": "破了",
    "歪": "歪了",
    "翘": "翘起",
    "陷": "陷下去",
}
_WHOLE = Expression("[泄渗]漏$|[违乱]停$|[塌沉下]陷$")
"""Words that end in one of these and are whole already."""
_DRY = frozenset({"gas", "gas-outage", "fire", "shock", "ebike", "fume", "burning"})
"""Categories of what leaks and pours out without water."""

_ASKING = Expression(
    r"我?[要想来]?申?请?(?:报个?修|投诉|举报|求助|反[映应])(?:一下|下|个|一个|一件|件)*(?:问题|事情?|情况)?"
    r"|(?:帮忙|麻烦|请|派人|师傅|来人|能不能|可不可以|能否|能|可以)*来?(?:修|看|处理|维修)(?:一下|下|修)[吗不吧]?|没人修"
)
"""Words that only say that something is wanted."""


def matter_of(mention: Mention, text: str) -> str:
    """A noun phrase of at most 20 characters, nothing personal; "" where plain `text` does not say what it is."""
    if mention.category.code in _UNNAMED:
        return _clauses(_ASKING.sub("", mask(text)))
    if mention.category.code == CRY and not _CRIES.sub("", text):
        return mention.category.name
    if _is_called_by_kind(mention):
        return mention.category.name
    told, rest = _told(mention, text), _rest_of_clause(text, mention.end)
    words, whole = _bare(mask(told)), _bare(mask(told + rest))
    if _OPEN.search(told):
        words = whole
    elif _MERE_PLEA.fullmatch(words):
        words = _clauses(_ASKING.sub("", mask(text)))
    elif _COMPLAINED.fullmatch(words):
        words = max(words, _clauses(_ASKING.sub("", mask(text))), key=len)
    elif mention.category.kind is Kind.SUGGESTION or _is_torn(told, rest):
        words = whole
    words = _spoken(_HANGING.sub("", words), mention.category.code)
    return cut(mask(words) if len(words) > 1 else mention.category.name, LONGEST)


def _is_called_by_kind(mention: Mention) -> bool:
    """Whether the words say less than the name of their kind: 家里没电了 and 这栋全黑了 are one thing."""
    outage = mention.category.code in OUTAGES and _GONE.search(mention.text) is not None
    return outage or _is_carried_off(mention, mention.text)


def _is_carried_off(mention: Mention, told: str) -> bool:
    """Whether what was guessed from runs on into a plea: 摔一跤你们能不能派个人来 names no lamp."""
    if mention.thing or mention.fault or mention.category.kind not in _BROKEN:
        return False
    plea = _PLEADED.search(told, 1)
    return plea is not None and len(_bare(told[: plea.start()])) < _NAMED


def _spoken(words: str, code: str) -> str:
    """The words with what completes their last one: 坏 is 坏了, and 漏 is 漏水 where it is no gas."""
    short = next((each for each in _SPOKEN if words.endswith(each)), "")
    full = _SPOKEN.get(short, "")
    if _WHOLE.search(words) or (code in _DRY and full.endswith("水")):
        return words
    rest = words.removesuffix(short)
    return rest if full and rest.endswith(full) else rest + full


def _told(mention: Mention, text: str) -> str:
    """Thing and fault with the few words between them, 楼下麻将馆吵死, and with who put it there."""
    whole = text[mention.start : mention.end]
    near = len(whole) <= _NEAR and not _CLAUSE.search(whole)
    told = mention.text
    if mention.thing:
        told = whole if near and mention.thing in whole else f"{mention.thing}{mention.fault}"
    put = _PUT.search(text, 0, mention.start) if told == whole else None
    return f"{put[0] if put else ''}{told}"


def _clauses(words: str) -> str:
    """The first clauses that say something, as many as there is room for."""
    kept = ""
    for clause in _CLAUSE.split(words):
        said = _bare(clause)
        if len(said) > 1:
            longer = f"{kept}，{said}" if kept else said
            if kept and len(longer) > LONGEST:
                break
            kept = longer
    return cut(kept, LONGEST)


def _rest_of_clause(text: str, start: int) -> str:
    """What still stands in the clause: 堆 alone does not say what is piled up."""
    rest = _CLAUSE.split(text[start:], maxsplit=1)[0] if 0 <= start < len(text) else ""
    return _ASKS_BACK.sub("", rest)


def _is_torn(words: str, rest: str) -> bool:
    """Whether a word goes on in the rest of the clause: 充电|桩, 搬下|楼."""
    if not words or not rest or words[-1] in _PARTICLES:
        return False
    return commonness().is_word(words[-1] + rest[0])


def _bare(words: str) -> str:
    """The words without places, fillers and loose ends; plain words have lost their full-width comma."""
    return _ENDS.sub("", _FILLERS.sub("", _PLACES.sub("", words))).replace(",", "，")
