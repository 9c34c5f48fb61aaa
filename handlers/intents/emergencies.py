"""Danger to life that is happening now, told from fears, drills, news, jokes and old stories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.intents.despair import despair
from handlers.intents.questions import asks_something
from handlers.intents.water import calls_people, is_burst_pipe, tells_of_water
from knowledge.community.tickets.ticket import Lane
from knowledge.community.words.leanings import leaning
from knowledge.community.words.wording import sign
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from knowledge.community.tickets.categories import Category, Mention

_CLAUSE = re.compile(r"[,，。.!！?？;；\n]")
_REACH = 10
"""How many characters before the words a fear or a condition still governs them."""
_ASKED_WHERE = Expression("(哪里|哪儿|哪个地方|哪一?栋|什么地方|哪边).{0,4}$")
_FEARED = Expression(
    "[^,，。.!！?？;；]{0,3}就(?:不得了|完了|完蛋|糟了|麻烦|要命|出事|出大事|危险|惨了)"
)
"""What stands behind words of danger that have not come true: 砸到人就不得了."""
_HARM = re.compile(f"(?:[到倒伤死坏炸]|[下起过]来){_FEARED.pattern}")
_AVERTED = Expression(
    "(?:要不是|若不是|如果不是|幸亏|幸好|好在|多亏|亏得|得亏|还好)[^。!！?？;；]{1,24}(?:早就?|不然|否则|要不然|后果|差点|险些|不晓得|不知道)"
)
"""What would have come, had nobody been there: 要不是小王在，早烧起来了."""
_LOST = Expression(
    "(?P<along>[带戴拿拎提抱打撑挎背骑推开穿牵拄坐]着?[^,，。]{0,4}?)?"
    "(?:卡|咭|证件?|存折|手机|钱包|钥匙|书?包|眼镜|助听器|假牙|拐杖|衣服|快递|车|手环|手表|戒指|耳环|项链|药|伞|行李|狗|猫|鸟)"
    "子?(?:[也都又就]|突然|怎么|好像|可能|被)*"
    "(?:[唔不没冇]见|[冇没]咗|丢|掉了|掉哒|找不[到着]|没找[到着]|搵唔到|遗失)"
)
"""A thing that is lost, unless somebody went away with it."""
_GONE = Expression("[唔不没冇]见|[冇没]咗|丢|找不|没找|搵唔|走失|走散|失踪|失联|联系不|没回")
_SO_HOT = Expression(
    "(?:吃|辣|笑|热|累|气|急|晒|忙|渴)得(?:我|人)?[^,，。]{0,6}(?:着火|冒烟|冒火|起火|自燃|爆炸)"
)
"""What nothing but a figure of speech burns from."""
_DENIED = Expression("(没有?|不是|不会|并非|哪有)$")
FIRE, MISSING, CRY, FALLING = "fire", "missing-person", "sos", "falling"
"""Categories: `CRY` is a bare call for help, which names no danger of its own."""
_WITHOUT_PAST = frozenset({MISSING})
_WITHOUT_PRESENCE = frozenset({"violence"})
_OF_PEOPLE = frozenset({"injury", "drowning", MISSING, "suicide"})
_BEFALLS = frozenset({"injury", "drowning", "shock"})
_WHAT_NOW = Expression(
    "了.{0,12}(?:怎么[办搞弄]|要紧|有没有事|会不会有事|有危险|去(?:哪|什么).{0,2}医院|[要用]不[要用][去上送]医院)"
)
_AT_A_LOSS = Expression(
    "我们?现在.{0,3}(?:怎么|咋|何什)[办搞弄]"
    "|(?:空调|插[座排]|插线板|电视机?|冰箱|洗衣机|热水器|充电[器宝]|电[瓶池]|手机|电?[电表]箱|电线|微波炉|电热毯|取暖器|烤火炉|灯)"
    "(?:突然|刚|在|都)*[冒着起](?:黑|白)?[烟火](?:花|星)?了.{0,3}怎么[办搞弄]"
)
"""Who says so stands beside it: 空调冒烟了怎么办."""
_HOW_TO_HELP = re.compile("(?:有人|别人|人)[^,我]{1,8}怎么[扶救防]")
_IN_GENERAL = Expression("要.{1,4}了|应该|如何|急救|如果|万一|预防|怎么[扶救防]|第一时间")
_ENDED_BY_ESCAPE = frozenset({"lift-trapped", "drowning", MISSING, CRY, "suicide"})
"""What is over once the people are out; a fire or a leak goes on without them."""
_SOFT = frozenset({"injury", MISSING, CRY, "violence"})
"""What is often told in words that a request may hold too: 骨折了, 几天没下楼."""
MERE_TALK, SURE_TALK, MERE_REQUEST, FAINT = 0.75, 0.93, 0.9, 0.1
"""Shares that outweigh the words of danger; chosen by cross-validation on our own sentences."""
BARE = 6
"""Most characters beside the words of danger: 心脏病发作, 他喝了百草枯. So few sound like nothing else."""
HALF_TALK, HALF_DANGER = 0.4, 0.6
"""Shares between which a figure of speech tells a joke from danger."""


def find_emergency(text: str, spoken: tuple[Category, ...]) -> Mention | None:
    """The first genuine emergency among `spoken`, what plain `text` may speak of, or None."""
    told = [one for each in spoken if each.lane is Lane.P0 for one in each.mentions(text)]
    if told and tells_of_water(text, spoken) and all(_is_for_water(text, one) for one in told):
        told = []
    bare = _is_bare(text, told)
    return despair(text) or next((one for one in told if _is_genuine(text, one, bare=bare)), None)


def is_unreal_or_over(text: str) -> bool:
    """Whether plain `text` tells of news, another place, another day or something settled."""
    past = sign("已经过去").search(text) is not None and sign("现在").search(text) is None
    settled = sign("已脱险").search(text) is not None and sign("还没完").search(text) is None
    if past or settled or _is_told_of(text):
        return True
    return any(sign(name).search(text) is not None for name in ("远处", "夸张"))


def is_playful(text: str) -> bool:
    """Whether single words of plain `text` tell of a story, a joke or a figure of speech."""
    return any(sign(name).search(text) for name in ("不是真事", "玩笑话", "打趣", "夸张"))


def asks_what_now(text: str) -> bool:
    """小孩触电了怎么办 is asked by who stands beside it, 触电应该怎么办 by anybody."""
    if _IN_GENERAL.search(text):
        return False
    somebody = sign("人", "parts").search(text) is not None and _WHAT_NOW.search(text) is not None
    return somebody or _AT_A_LOSS.search(text) is not None


def asks_in_general(text: str) -> bool:
    """Whether plain `text` asks how anybody is helped in such a case: 有人触电了怎么救."""
    return _HOW_TO_HELP.match(text) is not None


def is_feared(text: str) -> bool:
    """Whether plain `text` tells of what would be terrible, or would have come: it has not happened."""
    return _HARM.search(text) is not None or is_averted(text)


def is_averted(text: str) -> bool:
    """Whether plain `text` tells only what would have come, had somebody not been there."""
    if _AVERTED.search(text) is None:
        return False
    return sign("现在").search(text) is None and sign("还没完").search(text) is None


def is_mere_loss(text: str) -> bool:
    """Whether plain `text` tells that a thing is lost and not who owns it: 老人卡不见了."""
    found = _LOST.search(text)
    return found is not None and not found["along"] and len(list(_GONE.finditer(text))) == 1


def _is_for_water(text: str, mention: Mention) -> bool:
    """Whether it is a burst pipe, or people are called to one: 水管炸了，快来人."""
    called = mention.category.code == CRY and calls_people(mention)
    return called or _is_burst_pipe(text, mention)


def _is_bare(text: str, told: list[Mention]) -> bool:
    """Whether plain `text` is a cry that holds little beside the words of danger."""
    words = {place for one in told for place in range(one.start, one.end)}
    return len(text) - len(words) <= BARE and sign("夸张").search(text) is None


def _is_genuine(text: str, mention: Mention, *, bare: bool) -> bool:
    """Whether the danger is told as real, present and here."""
    return not (
        (not bare and _is_talk(text, mention))
        or _is_imagined(text, mention)
        or _is_told_of(text)
        or sign("远处").search(text)
        or _is_over(text, mention)
        or _is_asked_about(text, mention)
        or _is_burst_pipe(text, mention)
        or (mention.category.code == MISSING and is_mere_loss(text))
    )


def _is_burst_pipe(text: str, mention: Mention) -> bool:
    """Whether what sounds like an explosion is a pipe that has burst."""
    return mention.category.code == FIRE and is_burst_pipe(_tail(text, mention.end - 1), mention)


def _is_talk(text: str, mention: Mention) -> bool:
    """Whether the whole reads like a joke or a story, or like a request with hard words in it."""
    lean = leaning(text)
    if lean.talk >= MERE_TALK and not asks_something(text) and not sign("现在").search(text):
        return lean.talk >= SURE_TALK or sign("本人在场").search(text) is None
    playful = sign("夸张").search(text) or _SO_HOT.search(text)
    if playful and lean.talk >= HALF_TALK and lean.danger < HALF_DANGER:
        return True
    return mention.category.code in _SOFT and lean.danger < FAINT and lean.request >= MERE_REQUEST


def _is_imagined(text: str, mention: Mention) -> bool:
    """A condition, a fear, a warning, what was averted, or a question where it is."""
    if is_averted(text):
        return True
    before = _tail(text, mention.start)
    if _DENIED.search(before) or _ASKED_WHERE.search(before):
        return True
    if _FEARED.match(text, mention.end):
        return True
    feared = sign("假设").search(before[-_REACH:]) or sign("害怕").search(mention.text)
    return feared is not None


def _is_told_of(text: str) -> bool:
    """News, drills and talk; what somebody is entitled to after it."""
    if sign("冲着您的钱").search(text):
        return True  # your son was hurt, send money: nobody tells of their own like this
    if sign("谈待遇").search(text) and not sign("还没完").search(text):
        return True
    if sign("玩笑话").search(text):
        return True
    unreal = sign("不是真事").search(text) or sign("官方口气").search(text)
    return unreal is not None and not sign("现在").search(text)


def _is_over(text: str, mention: Mention) -> bool:
    """Settled since, or a story of another day."""
    if _is_settled(text, mention):
        return sign("还没完").search(text) is None
    if mention.category.code in _WITHOUT_PAST:
        return False
    return sign("已经过去").search(text) is not None and sign("现在").search(text) is None


def _is_settled(text: str, mention: Mention) -> bool:
    """Told to be over, outside of the words that tell of the danger."""
    ends = [sign("已脱险")]
    if mention.category.code in _ENDED_BY_ESCAPE:
        ends.append(sign("逃出来"))
    before, after = text[: mention.start], text[mention.start :]
    return any(end.search(part) is not None for end in ends for part in (after, before))


def _is_asked_about(text: str, mention: Mention) -> bool:
    """How to act or who pays, asked by somebody who is not in it."""
    if sign("现在").search(text):
        return False
    if sign("追责").search(text):
        return True
    how = sign("问怎么做").search(text) is not None
    code = mention.category.code
    if not how and (code in _WITHOUT_PAST or not asks_something(_clause(text, mention))):
        return False
    return not _is_there(text, code)


def _is_there(text: str, code: str) -> bool:
    """Whether who asks stands beside the danger and does not ask in general."""
    if code in _WITHOUT_PRESENCE or sign("泛泛而谈").search(text):
        return False
    if _AT_A_LOSS.search(text) or (code in _BEFALLS and asks_what_now(text)):
        return True
    pressed = code in _OF_PEOPLE and sign("急得问").search(text) is not None
    return pressed or sign("本人在场").search(text) is not None


def _clause(text: str, mention: Mention) -> str:
    """The clause that the danger is told in; who else is asked for what stands in others."""
    end = _CLAUSE.search(text, mention.end)
    return _tail(text, mention.start) + text[mention.start : end.end() if end else None]


def _tail(text: str, end: int) -> str:
    """What stands before `end` in the same clause."""
    start = max((match.end() for match in _CLAUSE.finditer(text, 0, end)), default=0)
    return text[start:end]
