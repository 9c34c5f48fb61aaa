"""What one message wants, from its words alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.intents.awaiting import asks_how_it_stands
from handlers.intents.bars import (
    CLEAR,
    WANTED,
    alarmed_from,
    is_danger,
    is_enough,
    overheard_from,
    shares,
)
from handlers.intents.brevity import is_bare, is_foreign, is_plain
from handlers.intents.commands import read_command
from handlers.intents.emergencies import is_averted, is_feared
from handlers.intents.facts import present_fact
from handlers.intents.intent import Intent, Reading
from handlers.intents.matter import matter_of
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.reaching import without_reaching
from handlers.intents.requests import VAGUE_ORDERS, kind_of, lane_of, request_of
from handlers.intents.subject import likeliest, likeliest_danger
from handlers.intents.unsaid import MEANT, is_taken_back, without_declining
from handlers.intents.weighing import NOTHING, find, strongest_clause, weigh
from knowledge.community.tickets.categories import Mention
from knowledge.community.tickets.ticket import Kind, Lane
from knowledge.community.words.wording import sign

if TYPE_CHECKING:
    from handlers.intents.requests import Request
    from handlers.intents.weighing import Found, Weight
    from knowledge.community.tickets.categories import Category


SAID = 512
"""Messages remembered: the gate reads each as it comes, the worker again when its turn comes."""
_TURN = re.compile(
    r"(?<=[,，。.!！?？;；])(?:不过|但是?(?!愿)|可是?(?!以|能)|哪晓得|谁知|结果|只是|今天|今早|今晚|现在|这回|这次|刚刚?才?)"
)
"""Words behind which somebody comes to what is the matter now."""
_TURNED = 4
"""Characters from which what stands there tells something by itself."""


def read_intent(text: str) -> Reading:
    """Read `text` as it came in; fraud and the FAQ are asked elsewhere."""
    command = read_command(text)
    if command is not None:
        return Reading(Intent.COMMAND, f"命令“{command.word.value}”", command=command)
    return read_plain(plain(text))


@lru_cache(maxsize=SAID)
def read_plain(text: str) -> Reading:
    """The same for words that are plain already; never a command."""
    return read_matter(text) or _read_talk(text)


@lru_cache(maxsize=SAID)
def read_matter(text: str) -> Reading | None:
    """The same of what is to be seen to, or not any more; None of questions and mere talk.

    The gate asks no more: which of these two it is matters only where we are called.
    """
    text = without_reaching(text)
    found = find(text)
    weight = shares(text, found)
    told = without_declining(text)
    if told != text and found.danger is None:
        reading = read_plain(told)
        return reading if reading.lane is Lane.P0 else Reading(Intent.CHATTER, "不用我们管")
    if weight is not NOTHING and _is_unmeant(text, found):
        return Reading(Intent.CHATTER, "话收回了")
    behind = _behind_turn(text)
    danger = is_danger(text, found, weight)
    if behind and _is_meant(behind, weight, instead=danger):
        meant = read_plain(behind)
        if not danger or meant.intent is Intent.EMERGENCY:
            return meant
    return _told_beside(text) or _whole(text, found, weight, danger=danger)


def _is_unmeant(text: str, found: Found) -> bool:
    """Whether it is taken back in the same breath, and no cry for one's life."""
    danger = found.danger.category.code if found.danger else ""
    return danger not in MEANT and is_taken_back(text)


def _told_beside(text: str) -> Reading | None:
    """The danger that is there while it is asked what to do, in words that the lists know: 煤气一直漏着该打哪个电话."""
    fact = present_fact(text)
    told = read_plain(fact) if fact else None
    return told if told is not None and told.lane is Lane.P0 and not told.guessed else None


def _whole(text: str, found: Found, weight: Weight, *, danger: bool) -> Reading | None:
    if weight is NOTHING and not is_plain(text, found, weight.wanted):
        return None
    if any(found) or not (asks_how_it_stands(text) or is_bare(text) or is_foreign(text)):
        return _weighed(text, found, weight, danger=danger)
    return None


def _read_talk(text: str) -> Reading:
    """What tells of no matter: it waits for an answer or for none."""
    if asks_how_it_stands(text) or asks_something(text):
        return Reading(Intent.QUESTION, "像是提问")
    return Reading(Intent.CHATTER, "闲话")


def _weighed(text: str, found: Found, weight: Weight, *, danger: bool) -> Reading | None:
    """Danger or a matter where enough speaks for it, None where plain `text` is neither."""
    guessed = not any(found[:3])
    if danger:
        told = found.danger or _told(likeliest_danger(text), text)
        loose = weight.wanted < alarmed_from(text, found)
        return replace(_endangered(told, text), loose=loose, guessed=found.danger is None)
    if guessed and weight.danger > weight.request and (is_averted(text) or not is_feared(text)):
        return None  # it was danger, or would have been, and is over or somewhere else
    if not is_enough(text, found, weight) and not is_plain(text, found, weight.wanted):
        return None
    reading = _wanted(text, found)
    if reading is None:
        return None
    if weight.wanted >= CLEAR:
        reading = replace(reading, asks=False)
    enough = overheard_from(text, guessed=guessed, urgent=reading.lane is Lane.P1)
    return replace(reading, loose=weight.wanted < enough, guessed=guessed)


def _behind_turn(text: str) -> str:
    """What stands behind the last "but" or "now" of plain `text`: that is what is meant; "" = nothing."""
    last = max((found.end() for found in _TURN.finditer(text)), default=0)
    return text[last:] if last and len(text) - last >= _TURNED else ""


def _is_meant(behind: str, weight: Weight, *, instead: bool) -> bool:
    """Whether what stands behind the turn counts; `instead` of danger nothing but danger does."""
    if find(behind).danger is not None:
        return True
    return not instead and weigh(behind).wanted > max(weight.wanted, WANTED)


def _endangered(danger: Mention, text: str) -> Reading:
    return Reading(
        Intent.EMERGENCY,
        f"危险正在发生：{danger.text}",
        category=danger.category,
        kind=danger.category.kind,
        lane=Lane.P0,
        matter=matter_of(danger, text),
    )


def _wanted(text: str, found: Found) -> Reading | None:
    """What is to be seen to: help, what the lists know, or what it is most like."""
    kind = kind_of(text, _listed_kind(found))
    if kind is Kind.SERVICE and not _is_urgent(found.request):
        meant = None if found.order else likeliest(text, kind)
        order = found.order or (_told(meant, text) if meant else None)
        return _ordered(order, text) if order else None
    request = found.request
    if request is None:
        meant = likeliest(text, kind)
        if meant is None:
            return None
        told = found.mention if found.mention and found.mention.category is meant else None
        request = request_of(told or _told(meant, text), text)
    return _reported(request, request.mention.category.kind if kind is Kind.SERVICE else kind, text)


def _is_urgent(request: Request | None) -> bool:
    """Whether it is more than neighbours can be asked for: a burst pipe, whoever turns it off."""
    return request is not None and request.mention.category.lane is Lane.P1


def _listed_kind(found: Found) -> Kind | None:
    """The kind of what the lists know, None if they know nothing."""
    if found.order is not None and _is_ordered(found.order, found.request):
        return Kind.SERVICE
    return found.request.mention.category.kind if found.request else None


def _told(meant: Category, text: str) -> Mention:
    """Where plain `text` tells of it, as far as the sound goes: its strongest clause."""
    words = strongest_clause(text)
    start = text.find(words)
    return Mention(meant, start, start + len(words), "", "", words)


def _ordered(order: Mention, text: str) -> Reading:
    return Reading(
        Intent.SERVICE,
        f"请人帮忙：{order.text}",
        category=order.category,
        kind=order.category.kind,
        lane=order.category.lane,
        matter=matter_of(order, text),
        asks=asks_something(text) and not sign("出力", "services").search(text),
    )


def _reported(request: Request, kind: Kind, text: str) -> Reading:
    found = request.mention
    return Reading(
        Intent.REPORT,
        f"{found.category.name}：{found.text}（{weigh(text).wanted:.2f}）",
        category=found.category,
        kind=kind,
        lane=lane_of(found.category, text),
        matter=matter_of(found, text),
        asks=request.asks,
        rule=request.rule,
    )


def _is_ordered(order: Mention, request: Request | None) -> bool:
    """Whether help is wanted rather than a repair: 派人来看看 alone does not tell."""
    if request is None:
        return True
    if _is_urgent(request):
        return False
    named = request.mention.category.code
    return order.category.code not in VAGUE_ORDERS or named.startswith("other-")
