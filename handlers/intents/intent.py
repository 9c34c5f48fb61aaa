"""The result of reading one message: what it wants, and how sure its words are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.intents.commands import Command
    from knowledge.community.tickets.categories import Category
    from knowledge.community.tickets.ticket import Kind, Lane


class Intent(StrEnum):
    """What a message is; the words are part of every interface (CONTRACT §4)."""

    EMERGENCY = "emergency"
    REPORT = "report"
    SERVICE = "service"
    FRAUD = "fraud"
    QUESTION = "question"
    COMMAND = "command"
    CHATTER = "chatter"


ELSEWHERE = frozenset({Intent.EMERGENCY, Intent.QUESTION, Intent.FRAUD, Intent.COMMAND})
"""What somebody says instead of answering us: it is served, our question stays open."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message wants; `category`, `kind` and `lane` stand with the first three intents.

    `matter` is the short noun phrase for the ticket's title, "" where the words name none;
    `asks` tells that a report has the form of a question too, `rule` that it asks for a rule,
    `loose` that the whole sounds like talk: nothing to take up where nobody called us, `guessed`
    that no list knows the words.
    """

    intent: Intent
    why: str
    category: Category | None = None
    kind: Kind | None = None
    lane: Lane | None = None
    matter: str = ""
    command: Command | None = None
    asks: bool = False
    rule: bool = False
    loose: bool = False
    guessed: bool = False
