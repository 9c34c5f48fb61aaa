"""What is said of a likely swindle: its kind, its suspicious points, what to do now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.fraud import Suspicion, trick_of
from handlers.intents.intent import Intent
from handlers.phrases import safety
from handlers.thinking.thought import Action, Scene, Thought
from knowledge.community.words.scamkinds import has_shared_screen, is_too_late, kind_of
from knowledge.community.words.wording import sign
from knowledge.files.demands import demanded

if TYPE_CHECKING:
    from knowledge.community.words.scams import Match
    from knowledge.faq.answering import Verdict


def enriched(
    said: str, suspicion: Suspicion | None, known: Match | None, scene: Scene
) -> Suspicion | None:
    """The suspicion with what the lists of signs do not hold: known texts, what is done already."""
    if scene.addressed and is_too_late(said, suspected=suspicion is not None):
        suspicion = replace(suspicion or Suspicion((), 0.0, asked=True), asked=True, robbed=True)
    if known is not None and (scene.addressed or known.near_exact):
        seen = suspicion or Suspicion((), 0.0, asked=False)
        points = (*known.scam.points, *seen.points) if known.near_exact else seen.points
        return replace(seen, points=tuple(dict.fromkeys(points or known.scam.points)))
    return suspicion


def refused_to_relay(said: str, scene: Scene) -> Thought | None:
    """Refuse to ask anybody for codes, cards or money in somebody's name, whoever wants it."""
    if not scene.addressed or sign("转告").search(said) is None:
        return None
    what = demanded(said)
    if not what:
        return None
    return Thought(Intent.FRAUD, Action.REFUSE, f"要我替人要{what}", safety.not_relayed(what))


def warned_of(
    said: str,
    suspicion: Suspicion,
    known: Match | None,
    verdict: Verdict | None,
    scene: Scene,
) -> Thought:
    """Warn, naming the kind, and the entry about this trick where there is a sure one.

    Nobody has called us: in a lively group a known text again is spoken of, a loss, and what somebody asks of that
    shows itself; of 这是不是诈骗 alone nothing is sure.
    """
    why = "像诈骗：" + "、".join(suspicion.points) if suspicion.points else "有人问是不是骗子"
    if known is not None:
        why = f"见过的骗局“{known.scam.title}”（{known.share:.0%}）"
    sure = suspicion.robbed or suspicion.evident or (known is not None and known.near_exact)
    if not (scene.addressed or (scene.mode == "积极" and sure)):
        return Thought(Intent.FRAUD, Action.SILENT, why)
    kind = known.scam.kind if known is not None else kind_of(said)
    if suspicion.robbed:
        reply = safety.robbed(scene.called, shared=has_shared_screen(said))
    else:
        reply = safety.suspicious(scene.called, suspicion.points, kind)
    trick = trick_of(verdict, addressed=scene.addressed)
    return Thought(
        Intent.FRAUD,
        Action.ANSWER if trick else Action.WARN,
        why,
        reply,
        faq_id=trick,
        help_offered="回复 1" in reply,
        grave=suspicion.robbed or bool(suspicion.points),
        robbed=suspicion.robbed,
    )
