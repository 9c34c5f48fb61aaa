"""What residents say: emergencies, requests, questions, suspicious messages, bare photos."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.dialogues import WARNED, await_reply, pending_dialogue
from handlers.actions.dialogues import hold_photos as hold
from handlers.actions.dissuading import already_asked, dissuade
from handlers.actions.faq.given import note_answer
from handlers.actions.faq.questions import answerer, ask_human, asked_lately
from handlers.actions.menus import Choice, offer, open_menus, options_of
from handlers.actions.tickets import filing
from handlers.actions.tickets.request import Request
from handlers.adding import take_pictures, tells_more
from handlers.believing import hint
from handlers.choosing import begins_with_digit
from handlers.fraud import TRICKS
from handlers.intents.intent import Intent
from handlers.intents.read import read_intent
from handlers.messages import ChatKind
from handlers.phrases import answers, commands, photos, questions
from handlers.phrases.numbers import question_number
from handlers.requesting import take_up, think
from handlers.showing import show_work
from handlers.thinking.thought import Action, Thought
from knowledge.community.attached import voices
from knowledge.community.tickets.ticket import Kind, Lane
from knowledge.faq.answering import is_withheld
from knowledge.files.expression import Expression
from knowledge.store.answers import was_given

if TYPE_CHECKING:
    from handlers.messages import Button
    from handlers.turn import Turn

SURE = "sure"
"""In the data of what was warned of: whether it looked like a swindle, and was called one."""
NEIGHBOUR_HELP = "neighbour-help"
CALLED = Expression(r"^\s*@\S+\s+")
"""The call before a question: whoever answers it knows who was asked."""
POINTING = Expression(
    r"(@\S+)?\s*(请?[你您]?(帮我)?(看+(一?下|下子)?|瞧瞧?|瞅瞅?))?(这个|这里|这儿|咯个|咯里|照片|图片?)?[\s呢吧啊咯哒哦！!。，,.~]*"
)
"""Nothing, or words that say no more than: look here."""
HUMAN = Expression(
    r"[0０]|(?:请|帮我|给我|我|要|想|需要|换|转|找|接|叫|个|一个)*"
    r"(?:人工|真人|活人|社区的人|社区工作人员|工作人员)(?:服务|客服|来|说话|说|聊|回答|接)*[啊吧呀。!！~]*"
)
"""0, 转人工, 我要找真人: whoever says no more than that wants a person."""
WORDS = Expression(r"[\u3400-\u9fff]{2}|[A-Za-z]{2}[\s,.'’?-]+[A-Za-z]{2}")
"""What can be a question at all: two Chinese characters or two words of letters; asdfgh is none."""
MANY_QUESTIONS = 5
"""Questions of one person in an hour that are handed over; more would bury those of others."""
MOMENT = timedelta(seconds=10)
"""How long an answer in a group serves whoever asks the same again without calling us."""
NO_DIGIT = 99
"""A choice that only its word or button makes, no digit."""


def stay_out(turn: Turn) -> bool:
    """Do nothing in a group that nobody has entered into the roster."""
    return turn.event.chat.kind is ChatKind.GROUP and turn.group is None


def hold_photos(turn: Turn) -> bool:
    """Keep photos and voices for the words that follow, unless they belong to those just before.

    Bare ones, and those with words that only point at them: 看这个 is nobody's question.
    """
    if not turn.event.images or not POINTING.fullmatch(turn.text):
        return False
    dialogue = pending_dialogue(turn.work, turn.chat, turn.who)
    if dialogue is not None and dialogue.topic == "done":
        return False
    if take_pictures(turn, dialogue) or (dialogue is None and show_work(turn)):
        return True
    spoken = bool(voices(turn.event.images))
    hold(turn.work, turn.chat, turn.who, turn.event.images, ask=turn.private and not spoken)
    if spoken:
        turn.reply(photos.VOICE_KEPT)
    return True


def emergency(turn: Turn) -> bool:
    """Answer danger to life before anything else: the number, the one right action, the log."""
    said = turn.work.hood.names.unnamed(turn.text)
    return read_intent(said).intent is Intent.EMERGENCY and not tells_more(turn) and respond(turn)


def respond(turn: Turn) -> bool:
    """Do what the same thought that `linli ask` prints says; False when it says: be silent."""
    thought = think(turn)
    if thought.action is Action.SILENT or thought.command is not None:
        return False  # a command that was not obeyed is nobody's question
    if thought.action is Action.ANSWER and _stands_above(turn, thought.faq_id):
        return False
    if thought.ticket is not None and thought.action in (Action.LOG, Action.ASK, Action.CONFIRM):
        take_up(turn, thought, thought.ticket)
    elif thought.action is Action.HANDOVER and not WORDS.search(turn.text):
        turn.reply(answers.NOT_UNDERSTOOD)
    elif thought.action is Action.HANDOVER:
        hand_over(turn, turn.text, thought)
    elif thought.action is Action.CHOOSE:
        _offer_candidates(turn, thought)
    elif thought.reply:
        _say(turn, thought, thought.reply)
    return True


def _stands_above(turn: Turn, faq_id: str | None) -> bool:
    """Whether the group was given this very answer a moment ago, and nobody calls us for it."""
    if turn.addressed or faq_id is None:
        return False
    return was_given(
        turn.work.session, turn.chat.channel, turn.chat.id, faq_id, turn.work.now - MOMENT
    )


def _say(turn: Turn, thought: Thought, reply: str) -> None:
    """Give the answer or the warning, and have somebody on the care list held back."""
    if thought.doubted:
        hint(turn, reply)
        return
    if thought.faq_id:
        note_answer(turn.work, turn.chat, turn.who, thought.faq_id, thought.score)
    buttons = _answer_buttons(turn, thought.faq_id, help_offered=thought.help_offered)
    turn.reply(reply, buttons=buttons)
    if thought.grave:
        dissuade(turn.work, turn.who, robbed=thought.robbed)
    asked = pending_dialogue(turn.work, turn.chat, turn.who)
    of_a_trick = thought.intent is Intent.FRAUD or (thought.faq_id or "").startswith(TRICKS)
    if of_a_trick and turn.addressed and not thought.robbed and asked is None:
        known = {SURE: thought.grave or thought.faq_id is not None}
        await_reply(turn.work, turn.chat, turn.who, WARNED, data=known)


def hand_over(turn: Turn, text: str, thought: Thought | None = None) -> None:
    """Give the question to a named person, and say so with its number."""
    if asked_lately(turn.work, turn.who) >= MANY_QUESTIONS:
        turn.reply(answers.MANY_QUESTIONS)
        return
    if answerer(turn.work, turn.chat, turn.who) == turn.who:
        turn.reply(questions.YOURS)
        return
    near = tuple(hit.faq_id for hit in thought.candidates) if thought else ()
    row = ask_human(turn.work, turn.chat, turn.who, CALLED.sub("", text), near)
    person = turn.work.hood.person(row.assignee_id)
    called = person.called if person else ""
    withheld = thought is not None and thought.verdict is not None and thought.verdict.withheld
    say = answers.withheld if withheld else answers.handed_over
    turn.reply(say(turn.name, called, question_number(row.id)))


def find_human(turn: Turn) -> bool:
    """0, or 转人工, outside of any choice: take the next words to a human."""
    asked = pending_dialogue(turn.work, turn.chat, turn.who) is not None
    if not (turn.addressed or asked) or not wants_human(turn):
        return False
    await_reply(turn.work, turn.chat, turn.who, "human")
    turn.reply(answers.SAY_IT_TO_A_HUMAN)
    return True


def wants_human(turn: Turn) -> bool:
    """Whether the words are 0 or 转人工 and nothing else."""
    return HUMAN.fullmatch(turn.text) is not None


def explain_digit(turn: Turn) -> bool:
    """A digit that chooses nothing: say once what would be understood."""
    if not turn.addressed or not begins_with_digit(turn.text) or WORDS.search(turn.text):
        return False
    offered = open_menus(turn.work, turn.chat, turn.who)
    digits = [one.digit for one in options_of(turn.work, offered[0])] if offered else []
    shown = [digit for digit in digits if digit < NO_DIGIT]
    turn.reply(answers.only_these(shown) if shown else commands.NOTHING_TO_CHOOSE)
    return True


def _offer_candidates(turn: Turn, thought: Thought) -> None:
    options = thought.verdict.options if thought.verdict else ()
    choices = tuple(Choice(hit.question, "faq.show", {"faq": hit.faq_id}) for hit in options)
    nobody = Choice("都不是", "faq.none", {"text": turn.text})
    buttons = offer(turn.work, turn.chat, turn.who, (nobody, *choices), first_digit=0)
    turn.reply(thought.reply or "", buttons=(*buttons[1:], buttons[0]))


def show_entry(turn: Turn, faq_id: str) -> None:
    """Give the answer that was chosen; one that has gone meanwhile goes to a human."""
    entry = turn.work.faq.entries.get(faq_id)
    if entry is None or is_withheld(entry, turn.work.now.date()):
        hand_over(turn, turn.text)
        return
    note_answer(turn.work, turn.chat, turn.who, faq_id)
    reply = answers.answered(turn.name, entry, turn.work.now.date())
    buttons = _answer_buttons(turn, faq_id, help_offered="回复 1" in reply)
    turn.reply(reply, buttons=buttons)


def show_more(turn: Turn, faq_id: str) -> None:
    """Give the long text of an answer."""
    entry = turn.work.faq.entries.get(faq_id)
    if entry is None or is_withheld(entry, turn.work.now.date()):
        turn.reply(answers.GONE)
        return
    turn.reply(answers.in_full(entry, turn.work.rules.office))


def offer_help(turn: Turn) -> None:
    """Remember that 1 brings the neighbour leader, as the answer's last line says."""
    help_ = Choice("请邻长帮忙", "help.neighbour", {"about": turn.text})
    offer(turn.work, turn.chat, turn.who, (help_,))


def ask_neighbour(turn: Turn, about: str) -> None:
    """File the wish that a neighbour leader helps in person."""
    if already_asked(turn.work, turn.who):
        return
    scope = turn.group.scope if turn.group else ""
    home = turn.work.hood.home(turn.person) if turn.person else None
    place = turn.work.hood.finer(home, scope or None)
    request = Request(
        kind=Kind.HELP,
        category=NEIGHBOUR_HELP,
        lane=Lane.P2,
        matter=answers.NEIGHBOUR_HELP,
        place=place,
        missing=() if place else ("place",),
        words=about,
    )
    filing.report(turn.work, turn.who, turn.chat, request)


def _answer_buttons(turn: Turn, faq_id: str | None, *, help_offered: bool) -> tuple[Button, ...]:
    """Remember what the answer's last line offers: 1 brings the neighbour leader, 更多 the rest."""
    if help_offered:
        offer_help(turn)
    entry = turn.work.faq.entries.get(faq_id or "")
    if entry is None or not entry.long:
        return ()
    more = Choice("更多", "faq.more", {"faq": entry.id})
    return offer(turn.work, turn.chat, turn.who, (more,), first_digit=NO_DIGIT)
