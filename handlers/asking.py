"""Going on with what we asked: the missing place, the matter, a correction, a note, an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers import resident
from handlers.actions.dialogues import await_reply, end_dialogue, pending_dialogue, take_photos
from handlers.actions.questions import answer_question, open_questions
from handlers.actions.tickets import claiming, filing, working
from handlers.intents.read import read_intent
from handlers.intents.reading import Intent
from handlers.phrases import questions as phrases
from handlers.phrases import tickets
from handlers.phrases.numbers import question_number
from knowledge.community.locating import find_place
from knowledge.community.refusals import Unclear
from knowledge.store.tickets import by_id

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
ELSEWHERE = frozenset({Intent.EMERGENCY, Intent.QUESTION, Intent.FRAUD, Intent.COMMAND})
"""What somebody says instead of answering us: it is served, our question stays open."""


def go_on(turn: Turn) -> bool:
    """Take the words as the answer to what is pending with this person; False when they are not."""
    if not (turn.text or turn.event.images):
        return False
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    if dialogue is not None and TOPICS[dialogue.topic](turn, dialogue):
        return True
    return _answers_question(turn)


def _ticket(turn: Turn, dialogue: DialogueRow) -> TicketRow | None:
    return by_id(turn.work.session, dialogue.ticket_id) if dialogue.ticket_id else None


def _place(turn: Turn, dialogue: DialogueRow) -> bool:
    ticket = _ticket(turn, dialogue)
    if ticket is None or _speaks_of_else(turn, ticket):
        return False
    found = find_place(turn.text, turn.work.hood, _within(turn, ticket))
    if found.place_id is None:
        return _ask_place_again(turn, dialogue, ticket)
    if ticket.state == "draft":
        filing.edit(
            turn.work,
            ticket,
            turn.who,
            place=found.place_id,
            images=_photos(turn),
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
    turn.reply(tickets.PLACE_NOT_UNDERSTOOD)
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
    ticket = _ticket(turn, dialogue)
    reading = read_intent(turn.text)
    if ticket is None or reading.intent in ELSEWHERE:
        return False
    matter = reading.matter or turn.text[:20]
    filing.edit(turn.work, ticket, turn.who, matter=matter, images=_photos(turn), words=turn.text)
    return True


def _confirm(turn: Turn, dialogue: DialogueRow) -> bool:
    """Understand "不对，是4栋" and "不是灯，是门坏了" as corrections."""
    ticket = _ticket(turn, dialogue)
    if ticket is None:
        return False
    corrected = NO.sub("", turn.text)
    found = find_place(corrected, turn.work.hood, _within(turn, ticket))
    reading = read_intent(corrected)
    says_no = corrected != turn.text
    if not says_no and (found.place_id is None or reading.matter):
        return bool(turn.event.images) and _add_photos(turn, ticket)
    if found.place_id is None and not reading.matter:
        turn.reply(WHAT_IS_WRONG)
        return True
    filing.edit(
        turn.work,
        ticket,
        turn.who,
        place=found.place_id,
        matter=reading.matter,
        images=_photos(turn),
        words=turn.text,
    )
    return True


def _add_photos(turn: Turn, ticket: TicketRow) -> bool:
    filing.edit(turn.work, ticket, turn.who, images=_photos(turn), words=turn.text)
    return True


def _photos(turn: Turn) -> tuple[str, ...]:
    return take_photos(turn.work, turn.chat, turn.who) + turn.event.images


def _answers_question(turn: Turn) -> bool:
    """A named person's free words are the answer to the question that waits for them."""
    if not (turn.private and turn.text):
        return False
    waiting = {row.id: row for row in open_questions(turn.work, turn.who)}
    if not waiting or read_intent(turn.text).intent in (Intent.EMERGENCY, Intent.REPORT):
        return False
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
    ticket = _ticket(turn, dialogue)
    if ticket is None or read_intent(turn.text).intent in ELSEWHERE:
        return False
    working.supplement(turn.work, ticket, turn.who, turn.text)
    return True


def _transfer(turn: Turn, dialogue: DialogueRow) -> bool:
    ticket = _ticket(turn, dialogue)
    if ticket is None or not turn.text:
        return False
    claiming.transfer(turn.work, ticket, turn.who, turn.text)
    end_dialogue(turn.work, turn.chat, turn.who)
    return True


def _human(turn: Turn, dialogue: DialogueRow) -> bool:
    del dialogue
    if not turn.text or read_intent(turn.text).intent is Intent.EMERGENCY:
        return False
    end_dialogue(turn.work, turn.chat, turn.who)
    resident.hand_over(turn, turn.text)
    return True


WHAT_IS_WRONG = "好的，请直接说哪里不对，例如：是4栋1单元，或者：是门坏了。"

TOPICS: dict[str, Callable[[Turn, DialogueRow], bool]] = {
    "place": _place,
    "matter": _matter,
    "confirm": _confirm,
    "answer": _supplement,
    "transfer": _transfer,
    "human": _human,
}
"""What is awaited → how its answer is understood."""
