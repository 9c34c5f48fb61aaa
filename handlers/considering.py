"""What the bot makes of one message: pure, the same for the chat, `ask` and `eval`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from handlers.fraud import Suspicion, suspect
from handlers.intents.commands import Word, read_command
from handlers.intents.placing import is_coarse, spot_of
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something, is_greeting, is_small_talk
from handlers.intents.read import read_plain
from handlers.intents.reading import Intent, Reading
from handlers.phrases import answers, safety, tickets
from knowledge.community.people import Role
from knowledge.community.ticket import URGENT, Lane
from knowledge.faq.answering import Verdict, decide
from knowledge.faq.script import is_traditional, to_traditional

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.intents.commands import Command
    from knowledge.community.ladder import Rung
    from knowledge.community.neighbourhood import Neighbourhood
    from knowledge.community.people import Person
    from knowledge.community.places import ChatMode, GroupChat
    from knowledge.community.ticket import Kind
    from knowledge.faq.index import Hit
    from knowledge.faq.shelf import View

Missing = Literal["place", "matter"]
OPEN_WORDS = frozenset({Word.PROGRESS, Word.TASKS})
"""Commands that are answered in a lively group without calling the bot."""


class Action(StrEnum):
    """What the bot does about a message; the words are part of every interface."""

    ANSWER = "answer"
    CHOOSE = "choose"
    ASK = "ask"
    CONFIRM = "confirm"
    LOG = "log"
    WARN = "warn"
    HANDOVER = "handover"
    REFUSE = "refuse"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a message was said and by whom; `sender` is None for an unregistered resident.

    `mode` counts only where nobody addressed the bot; `away` are people on leave.
    """

    hood: Neighbourhood
    faq: View
    now: datetime
    addressed: bool = True
    chat: GroupChat | None = None
    sender: Person | None = None
    mode: ChatMode = "积极"
    away: frozenset[str] = frozenset()

    @property
    def called(self) -> str:
        """How the sender is addressed, "" when nobody knows."""
        return self.sender.called if self.sender else ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The request that a message would become; `owner` is who is asked first, `route` the ladder.

    `matter` is at most 20 characters and holds no place; `missing` is what to ask for, in P0 and
    P1 after logging.
    """

    kind: Kind
    category: str
    lane: Lane
    place: str | None
    missing: tuple[Missing, ...]
    owner: str | None
    route: tuple[Rung, ...]
    matter: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Thought:
    """The decision on one message, with the words the chat would say and why.

    `help_offered`: the reply promises that a 1 brings the 邻长.
    """

    intent: Intent
    action: Action
    why: str
    reply: str | None = None
    faq_id: str | None = None
    score: float = 0.0
    threshold: float = 0.0
    candidates: tuple[Hit, ...] = ()
    ticket: Proposal | None = None
    verdict: Verdict | None = None
    command: Command | None = None
    help_offered: bool = False

    def as_json(self) -> dict[str, Any]:
        """The document of `ask --json` (CONTRACT §5)."""
        return {
            "intent": self.intent.value,
            "action": self.action.value,
            "faq_id": self.faq_id,
            "score": round(self.score, 4),
            "threshold": round(self.threshold, 4),
            "candidates": [
                {"faq_id": hit.faq_id, "score": round(hit.score, 4), "question": hit.question}
                for hit in self.candidates
            ],
            "reply": self.reply,
            "ticket": _ticket_json(self.ticket) if self.ticket else None,
            "why": self.why,
        }


def _ticket_json(ticket: Proposal) -> dict[str, Any]:
    """An urgent ticket stands already: a finer place is asked for, but nothing is missing."""
    stands = ticket.lane in URGENT and ticket.place is not None
    return {
        "kind": ticket.kind.value,
        "category": ticket.category,
        "lane": ticket.lane.value,
        "place": ticket.place,
        "missing": [what for what in ticket.missing if not (stands and what == "place")],
        "owner": ticket.owner,
        "route": [
            {"role": rung.role.value, "person": rung.person, "place": rung.place}
            for rung in ticket.route
        ],
    }


def consider(text: str, scene: Scene, images: int = 0) -> Thought:
    """Decide what `text`, said in `scene` with that many photos, asks of the bot."""
    command = read_command(text)
    if command is not None:
        thought = _commanded(command, scene)
    else:
        thought = _understood(text, scene, images)
    if thought.reply and is_traditional(text):
        return replace(thought, reply=to_traditional(thought.reply))
    return thought


def _understood(text: str, scene: Scene, images: int) -> Thought:
    said = plain(text)
    reading = read_plain(said)
    suspicion = suspect(said)
    if suspicion is not None and (suspicion.asked or reading.lane not in URGENT):
        return _warned(text, suspicion, scene)
    if reading.intent is Intent.EMERGENCY:
        return _requested(text, reading, scene, images)
    # What is plainly a report needs no answer looked up.
    plainly = reading.category is not None and not reading.asks
    verdict = None if plainly else _ask_faq(text, said, reading, scene)
    if reading.category is not None and not _is_rather_asked(reading, verdict):
        thought = _requested(text, reading, scene, images)
    else:
        thought = _asked(said, reading, verdict, scene)
    return _with_candidates(thought, verdict)


def _ask_faq(text: str, said: str, reading: Reading, scene: Scene) -> Verdict | None:
    """Ask the FAQ: always when addressed, else only what has the form of a question."""
    eager = scene.mode == "积极" and (asks_something(said) or reading.asks)
    if not (scene.addressed or eager):
        return None
    return decide(scene.faq, text, addressed=scene.addressed, today=scene.now.date())


def _is_rather_asked(reading: Reading, verdict: Verdict | None) -> bool:
    """A complaint in the form of a question to which there is a sure answer is a question."""
    sure = verdict is not None and verdict.action == "answer"
    return sure and reading.asks and reading.lane is not Lane.P1


def _commanded(command: Command, scene: Scene) -> Thought:
    why = f"命令“{command.word.value}”"
    numbered = command.no is not None or command.word in OPEN_WORDS
    if not (scene.addressed or (scene.mode == "积极" and numbered)):
        return Thought(Intent.COMMAND, Action.SILENT, why, command=command)
    reply = answers.BARE_COMMAND.format(word=command.word.value)
    return Thought(Intent.COMMAND, Action.ANSWER, why, reply, command=command)


def _requested(text: str, reading: Reading, scene: Scene, images: int) -> Thought:
    proposal = propose(text, reading, scene)
    if not _may_speak(scene, proposal.lane):
        return Thought(reading.intent, Action.SILENT, f"{reading.why}；这个群里不主动登记")
    if proposal.lane in URGENT:
        reply = _advice(scene, proposal)
        return Thought(reading.intent, Action.LOG, reading.why, reply, ticket=proposal)
    if proposal.missing:
        reply = _question(scene, proposal, images)
        return Thought(reading.intent, Action.ASK, reading.why, reply, ticket=proposal)
    label = scene.hood.label(proposal.place)
    reply = tickets.confirm_draft(proposal.kind, proposal.matter, label, images)
    return Thought(reading.intent, Action.CONFIRM, reading.why, reply, ticket=proposal)


def propose(text: str, reading: Reading, scene: Scene) -> Proposal:
    """The request that a reading of `text` becomes in this scene; the reading has a category."""
    category, kind, lane = reading.category, reading.kind, reading.lane
    if category is None or kind is None or lane is None:
        raise ValueError(reading)
    scope = scene.chat.scope or None if scene.chat else None
    spot = spot_of(text, scene.hood, scope, scene.sender)
    narrow = lane is Lane.P0 or category.needs_building
    lost = spot.doubtful or spot.place is None or (narrow and is_coarse(spot.place, scene.hood))
    missing: list[Missing] = ["place"] if lost else []
    if not reading.matter:
        missing.append("matter")
    owner = scene.hood.responsible(spot.place, scene.away)
    return Proposal(
        kind=kind,
        category=category.code,
        lane=lane,
        place=spot.place,
        missing=tuple(missing),
        owner=owner.person if owner else None,
        route=tuple(rung for rung in scene.hood.chain(spot.place, scene.away) if rung.person),
        matter=reading.matter,
        private=category.private,
    )


def _may_speak(scene: Scene, lane: Lane) -> bool:
    """Whether the group's mode lets an unaddressed matter of this lane be taken up."""
    if scene.addressed or lane is Lane.P0:
        return True
    return scene.mode == "积极" or (scene.mode == "仅@" and lane is Lane.P1)


def _advice(scene: Scene, proposal: Proposal) -> str:
    where = "place" in proposal.missing
    if proposal.lane is Lane.P0:
        return safety.danger(scene.called, proposal.category, ask_place=where)
    return safety.urgent(scene.called, proposal.category, proposal.matter, ask_place=where)


def _question(scene: Scene, proposal: Proposal, images: int) -> str:
    if "matter" in proposal.missing:
        return tickets.ask_matter(scene.called, scene.hood.label(proposal.place), images)
    return tickets.ask_place(scene.called, proposal.matter, images)


def _warned(text: str, suspicion: Suspicion, scene: Scene) -> Thought:
    why = "像诈骗：" + "、".join(suspicion.points) if suspicion.points else "有人问是不是骗子"
    if not (scene.addressed or scene.mode == "积极"):
        return Thought(Intent.FRAUD, Action.SILENT, why)
    if suspicion.robbed:
        reply = safety.robbed(scene.called)
    else:
        reply = safety.suspicious(scene.called, suspicion.points)
    verdict = decide(scene.faq, text, addressed=True, today=scene.now.date())
    warned = Thought(Intent.FRAUD, Action.WARN, why, reply, help_offered="回复 1" in reply)
    return _with_candidates(warned, verdict)


def _asked(said: str, reading: Reading, verdict: Verdict | None, scene: Scene) -> Thought:
    if verdict is None:
        return Thought(reading.intent, Action.SILENT, f"{reading.why}；没人叫我")
    if verdict.action == "answer" and verdict.entry is not None:
        reply = answers.answered(scene.called, verdict.entry)
        return Thought(
            Intent.QUESTION,
            Action.ANSWER,
            verdict.why,
            reply,
            faq_id=verdict.entry.id,
            help_offered="回复 1" in reply,
        )
    if not scene.addressed:
        return Thought(reading.intent, Action.SILENT, verdict.why)
    if is_greeting(said):
        return Thought(Intent.CHATTER, Action.ANSWER, "打招呼", answers.GREETING)
    if is_small_talk(said):
        return Thought(Intent.CHATTER, Action.SILENT, "客套话")
    if verdict.action == "choose":
        reply = answers.choices(scene.called, [hit.question for hit in verdict.options])
        return Thought(Intent.QUESTION, Action.CHOOSE, verdict.why, reply)
    return _handed_over(verdict, scene)


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


def _with_candidates(thought: Thought, verdict: Verdict | None) -> Thought:
    if verdict is None:
        return thought
    return replace(
        thought,
        score=verdict.score,
        threshold=verdict.threshold,
        candidates=verdict.hits,
        verdict=verdict,
    )
