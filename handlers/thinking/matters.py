"""What we do about a matter that was understood: log it, ask for more of it, or doubt it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets import estates
from handlers.gate import SPOKEN_OF
from handlers.intents.emergencies import is_playful, is_unreal_or_over
from handlers.intents.plain import plain
from handlers.phrases import drafts, safety
from handlers.thinking.proposing import propose
from handlers.thinking.thought import Action, Thought
from knowledge.community.locating.housewords import house_words
from knowledge.community.tickets.ticket import URGENT, Lane

if TYPE_CHECKING:
    from handlers.intents.intent import Reading
    from handlers.thinking.thought import Proposal, Scene


def proposed(text: str, reading: Reading, scene: Scene, images: int) -> Thought:
    """Log what is urgent, ask what is missing or whether it is right; unasked, only where we may speak."""
    proposal = propose(text, reading, scene)
    if not _may_speak(scene, proposal.lane):
        return Thought(reading.intent, Action.SILENT, f"{reading.why}；这个群里不主动登记")
    if reading.loose and not scene.addressed:
        return _doubted(plain(text), reading, scene)
    if proposal.lane in URGENT:
        reply = _advice(scene, proposal)
        return Thought(reading.intent, Action.LOG, reading.why, reply, ticket=proposal)
    if proposal.missing:
        reply = _question(scene, proposal, images)
        return Thought(reading.intent, Action.ASK, reading.why, reply, ticket=proposal)
    label = scene.hood.label_in(scene.talk, proposal.place)
    others = scene.chat is not None and not proposal.private
    kind = drafts.kind_word(proposal.kind, before_others=others)
    reply = drafts.confirm_draft(kind, proposal.matter, label, images)
    return Thought(reading.intent, Action.CONFIRM, reading.why, reply, ticket=proposal)


def _doubted(said: str, reading: Reading, scene: Scene) -> Thought:
    """Neighbours' talk, as it sounds, goes unheard; what may be danger is told how to call for help."""
    why = f"{reading.why}；听起来是闲聊"
    talk = is_unreal_or_over(said) or is_playful(said)
    if talk or reading.category is None or reading.lane is not Lane.P0 or scene.mode == "静音":
        return Thought(reading.intent, Action.SILENT, why)
    reply = safety.doubted(scene.called, reading.category.code)
    return Thought(reading.intent, Action.ANSWER, why, reply, doubted=True)


def _may_speak(scene: Scene, lane: Lane) -> bool:
    """Whether the group's mode lets an unaddressed matter of this lane be taken up."""
    return scene.addressed or lane in SPOKEN_OF[scene.mode]


def _advice(scene: Scene, proposal: Proposal) -> str:
    where = _where(scene, proposal) if "place" in proposal.missing else ""
    if proposal.lane is Lane.P0:
        return safety.danger(scene.called, proposal.category, where)
    return safety.urgent(scene.called, proposal.category, proposal.matter, where)


def _where(scene: Scene, proposal: Proposal) -> str:
    """The one question for the place: what is told of it already is not asked for."""
    if proposal.presumed:
        which = house_words(scene.hood, _asked_in(scene, None)).which
        return safety.presumed(scene.hood.label(proposal.place), which)
    among = proposal.among
    which = house_words(scene.hood, _asked_in(scene, proposal.place)).which
    return estates.which(among, scene.hood) if among else safety.where(which)


def _asked_in(scene: Scene, place: str | None) -> str | None:
    """The place whose words for houses are used: what is known of it, else where the talk is."""
    return place or scene.talk


def _question(scene: Scene, proposal: Proposal, images: int) -> str:
    if "matter" in proposal.missing:
        return drafts.ask_matter(scene.called, scene.hood.label(proposal.place), images)
    words = house_words(scene.hood, _asked_in(scene, proposal.place))
    among = proposal.among
    which = estates.which(among, scene.hood) if among else drafts.house(words)
    return drafts.ask_place(scene.called, proposal.matter, images, which)
