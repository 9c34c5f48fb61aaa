"""The honest end: confirmed, opened again, rated, or silently closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import LONG, Choice, close_menus
from handlers.actions.overtaken import take_back
from handlers.actions.tickets.assigning import again_words, asked_at_once, heard_at, next_rung
from handlers.actions.tickets.calling import call, order_callback
from handlers.actions.tickets.inquiring import supplement
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import answer, tell_handler, tell_reporter
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.tasking import with_desk
from handlers.actions.tickets.waiting import wait_for
from handlers.actions.tickets.wording import role_on_chain, sheet
from handlers.phrases import callbacks, endings, tasks
from knowledge.community.hood.access import Act
from knowledge.community.refusals import IllegalStep, Unclear
from knowledge.community.tickets.promise import Limit, span
from knowledge.community.tickets.ticket import (
    CLOCK,
    CLOSED,
    OUTCOMES,
    State,
    Step,
)
from knowledge.store.callbacks import drop_calls
from knowledge.store.chronicle import reported_words
from knowledge.store.histories import history
from knowledge.store.lists import reported_by

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

BAD_DIGIT = 2
"""没好 keeps the digit that it had while the reporter was asked."""
FAIR, UNHAPPY = (endings.RATINGS.index(mark) + 1 for mark in (endings.SO_SO, endings.DISSATISFIED))
CONFIRMABLE = frozenset({State.HANDLED, State.CLOSED_SILENT})
REOPENABLE = CONFIRMABLE | {State.CLOSED_CONFIRMED, State.CLOSED_UNABLE, State.CLOSED_REJECTED}
"""What can still turn out not to be good."""
TAKEN_BACK = frozenset({State.CLOSED_WITHDRAWN})
RATEABLE = frozenset({State.CLOSED_CONFIRMED, State.CLOSED_SILENT})


def confirm(work: Work, ticket: TicketRow, who: str, rating: int = 0, words: str = "") -> None:
    """Good, says the reporter: closed, and a rating is offered, unless one was given with it."""
    demand(work, ticket, who, Act.TICKET_CONFIRM)
    require(work, ticket, CONFIRMABLE)
    record(work, ticket, Step.MOVED, who, to=State.CLOSED_CONFIRMED)
    take_back(work, ticket.id)
    close_menus(work, ticket.id)
    tell_handler(work, ticket, ticket.owner_id, tasks.confirmed(sheet(work, ticket)))
    if rating:
        rate(work, ticket, who, rating, words)
        return
    choices = tuple(
        Choice(label, "ticket.rate", {"no": ticket.no, "rating": mark})
        for mark, label in enumerate(endings.RATINGS, 1)
    )
    tell_reporter(work, ticket, endings.RATE, choices=choices, lasts=LONG)
    order_callback(work, ticket)


def doubt(work: Work, ticket: TicketRow, who: str, words: str = "") -> None:
    """不满意, said instead of 好了 or 没好: it counts as that, and we ask once which is meant."""
    demand(work, ticket, who, Act.TICKET_CONFIRM)
    require(work, ticket, CONFIRMABLE)
    _mark(work, ticket, who, UNHAPPY)
    close_menus(work, ticket.id)
    args = {"no": ticket.no, "words": words}
    choices = (
        Choice(endings.BAD, "ticket.reopen", args),
        Choice(endings.GOOD_BUT, "ticket.confirm", {**args, "rating": UNHAPPY}),
    )
    text = endings.which_is_meant(sheet(work, ticket))
    lasts = span(Limit.SILENCE)
    answer(work, ticket, who, text, choices=choices, lasts=lasts, first_digit=BAD_DIGIT)


def reopen(work: Work, ticket: TicketRow, who: str, words: str = "") -> None:
    """Not good: opened again (重办) with the reporter's words; handler and next rung are told.

    Raises IllegalStep for an open ticket, or after 30 days; Unclear where the office does not say what was told.
    """
    demand(work, ticket, who, Act.TICKET_REOPEN)
    require(work, ticket, OUTCOMES)
    if who != ticket.reporter and not words:
        raise Unclear(endings.WHAT_IS_BAD)
    if is_too_late(work, ticket):
        raise IllegalStep(endings.too_late(sheet(work, ticket)))
    _open_again(work, ticket, who, words)


def is_too_late(work: Work, ticket: TicketRow) -> bool:
    """Whether it ended so long ago that it is told anew, and not opened again."""
    return ticket.state in CLOSED and work.now - _closed_at(work, ticket) > span(Limit.REOPEN)


def called_back(work: Work, ticket: TicketRow, who: str, outcome: str, words: str = "") -> None:
    """What came out of the call (回访); 没好 opens the ticket again."""
    call(work, ticket, who, outcome)
    if outcome == callbacks.BAD:
        _open_again(work, ticket, who, words)


def _open_again(work: Work, ticket: TicketRow, who: str, words: str) -> None:
    _keep_owner(work, ticket)
    record(
        work,
        ticket,
        Step.MOVED,
        who,
        to=State.ACCEPTED,
        reason="重办",
        text=words,
        facts={"owner": ticket.owner_id, "rung": ticket.rung},
    )
    ticket.rating = None
    drop_calls(work.session, ticket)
    close_menus(work, ticket.id)
    watcher = next_rung(work, ticket)
    told = sheet(work, ticket)
    day = again_words(work, ticket, heard_at(work, ticket))
    card = with_desk(work, ticket, tasks.reopened(told, words, day))
    tell_handler(work, ticket, ticket.owner_id, card)
    if watcher is not None:
        tell_handler(work, ticket, watcher.person, tasks.watch(told, words, day))
    watching = watcher.role.value if watcher else ""
    answer_day = again_words(work, ticket)
    tell_reporter(work, ticket, endings.reopened(told, words, answer_day, watching))
    if not words:
        wait_for(work, ticket, "answer")


def rate(work: Work, ticket: TicketRow, who: str, rating: int, words: str = "") -> None:
    """How it was: 1 满意, 2 一般, 3 不满意, and why; the last word counts."""
    demand(work, ticket, who, Act.TICKET_RATE)
    require(work, ticket, RATEABLE)
    if not 1 <= rating <= len(endings.RATINGS):
        raise IllegalStep(endings.RATE)
    _mark(work, ticket, who, rating)
    mark = endings.RATINGS[rating - 1]
    pleased = mark == endings.SATISFIED
    why = "" if words or pleased else endings.WHY[mark]
    tell_reporter(work, ticket, endings.RATED[mark] + why)
    if words and not pleased:
        supplement(work, ticket, who, words)
    elif not pleased:
        wait_for(work, ticket, "answer")
    order_callback(work, ticket)


def _mark(work: Work, ticket: TicketRow, who: str, rating: int) -> None:
    record(work, ticket, Step.RATED, who, facts={"rating": rating})
    ticket.rating = rating


def lately_done(work: Work, who: str, states: frozenset[State] = REOPENABLE) -> list[TicketRow]:
    """Return what a party reported and may still say 没好 to, the newest last."""
    return [
        row
        for row in reported_by(work.session, who, states)
        if row.reporter == who
        and (row.state not in TAKEN_BACK or reported_words(work.session, row))
        and not is_too_late(work, row)
    ]


def long_done(work: Work, who: str) -> list[TicketRow]:
    """Return what a party reported and it is too late to say 没好 to, the newest last."""
    lately = {row.no for row in lately_done(work, who)}
    mine = reported_by(work.session, who, REOPENABLE)
    return [row for row in mine if row.reporter == who and row.no not in lately]


def close_silently(work: Work, ticket: TicketRow) -> None:
    """Three days without an answer: 办结·未回复, never counted as satisfied."""
    record(work, ticket, Step.MOVED, CLOCK, to=State.CLOSED_SILENT, reason="72 小时未回复")
    close_menus(work, ticket.id)
    bad = (Choice(endings.BAD, "ticket.reopen", {"no": ticket.no}),)
    text = endings.closed_silently(sheet(work, ticket))
    tell_reporter(work, ticket, text, choices=bad, lasts=LONG, first_digit=BAD_DIGIT)
    order_callback(work, ticket)


def _closed_at(work: Work, ticket: TicketRow) -> datetime:
    return max(deed.at for deed in history(work.session, ticket) if deed.moves)


def _keep_owner(work: Work, ticket: TicketRow) -> None:
    """Whoever had it goes again; if that person has left, the ladder names another."""
    person = work.hood.person(ticket.owner_id)
    if person is not None and person.active and person.id not in work.away:
        ticket.rung = role_on_chain(work, ticket, person.id) or ticket.rung
        return
    asked = asked_at_once(work, ticket)
    if asked:
        ticket.owner_id, ticket.rung = asked[0].person, asked[0].role.value
    if ticket.owner_id is not None and ticket.owner_id not in ticket.claimants:
        ticket.claimants = [*ticket.claimants, ticket.owner_id]
