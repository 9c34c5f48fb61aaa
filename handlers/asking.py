"""Going on with what we asked: each topic's answer, a note, the answer of somebody who was asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers import resident
from handlers.actions.dialogues import (
    WARNED,
    awaits,
    end_dialogue,
    end_everywhere,
    pending_dialogue,
)
from handlers.actions.dissuading import dissuade
from handlers.actions.faq.questions import answer_question, open_questions
from handlers.actions.tickets import inquiring
from handlers.adding import take_more
from handlers.drafting import take_correction, take_matter
from handlers.explaining import ALARM, EXPLANATIONS, ticket_of
from handlers.fraud import points_of
from handlers.intents.intent import Intent
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.read import read_intent
from handlers.phrases import answers, safety
from handlers.phrases import questions as phrases
from handlers.phrases.numbers import question_number
from handlers.requesting import think
from handlers.thinking.thought import Action
from handlers.whereabouts import take_another, take_nearer, take_place
from knowledge.community.locating.locating import find_place
from knowledge.community.refusals import Unclear
from knowledge.community.tickets.ticket import OUTCOMES
from knowledge.community.words.scamkinds import has_shared_screen, is_too_late
from knowledge.community.words.wording import sign
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import DialogueRow
    from knowledge.store.rows.tickets import TicketRow

GIVEN = Expression(
    r"(?:可是|但是|完了|糟了|我|都|已经|刚|刚才|[,，])*[转付给填点输汇](?:了|过去了|出去了)+(?:怎么办|咋办|啊|呀|呢|[,，?!。])*"
)
"""已经转了: said of nothing else by who has just been warned."""
DOUBT = 12
"""Characters of a question whether what was just warned of is a swindle."""
ABOUT_SERVICE = frozenset({"property-service", "suggestion"})
"""Kinds of requests that are also how people find fault with whoever came."""
OTHERS = Expression(r"物业|物管|保安|保洁|门卫|管家")
"""Who else may be meant."""
NAMED = re.compile(r"问\s*[-—－]?\s*(\d{1,9})[\s:：,，、]*")
"""问-0031 before an answer: which question it is for."""


def go_on(turn: Turn) -> bool:
    """Take the words as the answer to what is pending with this person; False when they are not."""
    if not (turn.text or turn.event.images) or resident.wants_human(turn):
        return False
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    if dialogue is not None and dialogue.topic in TOPICS and TOPICS[dialogue.topic](turn, dialogue):
        return True
    return _owns_up(turn) or _answers_question(turn)


def _answers_question(turn: Turn) -> bool:
    """A named person's free words are the answer to the question that waits for them."""
    if not (turn.private and turn.text) or turn.person is None:
        return False
    waiting = {row.id: row for row in open_questions(turn.work, turn.who)}
    named = NAMED.match(turn.text)
    if not waiting or (named is None and _is_of_their_own(turn.text)):
        return False
    if not resident.WORDS.search(turn.text):
        raise Unclear(phrases.NOT_AN_ANSWER)
    if named and int(named[1]) in waiting:
        answer_question(turn.work, turn.who, int(named[1]), turn.text[named.end() :])
    elif len(waiting) == 1:
        answer_question(turn.work, turn.who, min(waiting), turn.text)
    else:
        raise Unclear(phrases.which([question_number(number) for number in waiting]))
    return True


def _is_of_their_own(text: str) -> bool:
    """Whether who is asked tells of a matter, or asks back, and answers nobody."""
    matter = read_intent(text).intent in (Intent.EMERGENCY, Intent.REPORT)
    return matter or asks_something(plain(text))


def _supplement(turn: Turn, dialogue: DialogueRow) -> bool:
    """What the reporter adds, asked for or not."""
    ticket = ticket_of(turn, dialogue)
    if ticket is None or not turn.text or _is_no_answer(turn, ticket):
        return False
    inquiring.supplement(turn.work, ticket, turn.who, turn.text)
    return True


def _is_no_answer(turn: Turn, ticket: TicketRow) -> bool:
    """Whether the words are an alarm, another matter, or a question to which we know the answer."""
    reading = read_intent(turn.text)
    if reading.intent in ALARM or not turn.text:
        return reading.intent in ALARM
    if reading.intent is Intent.QUESTION:
        return think(turn).action is Action.ANSWER
    if reading.category is None or reading.category.code == ticket.category:
        return False
    return not _finds_fault(turn, ticket, reading.category.code)


def _finds_fault(turn: Turn, ticket: TicketRow, code: str) -> bool:
    """Whether the words say what was bad about the work that its reporter has rated low."""
    rated_low = ticket.state in OUTCOMES and (ticket.rating or 1) > 1
    blames = code in ABOUT_SERVICE or inquiring.BLAMES.search(turn.text) is not None
    elsewhere = OTHERS.search(turn.text) or find_place(turn.text, turn.work.hood).place_id
    return rated_low and blames and not elsewhere


def _human(turn: Turn, dialogue: DialogueRow) -> bool:
    del dialogue
    if not turn.text or read_intent(turn.text).intent is Intent.EMERGENCY:
        return False
    if not resident.WORDS.search(turn.text):
        turn.reply(answers.SAY_IT_TO_A_HUMAN)
        return True
    end_dialogue(turn.work, turn.chat, turn.who)
    resident.hand_over(turn, turn.text)
    return True


def _warned(turn: Turn, dialogue: DialogueRow) -> bool:
    """我已经转了两万, said after our warning: too late, so the bank and the police come first.

    是不是骗人的咯 gets the warning once more, in a sentence.
    """
    if dialogue.data.get(resident.SURE) and _doubts(plain(turn.text)):
        turn.reply(safety.still_suspicious(turn.name))
        return True
    if not _is_robbed(turn):
        return False
    end_dialogue(turn.work, turn.chat, turn.who)
    return _help_robbed(turn)


def _owns_up(turn: Turn) -> bool:
    """The same, said in private by who was warned in a group or on another channel."""
    if not (turn.private and _is_robbed(turn) and awaits(turn.work, turn.who, WARNED)):
        return False
    end_everywhere(turn.work, turn.who, WARNED)
    return _help_robbed(turn)


def _is_robbed(turn: Turn) -> bool:
    said = plain(turn.text)
    return is_too_late(said, suspected=True) or GIVEN.fullmatch(said) is not None


def _help_robbed(turn: Turn) -> bool:
    resident.offer_help(turn)
    turn.reply(safety.robbed(turn.name, shared=has_shared_screen(plain(turn.text))))
    dissuade(turn.work, turn.who, robbed=True)
    return True


def _doubts(said: str) -> bool:
    """Whether plain words only ask if that is a swindle, and tell of nothing new."""
    if len(said) > DOUBT or points_of(said) or read_intent(said).category is not None:
        return False
    return any(sign(name, "fraud").search(said) for name in ("问骗子", "问真假"))


def _nearer(turn: Turn, dialogue: DialogueRow) -> bool:
    return take_nearer(turn, dialogue) or take_more(turn, dialogue)


def _mistaken(turn: Turn, dialogue: DialogueRow) -> bool:
    return take_another(turn, dialogue) or take_more(turn, dialogue)


TOPICS: dict[str, Callable[[Turn, DialogueRow], bool]] = {
    "place": take_place,
    "nearer": _nearer,
    "mistaken": _mistaken,
    "matter": take_matter,
    "confirm": take_correction,
    "answer": _supplement,
    "human": _human,
    WARNED: _warned,
    **EXPLANATIONS,
}
"""What is awaited → how its answer is understood."""
