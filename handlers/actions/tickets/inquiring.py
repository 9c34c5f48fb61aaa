"""A question to the reporter, the answer to it, and what else the reporter has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.assigning import next_rung, rung_words
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import (
    answer,
    tell_handler,
    tell_reporter,
)
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.waiting import stop_waiting, wait_for
from handlers.actions.tickets.wording import sheet
from handlers.phrases import tasks
from handlers.phrases import tickets as phrases
from knowledge.community.hood.access import Act
from knowledge.community.refusals import Unclear
from knowledge.community.tickets.course import Clock
from knowledge.community.tickets.promise import Limit, span
from knowledge.community.tickets.ticket import (
    ADDED,
    CLOCK,
    OUTCOMES,
    PAUSED,
    URGENT,
    Kind,
    State,
    Step,
)
from knowledge.files.expression import Expression
from knowledge.store.histories import history

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

BLAMES = Expression(
    r"态度|骂(?:我|人)|凶我|吼我|不耐烦|威胁|红包|乱收[钱费]|推我|打我|对我动手"
    r"|(?:收|拿|要)了?我.{0,6}[钱块]|(?:找|问|向|跟)我.{0,2}(?:收|拿|要).{0,8}[钱块]"
)
"""Words that find fault with whoever handles it: he does not hear them, whoever is above him does."""


def inquire(work: Work, ticket: TicketRow, who: str, text: str) -> None:
    """Ask the reporter something: the clock stands until the answer, seven days at most."""
    demand(work, ticket, who, Act.TICKET_PROGRESS)
    if not text.strip():
        raise Unclear(tasks.QUESTION_NEEDED)
    record(work, ticket, Step.MOVED, who, to=State.WAITING_REPORTER, text=text)
    told = sheet(work, ticket)
    tell_reporter(work, ticket, phrases.asked(told, text))
    wait_for(work, ticket, "answer", lasts=span(Limit.PAUSE))
    answer(work, ticket, who, tasks.waiting(told))


def supplement(
    work: Work, ticket: TicketRow, who: str, text: str, images: tuple[str, ...] = ()
) -> None:
    """The reporter's answer, or anything more to say or show: passed on, and the clock goes on."""
    demand(work, ticket, who, Act.TICKET_URGE)
    stop_waiting(work, ticket)
    blamed = _blames_handler(ticket, text)
    if ticket.state in PAUSED:
        record(work, ticket, Step.MOVED, who, to=_before_pause(work, ticket), text=text)
        words = tasks.answered(sheet(work, ticket), text)
    else:
        facts = {"blames": True} if blamed else {}
        record(work, ticket, Step.NOTED, who, reason=ADDED, text=text, facts=facts)
        words = tasks.remarked(sheet(work, ticket), text)
    watcher = next_rung(work, ticket) if blamed or ticket.state in OUTCOMES else None
    if watcher is None or not blamed:
        tell_handler(work, ticket, ticket.owner_id, words, images=images)
    if watcher is not None:  # whoever is found fault with is not the only one to hear of it
        tell_handler(work, ticket, watcher.person, words)
    told = sheet(work, ticket)
    heard = [rung_words(work, watcher)] if watcher is not None else []
    if told.owner and not (blamed and watcher is not None):
        heard.insert(0, told.owner)
    answer(work, ticket, who, phrases.passed_on_to(told, "和".join(heard) or "社区"))


def _blames_handler(ticket: TicketRow, text: str) -> bool:
    """Whether the reporter finds fault with who handles it, unasked.

    While a danger or a quarrel lasts the same words tell of somebody else, and who is on it must
    hear them.
    """
    lasts = ticket.lane in URGENT or ticket.kind in (Kind.COMPLAINT, Kind.HELP)
    calm = ticket.state in OUTCOMES or not lasts
    return calm and ticket.state not in PAUSED and BLAMES.search(text) is not None


def ask_again(work: Work, ticket: TicketRow, actor: str) -> None:
    """Remind the reporter once of an open question."""
    record(work, ticket, Step.REMINDED, actor, facts={"clock": Clock.PAUSE.value})
    tell_reporter(work, ticket, phrases.asked_again(sheet(work, ticket)))


def resume(work: Work, ticket: TicketRow, actor: str = CLOCK) -> None:
    """Seven days without an answer: the clock goes on."""
    require(work, ticket, PAUSED)
    record(work, ticket, Step.MOVED, actor, to=_before_pause(work, ticket), reason="等满 7 天")
    tell_handler(work, ticket, ticket.owner_id, tasks.pause_over(sheet(work, ticket)))


def _before_pause(work: Work, ticket: TicketRow) -> State:
    """The state in which the question was asked."""
    moves = [deed for deed in history(work.session, ticket) if deed.target in PAUSED]
    asked = next((deed for deed in reversed(moves) if deed.moves), None)
    return asked.origin if asked and asked.origin else State.ACCEPTED
