"""Going on with what we asked: the missing place, the matter, a correction, a note, an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers import resident
from handlers.actions.dialogues import await_reply, end_dialogue, pending_dialogue
from handlers.actions.questions import answer_question, open_questions
from handlers.actions.tickets import filing, working
from handlers.actions.tickets.closing import drop
from handlers.choosing import begins_with_digit
from handlers.explaining import ALARM, EXPLANATIONS, photos_of, ticket_of
from handlers.intents.placing import spot_of
from handlers.intents.read import read_intent
from handlers.intents.reading import Intent
from handlers.intents.thought import Action
from handlers.phrases import answers, drafts
from handlers.phrases import questions as phrases
from handlers.phrases.numbers import question_number
from handlers.requesting import reread, think
from knowledge.community.locating import find_place
from knowledge.community.privacy import cut, mask
from knowledge.community.refusals import Unclear
from knowledge.community.ticket import URGENT, State
from knowledge.store.chronicle import reported_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Turn
    from knowledge.store.rows.dialogues import DialogueRow
    from knowledge.store.rows.tickets import TicketRow

NO = re.compile(r"^(不对|不是|错了|搞错了|写错了)[，,。！!、\s]*")
NAMED = re.compile(r"问\s*[-—－]?\s*(\d{1,9})[\s:：,，、]*")
"""问-0031 before an answer: which question it is for."""
SHORT_ANSWER = 12
"""Characters of what can be meant as the name of a place."""
VAGUE = frozenset({"other-repair", "other-complaint", "suggestion"})
"""Categories of what was not understood well: the next words may tell what it is."""
ANOTHER = re.compile("还有|另外|再就是|顺便|对了|[^，,。]{2,6}也")
"""How another matter begins."""
ELSEWHERE = frozenset({Intent.EMERGENCY, Intent.QUESTION, Intent.FRAUD, Intent.COMMAND})
"""What somebody says instead of answering us: it is served, our question stays open."""


def go_on(turn: Turn) -> bool:
    """Take the words as the answer to what is pending with this person; False when they are not."""
    if not (turn.text or turn.event.images) or resident.wants_human(turn):
        return False
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    if dialogue is not None and TOPICS[dialogue.topic](turn, dialogue):
        return True
    return _answers_question(turn)


def _place(turn: Turn, dialogue: DialogueRow) -> bool:
    ticket = ticket_of(turn, dialogue)
    if ticket is None:
        return False
    found = find_place(turn.text, turn.work.hood, _within(turn, ticket))
    if found.place_id is None and _says_more(turn, ticket, None):
        return True
    if _speaks_of_else(turn, ticket):
        return False
    if found.place_id is None:
        return _ask_place_again(turn, dialogue, ticket)
    if ticket.state == "draft":
        filing.edit(
            turn.work,
            ticket,
            turn.who,
            place=found.place_id,
            images=photos_of(turn),
            words=turn.text,
        )
    else:
        filing.locate(turn.work, ticket, turn.who, found.place_id, words=turn.text)
    return True


def _ask_place_again(turn: Turn, dialogue: DialogueRow, ticket: TicketRow) -> bool:
    """Say once that the place was not understood; a longer text is about something else."""
    tried = bool(dialogue.data.get("again"))
    if len(turn.text) > SHORT_ANSWER or tried or read_intent(turn.text).intent in ELSEWHERE:
        return False
    data = {**dialogue.data, "again": True}
    await_reply(turn.work, turn.chat, turn.who, "place", ticket_id=ticket.id, data=data)
    turn.reply(drafts.PLACE_NOT_UNDERSTOOD)
    return True


def _speaks_of_else(turn: Turn, ticket: TicketRow) -> bool:
    """Tell whether the words report a matter of their own instead of the place of this one."""
    category = read_intent(turn.text).category
    return category is not None and (ticket.state != "draft" or category.code != ticket.category)


def _within(turn: Turn, ticket: TicketRow) -> str | None:
    """Return what the talk is about: the group's place, else the sender's home, else the ticket's."""
    scope = turn.group.scope if turn.group else None
    home = turn.work.hood.home(turn.person) if turn.person else None
    return scope or home or ticket.place_id


def _matter(turn: Turn, dialogue: DialogueRow) -> bool:
    ticket = ticket_of(turn, dialogue)
    reading = read_intent(turn.text)
    if ticket is None or reading.intent in ELSEWHERE:
        return False
    if turn.text and not resident.WORDS.search(turn.text):
        turn.reply(drafts.MATTER_NOT_UNDERSTOOD)
        return True
    subject = reread(turn, turn.text)
    if subject is not None and subject.lane in URGENT:
        drop(turn.work, ticket, "说的是急事")  # logged at once by what reads on
        return False
    scope = turn.group.scope if turn.group else None
    spot = spot_of(turn.text, turn.work.hood, scope, turn.person)
    place = ticket.place_id or (None if spot.doubtful else spot.place)
    filing.edit(
        turn.work,
        ticket,
        turn.who,
        place=place,
        matter=reading.matter or mask(cut(turn.text, 20)),
        missing=() if place else ("place",),
        images=photos_of(turn),
        words=turn.text,
        subject=subject,
    )
    return True


def _confirm(turn: Turn, dialogue: DialogueRow) -> bool:
    """Understand "不对，是4栋" and "不是灯，是门坏了" as corrections."""
    ticket = ticket_of(turn, dialogue)
    if ticket is None:
        return False
    corrected = NO.sub("", turn.text)
    found = find_place(corrected, turn.work.hood, _within(turn, ticket))
    reading = read_intent(corrected)
    says_no = corrected != turn.text
    if begins_with_digit(turn.text):
        turn.reply(drafts.WHAT_IS_WRONG)
        return True
    if not says_no and (found.place_id is None or reading.matter):
        return _says_more(turn, ticket, found.place_id) or (
            bool(turn.event.images) and _add_photos(turn, ticket)
        )
    if found.place_id is None and not reading.matter:
        turn.reply(drafts.WHAT_IS_WRONG)
        return True
    filing.edit(
        turn.work,
        ticket,
        turn.who,
        place=found.place_id,
        matter=reading.matter,
        images=photos_of(turn),
        words=turn.text,
        subject=reread(turn, corrected) if reading.category else None,
    )
    return True


def _says_more(turn: Turn, ticket: TicketRow, place: str | None) -> bool:
    """Understand 臭得要死，没人收 after 楼下那个垃圾桶: one matter of a draft, told in two messages."""
    if ticket.state != State.DRAFT or place not in (None, ticket.place_id):
        return False
    told = reread(turn, turn.text)
    if told is None or told.lane in URGENT or ANOTHER.match(turn.text):
        return False
    codes = {ticket.category, told.category}
    if len(codes) > 1 and codes.isdisjoint(VAGUE):
        return False
    said = reported_words(turn.work.session, ticket)
    subject = reread(turn, f"{said}，{turn.text}") or told
    filing.edit(
        turn.work,
        ticket,
        turn.who,
        matter=subject.matter,
        missing=() if ticket.place_id else ("place",),
        images=photos_of(turn),
        words=turn.text,
        subject=subject,
    )
    return True


def _add_photos(turn: Turn, ticket: TicketRow) -> bool:
    filing.edit(turn.work, ticket, turn.who, images=photos_of(turn), words=turn.text)
    return True


def _answers_question(turn: Turn) -> bool:
    """A named person's free words are the answer to the question that waits for them."""
    if not (turn.private and turn.text) or turn.person is None:
        return False
    waiting = {row.id: row for row in open_questions(turn.work, turn.who)}
    if not waiting or read_intent(turn.text).intent in (Intent.EMERGENCY, Intent.REPORT):
        return False
    if not resident.WORDS.search(turn.text):
        raise Unclear(phrases.NOT_AN_ANSWER)
    named = NAMED.match(turn.text)
    if named and int(named[1]) in waiting:
        answer_question(turn.work, turn.who, int(named[1]), turn.text[named.end() :])
    elif len(waiting) == 1:
        answer_question(turn.work, turn.who, min(waiting), turn.text)
    else:
        raise Unclear(phrases.which([question_number(number) for number in waiting]))
    return True


def _supplement(turn: Turn, dialogue: DialogueRow) -> bool:
    """What the reporter adds, asked for or not."""
    ticket = ticket_of(turn, dialogue)
    if ticket is None or not turn.text or _is_no_answer(turn, ticket):
        return False
    working.supplement(turn.work, ticket, turn.who, turn.text)
    return True


def _is_no_answer(turn: Turn, ticket: TicketRow) -> bool:
    """Whether the words are an alarm, another matter, or a question to which we know the answer."""
    reading = read_intent(turn.text)
    if reading.intent in ALARM or not turn.text:
        return reading.intent in ALARM
    if reading.intent is Intent.QUESTION:
        return think(turn).action is Action.ANSWER
    return reading.category is not None and reading.category.code != ticket.category


def _nearer(turn: Turn, dialogue: DialogueRow) -> bool:
    """Another place than the one that was guessed for an emergency."""
    ticket = ticket_of(turn, dialogue)
    if ticket is None or _speaks_of_else(turn, ticket):
        return False
    found = find_place(turn.text, turn.work.hood, _within(turn, ticket))
    if found.place_id is None:
        return False
    filing.locate(turn.work, ticket, turn.who, found.place_id, words=turn.text)
    return True


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


TOPICS: dict[str, Callable[[Turn, DialogueRow], bool]] = {
    "place": _place,
    "nearer": _nearer,
    "matter": _matter,
    "confirm": _confirm,
    "answer": _supplement,
    "human": _human,
    **EXPLANATIONS,
}
"""What is awaited → how its answer is understood."""
