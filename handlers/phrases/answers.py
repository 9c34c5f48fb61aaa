"""What people read when they ask something: answers, choices, handovers, greetings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.phrases.names import named
from knowledge.files.bodies import SHORT_LIMIT, cut_at_sentence
from knowledge.files.checks import STALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from knowledge.faq.entry import Entry

LONGEST_SOURCE = 16
LONGEST_ASIDE = 30
_BRACKETS = re.compile("（[^（）]*）")
_ARTICLES = re.compile(r"(.+?) ?第 (\d+).*条")
_NUMBER_CUT = re.compile(r"第? ?[\d.—-]+$")
_FEWER = (r"\1第 \2 条等", r"\1")
"""How a law is named whose articles are too many to be listed."""
OLD = "，过了一年，办前再问一声"
MORE = "回复“更多”看全文。"
REMARK = "听您讲讲真好！有要问、要修、要帮忙的，随时跟我说。"
GREETING = (
    "您好，我在。\n"
    "问政策：直接问，比如：老年卡怎么办\n"
    "要修要管：说地方和毛病，比如：3栋2单元楼道灯不亮\n"
    "查进度：发“进度”"
)
SAY_IT_TO_A_HUMAN = "好的，请直接说您的事，我原话转给社区的人。"
UNNAMED = "放心：谁反映的，只有办这件事的人看得到，不告诉被反映的人，也不发到群里。"
TO_A_HUMAN = "转给社区"
NOT_UNDERSTOOD = "我没看懂。请用一句话说：哪里、什么事，例如：3栋2单元楼道灯不亮。要找人回复 0。"
MANY_QUESTIONS = "您前面问的几件都转给社区了，答好就回您。急事请打社区电话，或打 12345。"
GONE = "这条已经不在了。请直接再问一次。"
NEIGHBOUR_HELP = "想请邻长帮忙"
BARE_COMMAND = "“{word}”记下了。这里只是试问，查不到您的事，请在聊天里发。"


def answered(name: str, entry: Entry, today: date | None = None) -> str:
    """The short answer with its source and the day it was checked, within 120 characters.

    Where that does not fit, the source goes first, then the text is cut at a sentence. `today` tells
    which day is long ago; a preview has none.
    """
    start, day = named(name), _day(entry, today)
    for origin in (_origin(entry, day, source=True), _origin(entry, day, source=False)):
        text = f"{start}{entry.short}{origin}"
        if len(text) <= SHORT_LIMIT:
            return text
    origin = _origin(entry, day, source=False)
    room = SHORT_LIMIT - len(start) - len(origin) - len(MORE) - 1
    return f"{start}{cut_at_sentence(entry.short, room)}\n{MORE}{origin}"


def in_full(entry: Entry, office: str) -> str:
    """The long answer; where it sends people to the community, with where that is, if known."""
    text = entry.long or entry.short
    return f"{text}\n社区：{office}。" if office and "社区" in text else text


def deeper(entry: Entry, office: str) -> str:
    """All that stands in the entry a question goes on about; for what does not, a human."""
    return f"接着《{entry.question}》说：\n{in_full(entry, office)}\n没说到的，回复 0，转给社区的人答您。"


def ask_alone(name: str, question: str) -> str:
    """A question that came with a request is unclear: it is not forgotten, but must be said alone."""
    return f"{named(name)}您还问了“{_short(question.strip(), LONGEST_ASIDE)}”，请单独再发一次，我来查。"


def office(name: str, known: str) -> str:
    """Where and when the community is reached, all that the settings tell."""
    return f"{named(name)}社区：{known}。"


def choices(name: str, questions: Sequence[str]) -> str:
    """Which of up to three questions is meant; 0 is a human."""
    head = f"{named(name)}您想问哪一件？回复数字就行："
    tail = "都不是，回复 0，转给社区的人答您。"
    room = (SHORT_LIMIT - len(head) - len(tail) - 2) // max(len(questions), 1) - 3
    lines = [f"{digit} {_short(text, room)}" for digit, text in enumerate(questions, 1)]
    return "\n".join((head, *lines, tail))


def handed_over(name: str, called: str, number: str = "") -> str:
    """No reliable answer: who will answer, by when, and the question's number once it has one."""
    return f"{named(name)}这个我没有可靠的答案，不敢乱说。\n{_passed_on(called, number)}"


def withheld(name: str, called: str, number: str = "") -> str:
    """The rule that would answer has run out and is being checked."""
    said = "这条规定正在核实，旧的说法先不给您，免得误事。"
    return f"{named(name)}{said}\n{_passed_on(called, number)}"


def _passed_on(called: str, number: str) -> str:
    whom = called if called.startswith("社区") else f"社区{called or '的人'}"
    return f"已转给{whom}，工作日一天内回您{f'（{number}）' if number else ''}。"


def only_these(digits: Iterable[int]) -> str:
    """A digit that stands for nothing was typed."""
    return f"请回复这几个数字里的一个：{'、'.join(str(digit) for digit in digits)}。"


def _day(entry: Entry, today: date | None) -> str:
    owner = entry.owner or "社区"
    if entry.checked is None:
        return f"{owner}提供"
    old = today is not None and entry.checked < today - STALE
    return f"{owner} {entry.checked.isoformat()} 核对{OLD if old else ''}"


def _origin(entry: Entry, day: str, *, source: bool) -> str:
    owner = entry.owner or "社区"
    cited = _cited(entry.source.split("；")[0]) if source else ""
    return f"\n（{day}）" if cited in ("", owner) else f"\n（{cited}；{day}）"


def _cited(source: str) -> str:
    """A source in a few words: nothing in brackets if it is long, no number or title cut apart."""
    if len(source) <= LONGEST_SOURCE:
        return source
    name = _BRACKETS.sub("", source)
    articles = _ARTICLES.match(name)
    fewer = [articles.expand(way) for way in _FEWER] if articles else []
    first, more, _ = name.partition("、")
    ways = (name, *fewer, name.partition("《")[0], f"{first}等" if more else "")
    fitting = next((way for way in ways if 0 < len(way) <= LONGEST_SOURCE), "")
    if fitting or not name:
        return fitting
    cut = _NUMBER_CUT.sub("", name[: LONGEST_SOURCE - 2])
    return f"{cut}…》" if cut.count("《") > cut.count("》") else f"{cut}…"


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
