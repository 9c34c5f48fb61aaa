"""What residents say: emergencies, requests, questions, suspicious messages, bare photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import hold_photos as hold
from handlers.actions.dialogues import take_photos
from handlers.actions.menus import Choice, offer
from handlers.actions.questions import ask_human
from handlers.actions.telling import About
from handlers.actions.tickets import filing
from handlers.considering import Action, Scene, Thought, consider
from handlers.intents.reading import Intent
from handlers.messages import ChatKind
from handlers.phrases import answers
from handlers.phrases.numbers import question_number

if TYPE_CHECKING:
    from handlers.considering import Proposal
    from handlers.turn import Turn

ANSWERING = About(lane="P0")
"""A reply is never held back by quiet hours: the person is waiting for it."""
HELP_BY_HUMAN = "0"


def stay_out(turn: Turn) -> bool:
    """Do nothing in a group that nobody has entered into the roster."""
    return turn.event.chat.kind is ChatKind.GROUP and turn.group is None


def hold_photos(turn: Turn) -> bool:
    """Keep bare photos for the words that follow."""
    if turn.text or not turn.event.images:
        return False
    hold(turn.work, turn.chat, turn.who, turn.event.images, ask=turn.private)
    return True


def emergency(turn: Turn) -> bool:
    """Answer danger to life before anything else: the number, the one right action, the log."""
    thought = think(turn)
    if thought.intent is not Intent.EMERGENCY or thought.action is not Action.LOG:
        return False
    return respond(turn)


def respond(turn: Turn) -> bool:
    """Do what the same thought that `linli ask` prints says; False when it says: be silent."""
    thought = think(turn)
    if thought.action is Action.SILENT:
        return False
    if thought.ticket is not None and thought.action in (Action.LOG, Action.ASK, Action.CONFIRM):
        _request(turn, thought, thought.ticket)
    elif thought.action is Action.HANDOVER:
        hand_over(turn, turn.text, thought)
    elif thought.action is Action.CHOOSE:
        _offer_candidates(turn, thought)
    elif thought.reply:
        turn.reply(thought.reply, buttons=_help_buttons(turn, thought))
    return True


def think(turn: Turn) -> Thought:
    """Consider the words of this turn."""
    scene = Scene(
        hood=turn.work.hood,
        faq=turn.work.faq,
        now=turn.work.now,
        addressed=turn.addressed,
        chat=turn.group,
        sender=turn.person,
        mode=turn.group.mode if turn.group else "积极",
        away=turn.work.away,
    )
    return consider(turn.text, scene, len(turn.event.images))


def _request(turn: Turn, thought: Thought, proposal: Proposal) -> None:
    images = take_photos(turn.work, turn.chat, turn.who) + turn.event.images
    request = filing.Request(
        kind=proposal.kind,
        category=proposal.category,
        lane=proposal.lane,
        matter=proposal.matter,
        place=proposal.place,
        missing=proposal.missing,
        words=turn.text,
        images=images,
        private=proposal.private,
    )
    if thought.action is Action.LOG:
        filing.report(turn.work, turn.who, turn.chat, request, advice=thought.reply or "")
    else:
        filing.draft(turn.work, turn.who, turn.chat, request)


def hand_over(turn: Turn, text: str, thought: Thought | None = None) -> None:
    """Give the question to a named person, and say so with its number."""
    near = tuple(hit.faq_id for hit in thought.candidates) if thought else ()
    row = ask_human(turn.work, turn.chat, turn.who, text, near)
    person = turn.work.hood.person(row.assignee_id)
    called = person.called if person else ""
    turn.reply(answers.handed_over(turn.name, called, question_number(row.id)))


def _offer_candidates(turn: Turn, thought: Thought) -> None:
    choices = tuple(
        Choice(hit.question, "faq.show", {"faq": hit.faq_id}) for hit in thought.candidates
    )
    nobody = Choice("都不是", "faq.none", {"text": turn.text})
    buttons = offer(turn.work, turn.chat, turn.who, (nobody, *choices), first_digit=0)
    turn.reply(thought.reply or "", buttons=(*buttons[1:], buttons[0]))


def _help_buttons(turn: Turn, thought: Thought) -> tuple[()]:
    """Remember the "reply 1 and a neighbour helps" line of answers and warnings."""
    if thought.help_offered:
        offer(
            turn.work,
            turn.chat,
            turn.who,
            (Choice("请邻长帮忙", "help.neighbour", {"text": turn.text}),),
        )
    return ()
