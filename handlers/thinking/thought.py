"""What a message is considered in and what comes of it: scene, proposal, thought."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.notices.timetable import NO_TIMETABLE, Timetable
from knowledge.community.tickets.ticket import URGENT
from knowledge.community.words.scams import NO_SCAMS, KnownScams

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.intents.commands import Command
    from handlers.intents.intent import Intent
    from knowledge.community.hood.ladder import Rung
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import ChatMode, GroupChat
    from knowledge.community.roster.people import Person
    from knowledge.community.tickets.ticket import Kind, Lane
    from knowledge.faq.answering import Verdict
    from knowledge.faq.index import Hit
    from knowledge.faq.opinion import Opinions
    from knowledge.faq.shelf import View

Missing = Literal["place", "matter"]


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

    `mode` counts only where nobody addressed the bot; `away` are people on leave. `opinions` is
    what a language model has said of doubtful questions; None = none is asked. `office` is where and
    when the community is reached, "" unknown.
    """

    hood: Neighbourhood
    faq: View
    now: datetime
    addressed: bool = True
    chat: GroupChat | None = None
    sender: Person | None = None
    mode: ChatMode = "积极"
    away: frozenset[str] = frozenset()
    scams: KnownScams = NO_SCAMS
    timetable: Timetable = NO_TIMETABLE
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    opinions: Opinions | None = None
    office: str = ""

    @property
    def talk(self) -> str | None:
        """What the chat is about: a group's place, else the sender's home."""
        home = self.hood.home(self.sender) if self.sender else None
        return self.chat.scope if self.chat else home

    @property
    def called(self) -> str:
        """How the sender is addressed, "" when nobody knows."""
        return self.sender.called if self.sender else ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The request that a message would become; `owner` is who is asked first, `route` the ladder.

    `matter` is at most 20 characters and holds no place; `missing` is what to ask for, in P0 and
    P1 after logging; `among` are the places of the told number, one in each of several estates.
    `presumed`: nothing was said of a place, `place` is where the reporter lives.
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
    among: tuple[str, ...] = ()
    presumed: bool = False


@dataclass(frozen=True, slots=True)
class Thought:
    """The decision on one message, with the words the chat would say and why.

    `help_offered`: the reply promises that a 1 brings the 邻长; `grave`: a likely swindle, from
    which somebody may have to be held back; `robbed`: it is too late for that; `doubted`: the reply
    tells how to call for help if the words, which may be talk, are true.
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
    grave: bool = False
    robbed: bool = False
    doubted: bool = False

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
