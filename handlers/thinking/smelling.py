"""What plain words smell of a swindle: the lists' signs, or the mere sound of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.fraud import Suspicion, points_of, suspect
from handlers.intents.swindling import is_rather_swindle, leans_to_swindle
from knowledge.faq.answering import decide

if TYPE_CHECKING:
    from handlers.intents.intent import Reading
    from handlers.thinking.thought import Scene


def smelt(said: str, unnamed: str, reading: Reading, scene: Scene) -> Suspicion | None:
    """The swindle that the lists know, or what only sounds like one to who called us."""
    suspicion = _listed(said, reading, called=scene.addressed)
    if reading.category is None and suspicion is None:
        return _guessed(unnamed, scene)
    if scene.addressed and is_rather_swindle(said):
        return replace(suspicion or Suspicion(points_of(said), 0.0, asked=True), asked=True)
    return suspicion


def _listed(said: str, reading: Reading, *, called: bool) -> Suspicion | None:
    """What the lists suspect; 能不能加个坡道 has the form of a doubt, and is plainly a matter."""
    suspicion = suspect(said, called=called)
    doubtful = reading.category is None or reading.loose or (reading.guessed and reading.asks)
    if suspicion is None or doubtful or suspicion.points or suspicion.robbed:
        return suspicion
    return None


def _guessed(said: str, scene: Scene) -> Suspicion | None:
    """A swindle that no list knows, told by who called us, unless there is a sure answer."""
    if scene.addressed and leans_to_swindle(said) and not _is_answered(said, scene):
        return Suspicion(points_of(said), 0.0, asked=True)
    return None


def _is_answered(text: str, scene: Scene) -> bool:
    return decide(scene.faq, text, addressed=True, today=scene.now.date()).action == "answer"
