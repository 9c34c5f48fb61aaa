"""A question beside a request or another one, 灯坏了，还有老年卡怎么办: neither is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.phrases import answers
from handlers.requesting import think
from handlers.resident import respond
from handlers.thinking.replying import FAR_OFF
from handlers.thinking.thought import Action
from knowledge.community.tickets.ticket import URGENT

if TYPE_CHECKING:
    from handlers.thinking.thought import Thought
    from handlers.turn import Turn

_BESIDE = re.compile(
    r"[\s,，。.；;!！、]*(?:还有|另外|再就是|再有|再一个|顺便|顺带|对了|然后|还(?=想问|要问))[\s,，:：]*"
)
_ENOUGH = 4
"""Characters that a matter needs on either side."""


def answer_aside(turn: Turn) -> bool:
    """Take up both matters of one message; False where it does not hold two."""
    found = _parted(turn)
    if found is None:
        return _answer_both(turn)
    request, question, thought = found
    urgent = thought.ticket is not None and thought.ticket.lane in URGENT
    for part in (request, question) if urgent else (question, request):
        _take_up(part, sure=part is request)
    return True


def _answer_both(turn: Turn) -> bool:
    """Answer two questions of one message, the first of which is sure: 优待证要办吗，还有社保卡丢了怎么补."""
    halves = _halves(turn.text)
    if halves is None or not all(asks_something(plain(half)) for half in halves):
        return False
    first, second = (_saying(turn, half) for half in halves)
    known, other = think(first), think(second)
    if known.action is not Action.ANSWER or known.faq_id is None or other.ticket is not None:
        return False
    if other.action is Action.SILENT or known.faq_id == other.faq_id:
        return False
    respond(first)
    _take_up(second)
    return True


def _take_up(turn: Turn, *, sure: bool = False) -> None:
    """Do what the words ask for if we are sure, else have them said alone."""
    if sure or think(turn).action is Action.ANSWER:
        respond(turn)
    elif turn.addressed:
        turn.reply(answers.ask_alone(turn.name, turn.text))


def _halves(text: str) -> list[str] | None:
    """What stands before and behind the first 还有; None where either is too short to be a matter."""
    join = _BESIDE.search(text)
    if join is None:
        return None
    halves = [text[: join.start()], text[join.end() :]]
    return halves if min(map(len, halves)) >= _ENOUGH else None


def _parted(turn: Turn) -> tuple[Turn, Turn, Thought] | None:
    """The turns of the request and of the question, and what the request is; None for any other."""
    halves = _halves(turn.text)
    if halves is None:
        return None
    halves.sort(key=lambda half: asks_something(plain(half)))
    images = turn.event.images
    request, question = (_saying(turn, half) for half in halves)
    request = replace(request, event=replace(request.event, images=images))
    thought = think(request)
    if thought.ticket is None or not _is_question(question):
        return None
    return request, question, thought


def _is_question(turn: Turn) -> bool:
    """Whether there is an answer to it, or some that are close; no request, and nothing unheard of."""
    thought = think(turn)
    if thought.ticket is not None or not asks_something(plain(turn.text)):
        return False
    return thought.action is Action.ANSWER or (
        thought.action is Action.CHOOSE and thought.score >= FAR_OFF
    )


def _saying(turn: Turn, text: str) -> Turn:
    return replace(turn, event=replace(turn.event, text=text, images=()))
