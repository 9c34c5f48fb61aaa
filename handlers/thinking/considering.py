"""What the bot makes of one message: pure, the same for the chat, `ask` and `eval`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.fraud import is_known_trick
from handlers.intents.commands import Command, Word, read_command
from handlers.intents.emergencies import CRY
from handlers.intents.intent import Intent, Reading
from handlers.intents.leaders import asks_for_leaders
from handlers.intents.office import is_told
from handlers.intents.placing import is_mere_place
from handlers.intents.plain import plain
from handlers.intents.questions import (
    asks_for_secrecy,
    asks_something,
    is_bare_plea,
    is_between_neighbours,
    is_greeting,
    is_small_talk,
)
from handlers.intents.read import read_plain
from handlers.intents.remarks import is_remark
from handlers.phrases import answers, drafts
from handlers.thinking.introducing import introduced
from handlers.thinking.matters import proposed
from handlers.thinking.planned import planned_on
from handlers.thinking.replying import asked, with_candidates
from handlers.thinking.smelling import smelt
from handlers.thinking.thought import Action, Scene, Thought
from handlers.thinking.warning import enriched, refused_to_relay, warned_of
from knowledge.community.privacy import mask
from knowledge.community.tickets.ticket import URGENT, Lane
from knowledge.faq.answering import Verdict, decide, think_twice
from knowledge.faq.script import is_traditional, to_traditional

if TYPE_CHECKING:
    from collections.abc import Sequence

LIKELY = 0.7
"""Confidence from which what no list knows for a matter is rather one of several entries."""
SURE = 0.6
"""Confidence from which a question about a rule outweighs the outage that it speaks of."""
WORD_FOR_WORD = 0.95
"""Confidence that only the wordings of the entries themselves reach."""
OPEN_WORDS = frozenset({Word.PROGRESS, Word.TASKS})
"""Commands that are answered in a lively group without calling the bot."""


def consider(text: str, scene: Scene, images: int = 0) -> Thought:
    """Decide what `text`, said in `scene` with that many photos, asks of the bot.

    Raises OpinionWanted where a model is to be asked first.
    """
    command = read_command(text)
    if command is not None:
        thought = _commanded(command, scene)
    else:
        thought = _understood(text, scene, images)
    return _in_script(thought, text)


def insisted_on(parts: Sequence[str], said: str, scene: Scene) -> Thought | None:
    """The emergency that was doubted when its `parts` were told and is called one now; `said` is all of it.

    None where none of them tells of a danger.
    """
    readings = [read_plain(scene.hood.names.unnamed(plain(part))) for part in parts]
    dangers = [each for each in readings if each.lane is Lane.P0 and each.category is not None]
    named = (each for each in dangers if each.category and each.category.code != CRY)
    reading = next(named, dangers[0] if dangers else None)
    if reading is None:
        return None
    return _in_script(proposed(said, reading, replace(scene, addressed=True), 0), said)


def _in_script(thought: Thought, text: str) -> Thought:
    if thought.reply and is_traditional(text):
        return replace(thought, reply=to_traditional(thought.reply))
    return thought


def looked_up(thought: Thought, text: str, scene: Scene) -> Thought:
    """The same thought with the FAQ's candidates, also where deciding needed none."""
    if thought.verdict is not None:
        return thought
    return with_candidates(thought, decide(scene.faq, text, addressed=True, today=scene.now.date()))


def _understood(text: str, scene: Scene, images: int) -> Thought:
    said = plain(text)
    at_once = refused_to_relay(said, scene) or _without_matter(said, scene, images)
    return at_once or _weighed(text, said, scene, images)


def _without_matter(said: str, scene: Scene, images: int) -> Thought | None:
    """To somebody who names nothing, not even by a photo: nobody is told, or what is it?"""
    if scene.addressed and asks_for_secrecy(said):
        return Thought(Intent.CHATTER, Action.ANSWER, "不想让人知道是谁报的", answers.UNNAMED)
    if images or not scene.addressed:
        return None
    if is_mere_place(said, scene.hood):
        return Thought(Intent.CHATTER, Action.ANSWER, "只说了地方", drafts.PLACE_ALONE)
    if not is_bare_plea(said):
        return None
    what = drafts.MATTER_NOT_UNDERSTOOD
    return Thought(Intent.CHATTER, Action.ANSWER, "没说是什么事", what)


def _weighed(text: str, said: str, scene: Scene, images: int) -> Thought:
    """What comes of words that may be a matter, a swindle or a question, or several of them."""
    unnamed = scene.hood.names.unnamed(said)
    reading = _read(said, unnamed, scene)
    suspicion = smelt(said, unnamed, reading, scene)
    matter = reading.category and not (reading.guessed and asks_for_leaders(said))
    known = None if matter else _known(said, scene)
    if known is not None:
        return known
    scam = scene.scams.nearest(said)
    suspicion = enriched(said, suspicion, scam, scene)
    suspected = suspicion is not None and (
        suspicion.asked or scam is not None or reading.lane not in URGENT
    )
    # What is plainly a report needs no answer looked up.
    if reading.category is not None and not reading.asks and not suspected:
        return proposed(text, reading, scene, images)
    verdict = _ask_faq(text, said, reading, scene)
    if suspicion is not None and suspected:
        tricked = is_known_trick(said, verdict) and not suspicion.robbed
        warned = None if tricked else warned_of(said, suspicion, scam, verdict, scene)
        return with_candidates(warned or asked(said, reading, verdict, scene), verdict)
    if reading.category is not None and not _is_rather_asked(text, reading, scene):
        thought = proposed(text, reading, scene, images)
    else:
        verdict = _thought_twice(text, said, verdict, scene)
        thought = asked(said, reading, verdict, scene)
    return with_candidates(thought, verdict)


def _read(said: str, unnamed: str, scene: Scene) -> Reading:
    """The matter, unless it is only guessed and our own FAQ words it so."""
    reading = read_plain(unnamed)
    doubtful = reading.guessed or reading.loose
    if doubtful and reading.lane is not Lane.P0 and _is_our_wording(said, scene):
        return replace(reading, intent=Intent.QUESTION, category=None, lane=None)
    return reading


def _known(said: str, scene: Scene) -> Thought | None:
    """What no entry tells and we know all the same: what is planned, where the office is, who is who."""
    return planned_on(said, scene) or _office(said, scene) or introduced(said, scene)


def _office(said: str, scene: Scene) -> Thought | None:
    """Where and when the community is reached, as the settings have it, to whoever asks just that."""
    if not (scene.addressed or scene.mode == "积极") or not is_told(said, scene.office):
        return None
    reply = answers.office(scene.called, scene.office)
    return Thought(Intent.QUESTION, Action.ANSWER, "设置里写着社区在哪里、什么时候有人", reply)


def _is_our_wording(text: str, scene: Scene) -> bool:
    """Whether an editor asks the very same: that is a question, whatever it sounds like."""
    verdict = decide(scene.faq, text, addressed=True, today=scene.now.date())
    return verdict.action == "answer" and verdict.score >= WORD_FOR_WORD


def _ask_faq(text: str, said: str, reading: Reading, scene: Scene) -> Verdict | None:
    """Ask the FAQ: always when addressed, else only what has the form of a question to all."""
    eager = scene.mode == "积极" and (asks_something(said) or reading.asks)
    if not scene.addressed and (not eager or is_between_neighbours(text, said)):
        return None
    return decide(scene.faq, text, addressed=scene.addressed, today=scene.now.date())


def _thought_twice(text: str, said: str, verdict: Verdict | None, scene: Scene) -> Verdict | None:
    """The verdict after a model was heard: on what was asked of us and is in doubt, nothing else."""
    if scene.opinions is None or not scene.addressed or verdict is None or not verdict.hits:
        return verdict
    if verdict.action == "answer" or verdict.withheld:
        return verdict
    if is_greeting(said) or is_small_talk(said) or is_remark(said):
        return verdict
    today = scene.now.date()
    return think_twice(scene.faq, text, scene.opinions, shown=mask(text), today=today)


def _is_rather_asked(text: str, reading: Reading, scene: Scene) -> bool:
    """A complaint in the form of a question to which there is a sure answer is a question.

    The same in a group as in private; what is urgent only where it asks for a rule.
    """
    if not reading.asks or (reading.lane is Lane.P1 and not reading.rule):
        return False
    verdict = decide(scene.faq, text, addressed=True, today=scene.now.date())
    if reading.guessed and verdict.action == "choose":
        return verdict.score >= LIKELY
    return verdict.action == "answer" and verdict.score >= (SURE if reading.lane is Lane.P1 else 0)


def _commanded(command: Command, scene: Scene) -> Thought:
    why = f"命令“{command.word.value}”"
    numbered = command.no is not None or command.word in OPEN_WORDS
    if not (scene.addressed or (scene.mode == "积极" and numbered)):
        return Thought(Intent.COMMAND, Action.SILENT, why, command=command)
    reply = answers.BARE_COMMAND.format(word=command.word.value)
    return Thought(Intent.COMMAND, Action.ANSWER, why, reply, command=command)
