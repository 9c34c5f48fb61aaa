"""What is answered where nothing is to be filed: an entry, a choice, a greeting, a human."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.intents.intent import Intent
from handlers.intents.office import asks_for_office
from handlers.intents.questions import (
    is_for_a_human,
    is_greeting,
    is_small_talk,
    is_to_be_told,
)
from handlers.intents.remarks import is_remark
from handlers.phrases import answers
from handlers.thinking.thought import Action, Thought
from knowledge.community.roster.people import Role
from knowledge.faq.likeness import OFF_MATTER

if TYPE_CHECKING:
    from handlers.intents.intent import Reading
    from handlers.thinking.thought import Scene
    from knowledge.faq.answering import Verdict
    from knowledge.faq.entry import Entry

FAR, FAR_OFF = 0.3, 0.5
"""Confidence below which no offered question was ever the one meant: a human is asked instead; OFF: where the
likeliest speaks of another matter (社区几点上班 is like 几点可以丢垃圾)."""


def asked(said: str, reading: Reading, verdict: Verdict | None, scene: Scene) -> Thought:
    """What comes of plain words that ask for nothing to be done: the verdict's reply, or silence."""
    if verdict is None:
        return Thought(reading.intent, Action.SILENT, f"{reading.why}；没人叫我")
    if verdict.action == "answer" and verdict.entry is not None and not is_to_be_told(said):
        return _answered(verdict, verdict.entry, scene)
    if not scene.addressed:
        return Thought(reading.intent, Action.SILENT, verdict.why)
    return _small_talk(said) or _unsure(said, verdict, scene)


def _answered(verdict: Verdict, entry: Entry, scene: Scene) -> Thought:
    reply = answers.answered(scene.called, entry, scene.now.date())
    return Thought(
        Intent.QUESTION,
        Action.ANSWER,
        verdict.why,
        reply,
        faq_id=entry.id,
        help_offered="回复 1" in reply,
    )


def _small_talk(said: str) -> Thought | None:
    if is_greeting(said):
        return Thought(Intent.CHATTER, Action.ANSWER, "打招呼", answers.GREETING)
    if is_small_talk(said):
        return Thought(Intent.CHATTER, Action.SILENT, "客套话")
    if is_remark(said):
        return Thought(Intent.CHATTER, Action.ANSWER, "随口一句", answers.REMARK)
    return None


def _unsure(said: str, verdict: Verdict, scene: Scene) -> Thought:
    close = verdict.action == "choose" and verdict.score >= _bar_of_choices(verdict)
    if close and not (asks_for_office(said) or is_for_a_human(said)):
        reply = answers.choices(scene.called, [hit.question for hit in verdict.options])
        return Thought(Intent.QUESTION, Action.CHOOSE, verdict.why, reply)
    return _handed_over(verdict, scene)


def _bar_of_choices(verdict: Verdict) -> float:
    return FAR_OFF if verdict.hits[0].conflict == OFF_MATTER else FAR


def _handed_over(verdict: Verdict, scene: Scene) -> Thought:
    person = scene.hood.person(_answerer(scene))
    called = person.called if person else ""
    if verdict.withheld:
        reply = answers.withheld(scene.called, called)
    else:
        reply = answers.handed_over(scene.called, called)
    return Thought(Intent.QUESTION, Action.HANDOVER, verdict.why, reply)


def _answerer(scene: Scene) -> str | None:
    """The 社区 person of the group's or the sender's place, else whoever is responsible."""
    scope = scene.chat.scope or None if scene.chat else None
    place = scope or (scene.hood.home(scene.sender) if scene.sender else None)
    rungs = scene.hood.chain(place, scene.away)
    named = next((rung.person for rung in rungs if rung.role is Role.COMMUNITY), None)
    somebody = scene.hood.responsible(place, scene.away)
    return named or (somebody.person if somebody else None)


def with_candidates(thought: Thought, verdict: Verdict | None) -> Thought:
    """The same thought with what the FAQ found, None = it was not asked."""
    if verdict is None:
        return thought
    return replace(
        thought,
        score=verdict.score,
        threshold=verdict.threshold,
        candidates=verdict.hits,
        verdict=verdict,
    )
