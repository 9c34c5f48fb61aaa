"""What one message wants, from its words alone."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.intents.commands import read_command
from handlers.intents.emergencies import CRY, HURT, find_emergency
from handlers.intents.guessing import graver
from handlers.intents.matter import matter_of
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.reading import Intent, Reading
from handlers.intents.requests import VAGUE_ORDERS, find_order, find_request, lane_of
from knowledge.community.categories import spoken_of
from knowledge.community.leanings import leaning
from knowledge.community.ticket import URGENT, Kind, Lane
from knowledge.community.wording import sign

if TYPE_CHECKING:
    from handlers.intents.requests import Request
    from knowledge.community.categories import Mention


SAID = 512
"""Messages remembered: the gate reads each as it comes, the worker again when its turn comes."""
_TELLING, _OF_DANGER, _TALKATIVE = 8, 13, 10
"""Characters below which a message, and one of danger, is too short to sound like anything, and like nothing but talk."""
MERE_TALK = 0.7
"""Share from which hints of place and haste make no request of talk; chosen by cross-validation."""


def read_intent(text: str) -> Reading:
    """Read `text` as it came in; fraud and the FAQ are asked elsewhere."""
    command = read_command(text)
    if command is not None:
        return Reading(Intent.COMMAND, f"命令“{command.word.value}”", command=command)
    return read_plain(plain(text))


@lru_cache(maxsize=SAID)
def read_plain(text: str) -> Reading:
    """The same for words that are plain already; never a command."""
    reading = _read(text)
    if reading.category is None:
        return reading
    return replace(reading, loose=_sounds_loose(text, reading))


def _sounds_loose(text: str, reading: Reading) -> bool:
    """Whether plain `text` sounds rather like talk, and neither pleads nor says where."""
    lean = leaning(text)
    telling = _OF_DANGER if reading.lane is Lane.P0 else _TELLING
    if len(text) < telling or lean.talk < max(lean.danger, lean.request):
        return False
    if lean.talk >= MERE_TALK and len(text) >= _TALKATIVE and reading.lane is not Lane.P0:
        return not any(sign(name).search(text) for name in ("派活", "求到门上"))
    told = ("现在", "在这里", "本人在场") if reading.lane in URGENT else ("催办口气", "求到门上")
    return not any(sign(name).search(text) for name in told)


def _read(text: str) -> Reading:
    spoken = spoken_of(text)
    danger = find_emergency(text, spoken)
    request = find_request(text, spoken)
    order = find_order(text, spoken)
    if danger is not None and not _is_milder(danger, request, order, text):
        return Reading(
            Intent.EMERGENCY,
            f"危险正在发生：{danger.text}",
            category=danger.category,
            kind=danger.category.kind,
            lane=Lane.P0,
            matter=matter_of(danger, text),
        )
    if order is not None and _is_ordered(order, request):
        return graver(text) or _ordered(order, text)
    if request is not None:
        return graver(text) or _reported(request, text)
    if asks_something(text):
        return Reading(Intent.QUESTION, "像是提问")
    return Reading(Intent.CHATTER, "闲话")


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


def _reported(request: Request, text: str) -> Reading:
    found = request.mention
    return Reading(
        Intent.REPORT,
        f"{found.category.name}：{found.text}（{request.weight:.1f}）",
        category=found.category,
        kind=request.kind,
        lane=lane_of(found.category, text),
        matter=matter_of(found, text),
        asks=request.asks,
        rule=request.rule,
    )


def _is_ordered(order: Mention, request: Request | None) -> bool:
    """Whether help is wanted rather than a repair: 派人来看看 alone does not tell."""
    if request is None:
        return True
    named = request.mention.category
    if named.lane is Lane.P1 or _is_proposed(order, request):
        return False
    return order.category.code not in VAGUE_ORDERS or named.code.startswith("other-")


def _is_proposed(order: Mention, request: Request) -> bool:
    """Whether something is proposed first and the words of help only say what it is good for."""
    return request.kind is Kind.SUGGESTION and request.mention.start <= order.start


def _is_milder(danger: Mention, request: Request | None, order: Mention | None, text: str) -> bool:
    """A cry for help in a report is a report; an old injury in an order is its reason."""
    if danger.category.code == CRY:
        return request is not None or order is not None
    return danger.category.code == HURT and order is not None and not sign("程度").search(text)
