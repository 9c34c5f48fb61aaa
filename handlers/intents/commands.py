"""The fixed words by which people steer the bot: 进度, 接127, 完127 换了新灯, 请假 3天 …"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from handlers.intents.withdrawals import read_withdrawal
from knowledge.faq.script import to_simplified


class Word(StrEnum):
    """Every command; the value is the word people type."""

    PROGRESS = "进度"
    TASKS = "任务"
    ACCEPT = "接"
    DONE = "完"
    NOTE = "进展"
    RETURN = "不归我管"
    TRANSFER = "转"
    URGE = "催"
    SCHEDULE = "约期"
    INQUIRE = "问居民"
    WHISTLE = "吹哨"
    ATTEND = "报到"
    PARK = "挂账"
    LANE = "改急"
    MERGE = "并单"
    SPLIT = "拆单"
    REJECT = "不受理"
    GIVE_UP = "无法解决"
    LEAVE = "请假"
    RECEIVED = "收到"
    MORE = "更多"
    MY_DATA = "我的数据"
    ERASE = "删除我的数据"
    WITHDRAW = "算了"
    LINK = "绑定"
    UNLINK = "解绑"
    LESS = "少发点"
    MORE_OFTEN = "多发点"
    HELP = "帮助"


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `no` is the ticket's number, `rest` what follows (a remark, a name, days).

    算了 with a `rest` was said in other words: 没事了，自己修好了. It means a matter only where there is one.
    """

    word: Word
    no: int | None = None
    rest: str = ""


IN_HAND = 256
"""Messages remembered: those of a batch are looked at before each has its turn."""
LONGEST = 400
"""Characters that are read."""
ARRANGING = (
    Word.SCHEDULE,
    Word.INQUIRE,
    Word.WHISTLE,
    Word.ATTEND,
    Word.PARK,
    Word.LANE,
    Word.MERGE,
    Word.SPLIT,
    Word.REJECT,
    Word.GIVE_UP,
)
"""Words of leaders and the office that always name a number, or a blank and more words."""

_HALF_WIDTH = {
    wide: unicodedata.normalize("NFKC", wide)
    for wide in map(chr, (0x3000, *range(0xFF01, 0xFF5F)))
    if unicodedata.normalize("NFKC", wide) not in ",;!?()"
}
"""Full-width digits, letters and signs; what people write around them keeps its punctuation."""
_WIDE = re.compile(f"[{''.join(_HALF_WIDTH)}]")
_CALLED = re.compile(r"^\s*@[\w·]{1,16}[\s,:]*")
_EDGES = " ,，。.!！~、;；:：\n\t"
_BARE = {
    "进度": Word.PROGRESS,
    "查进度": Word.PROGRESS,
    "查一下进度": Word.PROGRESS,
    "看进度": Word.PROGRESS,
    "查下进度": Word.PROGRESS,
    "看下进度": Word.PROGRESS,
    "查询进度": Word.PROGRESS,
    "我的进度": Word.PROGRESS,
    "我报的事": Word.PROGRESS,
    "任务": Word.TASKS,
    "我的任务": Word.TASKS,
    "督办清单": Word.TASKS,
    "接": Word.ACCEPT,
    "接单": Word.ACCEPT,
    "完": Word.DONE,
    "办结": Word.DONE,
    "催": Word.URGE,
    "催一下": Word.URGE,
    "催办": Word.URGE,
    "报到": Word.ATTEND,
    "收到": Word.RECEIVED,
    "收到了": Word.RECEIVED,
    "更多": Word.MORE,
    "我的数据": Word.MY_DATA,
    "删除我的数据": Word.ERASE,
    "绑定": Word.LINK,
    "绑定账号": Word.LINK,
    "解绑": Word.UNLINK,
    "解除绑定": Word.UNLINK,
    "少发点": Word.LESS,
    "少发一点": Word.LESS,
    "少发些": Word.LESS,
    "少发点提醒": Word.LESS,
    "提醒少发点": Word.LESS,
    "通知少发点": Word.LESS,
    "多发点": Word.MORE_OFTEN,
    "多发一点": Word.MORE_OFTEN,
    "多发些": Word.MORE_OFTEN,
    "多发点提醒": Word.MORE_OFTEN,
    "提醒多发点": Word.MORE_OFTEN,
    "通知多发点": Word.MORE_OFTEN,
    "帮助": Word.HELP,
}
_NUMBERED = re.compile(
    r"(?P<word>查?进度|接单?|完成?|办结|进展|转给?|催办?|催一下"
    r"|不归我管|退单|约期|问居民|吹哨|报到|挂账|改急|并单|拆单|不受理|无法解决)\s*[#:no.]*\s*(?P<no>\d{1,9})"
    r"(?![\d栋幢号楼单元点块元个万月日天年])[\s,，:。、]*(?P<rest>.*)",
    re.DOTALL,
)
_UNNUMBERED = re.compile(
    r"(?P<word>完|办结|进展|转给?|不归我管|退单|约期|问居民|吹哨|挂账|改急|不受理)(?:\s*[:,，]\s*|\s+)(?P<rest>\S.*)",
    re.DOTALL,
)
_BACK = frozenset({"销假", "我销假", "我要销假", "销假了", "我销假了", "提前销假", "我回来上班了"})
_URGED = re.compile(
    r"(?:请|麻烦|帮我|帮忙|再|快|赶紧)*催(?:一?催|促)?(?:一?下)?(?:他们?|她|师傅|物业|邻长|工人)*[吧呗啊呀咯哈嘛呢]*"
    r"(?:[,，。.!！~\s]+(?![#\d])(?P<rest>\S.{0,29}))?",
    re.DOTALL,
)
"""帮我催一下师傅, 催一下，水越来越大了: 催 in other words, or with more of them."""
_LINK = re.compile(r"(?P<word>绑定)(?:码|账号)?[\s:#]*(?P<rest>\w[\d\sA-Za-z-]{0,11})", re.ASCII)
"""The word with what may be meant for a code."""
_LEAVE = re.compile(
    r"(?:我?(?:要|想|需要|得)?请(?:个|一下)?假|我要休假)[,，\s]*(?:家里有(?:点)?事[,，\s]*)?(?P<rest>[\d一二两三四五六七八九十半]+\s*个?\s*(?:天|日|周|星期|小时|月).{0,20})?"
)
_STATE_OF = re.compile(
    r"[#号]?(?P<no>0\d{3,8})(?:号|单|这件|这单|那件)*(?:现在|目前|今天|的)*"
    r"(?:什么情况|啥情况|怎么样了?|怎样了|进展(?:如何|怎样|怎么样)?|进度(?:如何|怎样)?|到哪(?:一步|里)?了?|办好了?(?:没有?|吗)|好了(?:没有?|吗))"
)
"""0127现在什么情况: 进度127 in other words."""
_SPELT = {
    "查进度": Word.PROGRESS,
    "进度": Word.PROGRESS,
    "接": Word.ACCEPT,
    "接单": Word.ACCEPT,
    "完": Word.DONE,
    "完成": Word.DONE,
    "办结": Word.DONE,
    "进展": Word.NOTE,
    "不归我管": Word.RETURN,
    "退单": Word.RETURN,
    "转": Word.TRANSFER,
    "转给": Word.TRANSFER,
    "催": Word.URGE,
    "催办": Word.URGE,
    "催一下": Word.URGE,
    "绑定": Word.LINK,
    **{word.value: word for word in ARRANGING},
}


@lru_cache(maxsize=IN_HAND)
def read_command(text: str) -> Command | None:
    """The command that the whole of `text` is, or None; width and script make no difference."""
    said = without_call(text)
    if said in _BARE:
        return Command(_BARE[said])
    taken_back = read_withdrawal(said)
    if taken_back is not None:
        return Command(Word.WITHDRAW, taken_back.no, taken_back.rest)
    return _in_own_words(said) or _spelt(said)


@lru_cache(maxsize=IN_HAND)
def without_call(text: str) -> str:
    """What is said in simplified, half-width words, without an @ before it and marks around it."""
    said = _WIDE.sub(lambda found: _HALF_WIDTH[found[0]], to_simplified(text[:LONGEST]))
    return _CALLED.sub("", said).strip(_EDGES)


def _in_own_words(said: str) -> Command | None:
    state = _STATE_OF.fullmatch(said.rstrip("?？"))
    if state is not None:
        return Command(Word.PROGRESS, int(state["no"]))
    if said in _BACK:
        return Command(Word.LEAVE, rest="0天")
    urged = _URGED.fullmatch(said)
    if urged is not None:
        return Command(Word.URGE, rest=urged["rest"] or "")
    leave = _LEAVE.fullmatch(said)
    return None if leave is None else Command(Word.LEAVE, rest=leave["rest"] or "")


def _spelt(said: str) -> Command | None:
    match = _NUMBERED.fullmatch(said) or _UNNUMBERED.fullmatch(said) or _LINK.fullmatch(said)
    if match is None:
        return None
    number = match.groupdict().get("no")
    return Command(_SPELT[match["word"]], int(number) if number else None, match["rest"].strip())
