"""The work itself: progress, arrival, a date, done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply
from handlers.actions.menus import Choice, close_menus
from handlers.actions.overtaken import take_back, take_back_about, urging
from handlers.actions.telling import tell_chat
from handlers.actions.tickets.claiming import take
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import (
    about,
    answer,
    reporting_chat,
    tell_everybody,
    tell_followers,
    tell_handler,
    tell_reporter,
)
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.tasking import answer_handler
from handlers.actions.tickets.waiting import stop_waiting
from handlers.actions.tickets.whistling import (
    absent,
    attend,
    finish_part,
    require_everybody,
    whistler_of,
)
from handlers.actions.tickets.wording import person_name, sheet, shown
from handlers.phrases import endings, tasks
from handlers.phrases import tickets as phrases
from handlers.phrases.timeline import ARRIVED
from knowledge.community.hood.access import Act
from knowledge.community.refusals import Unclear
from knowledge.community.tickets.promise import Limit, span
from knowledge.community.tickets.ticket import (
    UNFINISHED,
    URGENT,
    WAITING_FOR_CLAIM,
    Lane,
    State,
    Step,
)
from knowledge.store.lists import tasks_of

if TYPE_CHECKING:
    from datetime import date

    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

MANY = 2
"""From so many households on a step forward is told to the whole chat, to nobody by name."""
THERE = re.compile(
    r"^\W*(我们?)?(师傅)?(刚|已经?)*(到了?|到[场达]了?|到现场了?|到门口了?|到楼下了?|在现场了?)(\W+(?P<more>\w.{0,79})|\W*)$",
    re.DOTALL,
)
"""What somebody says who is there, and what else: 到了，在看."""
ON_THE_WAY = WAITING_FOR_CLAIM | {State.ACCEPTED, State.SCHEDULED}
"""States that end with being there; several parties report in, each for itself."""


def note(work: Work, ticket: TicketRow, who: str, text: str, images: tuple[str, ...] = ()) -> None:
    """A step forward in words (and photos): the reporter hears it; `到了` means being there.

    Raises Unclear without words.
    """
    demand(work, ticket, who, Act.TICKET_PROGRESS)
    require(work, ticket, UNFINISHED)
    if not text.strip():
        raise Unclear(tasks.note_needed(ticket.no))
    there = THERE.match(text)
    if there is not None and _is_all(work, ticket, who, more=bool(there["more"] or images)):
        return
    _began(work, ticket, who)
    record(work, ticket, Step.NOTED, who, text=text, facts={"images": list(images)})
    _pass_on(work, ticket, who, text, images)
    answer_handler(work, ticket, who, tasks.noted(sheet(work, ticket)))


def _is_all(work: Work, ticket: TicketRow, who: str, *, more: bool) -> bool:
    """Note that somebody is there; False where there are more words to pass on."""
    whistled = ticket.state == State.WHISTLED
    if whistled and who in absent(work, ticket):
        attend(work, ticket, who)
        return not more
    if not (more or whistled):
        arrive(work, ticket, who)
        return True
    if ticket.state in ON_THE_WAY:
        _come(work, ticket, who)
    return False


def add_words(
    work: Work, ticket: TicketRow, who: str, text: str, images: tuple[str, ...] = ()
) -> None:
    """What was done, told after 办结: passed on; the ticket stays as it is."""
    demand(work, ticket, who, Act.TICKET_PROGRESS)
    record(work, ticket, Step.NOTED, who, text=text, facts={"images": list(images)})
    _pass_on(work, ticket, who, text, images)
    answer(work, ticket, who, tasks.noted(sheet(work, ticket)))


def _pass_on(work: Work, ticket: TicketRow, who: str, text: str, images: tuple[str, ...]) -> None:
    told = sheet(work, ticket)
    if ticket.reports >= MANY:
        _tell_many(work, ticket, phrases.noted_for_many(told, ticket.reports, text))
    elif text:
        tell_reporter(
            work, ticket, phrases.noted(told, text, person_name(work, who)), images=images
        )
    else:
        tell_reporter(work, ticket, phrases.pictured(told, shown(images)), images=images)


def arrive(work: Work, ticket: TicketRow, who: str) -> None:
    """Somebody is there: the visit promise is met."""
    demand(work, ticket, who, Act.TICKET_PROGRESS)
    require(work, ticket, UNFINISHED - {State.IN_PROGRESS})
    _come(work, ticket, who)
    told = sheet(work, ticket)
    tell_everybody(work, ticket, phrases.arrived(told))
    answer_handler(work, ticket, who, tasks.noted(told))


def _come(work: Work, ticket: TicketRow, who: str) -> None:
    """Note that somebody is there, and has it."""
    take_back(work, ticket.id)
    if ticket.state in WAITING_FOR_CLAIM:
        take(work, ticket, who)
    record(work, ticket, Step.MOVED, who, to=State.IN_PROGRESS, reason=ARRIVED)


def schedule(work: Work, ticket: TicketRow, who: str, text: str, day: date | None = None) -> None:
    """Fix a date, in words, and as a day where they name one; raises Unclear without words."""
    demand(work, ticket, who, Act.TICKET_PROGRESS)
    if not text.strip():
        raise Unclear(tasks.note_needed(ticket.no))
    if ticket.state in WAITING_FOR_CLAIM:
        take(work, ticket, who)
    facts = {"expected": day.isoformat()} if day else {}
    record(work, ticket, Step.MOVED, who, to=State.SCHEDULED, text=text, facts=facts)
    told = sheet(work, ticket)
    tell_reporter(work, ticket, phrases.scheduled(told, text))
    tell_followers(work, ticket, phrases.scheduled(told, text))
    answer_handler(work, ticket, who, tasks.noted(told))


def finish(
    work: Work, ticket: TicketRow, who: str, text: str = "", images: tuple[str, ...] = ()
) -> None:
    """Done, says the handler: the reporter is asked whether it is good.

    Raises IllegalStep while somebody who was whistled for has not reported in.
    """
    demand(work, ticket, who, Act.TICKET_FINISH)
    require(work, ticket, UNFINISHED)
    if ticket.state == State.WHISTLED and who not in (ticket.owner_id, whistler_of(work, ticket)):
        finish_part(work, ticket, who, text, images)
        return
    require_everybody(work, ticket, who)
    take_back(work, ticket.id)
    take_back_about(work, urging(ticket.id))
    if ticket.state in WAITING_FOR_CLAIM:
        take(work, ticket, who)
    facts = {"images": list(images)}
    record(work, ticket, Step.MOVED, who, to=State.HANDLED, text=text, facts=facts)
    close_menus(work, ticket.id)
    stop_waiting(work, ticket)
    _tell_handled(work, ticket, who, text, images)
    said = tasks.finished(sheet(work, ticket), len(tasks_of(work.session, who)))
    if text or images:
        answer(work, ticket, who, said)
    else:
        _ask_what(work, ticket, who, said)


def _tell_handled(
    work: Work, ticket: TicketRow, who: str, text: str, images: tuple[str, ...]
) -> None:
    """Ask the reporter whether it is good, and tell everybody else who waits for it."""
    told, by = sheet(work, ticket), person_name(work, who)
    choices = (
        Choice(endings.GOOD, "ticket.confirm", {"no": ticket.no}),
        Choice(endings.BAD, "ticket.reopen", {"no": ticket.no}),
    )
    tell_reporter(
        work,
        ticket,
        endings.handled(told, by, text, shown(images)),
        choices=choices,
        lasts=span(Limit.SILENCE),
        images=images,
        fading=True,  # who has said 好了 in the night is not asked in the morning
    )
    tell_followers(work, ticket, endings.handled_for_many(told, by))
    if ticket.owner_id != who:
        tell_handler(work, ticket, ticket.owner_id, endings.handled_for_many(told, by))


def _ask_what(work: Work, ticket: TicketRow, who: str, said: str) -> None:
    """Ask for the words or the photo that the reporter would like to have."""
    if work.chat is None:
        return
    enough = (Choice(tasks.ENOUGH, "ticket.enough", {"no": ticket.no}),)
    answer(work, ticket, who, f"{said}\n{tasks.ask_done(sheet(work, ticket))}", choices=enough)
    await_reply(work, work.chat, who, "done", ticket_id=ticket.id)


def _began(work: Work, ticket: TicketRow, who: str) -> None:
    """The first step forward of an ordinary ticket is the beginning of the work."""
    if ticket.state in WAITING_FOR_CLAIM:
        take(work, ticket, who)
    if ticket.state == State.ACCEPTED and Lane(ticket.lane) not in URGENT:
        record(work, ticket, Step.MOVED, who, to=State.IN_PROGRESS)


def _tell_many(work: Work, ticket: TicketRow, text: str) -> None:
    chat = reporting_chat(work, ticket)
    if chat is not None:
        tell_chat(work, chat, text, about=about(ticket, ticket.reporter))
    tell_followers(work, ticket, text)
