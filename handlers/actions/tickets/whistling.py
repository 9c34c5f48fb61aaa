"""吹哨报到: several parties are called to one ticket; each reports in and does its part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import LONG, Choice, offer
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, tell_chat
from handlers.actions.tickets.addressee import find_person
from handlers.actions.tickets.assigning import next_rung, rung_words
from handlers.actions.tickets.recording import record, refuse_step, require
from handlers.actions.tickets.speaking import answer, tell_everybody, tell_handler
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.wording import person_name, role_on_chain, sheet
from handlers.phrases import whistles as phrases
from knowledge.community.hood.access import Act
from knowledge.community.refusals import IllegalStep, Unclear
from knowledge.community.tickets.course import Clock, follow
from knowledge.community.tickets.ticket import CLOCK, UNFINISHED, WAITING_FOR_CLAIM, State, Step
from knowledge.files.expression import Expression
from knowledge.store.histories import history

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

_SEPARATED = Expression(r"[、，,；;]")


def whistle(work: Work, ticket: TicketRow, who: str, said: str) -> None:
    """Call the people named in `何工、吴经理 一起看渗水` to the ticket; once more adds others.

    Raises Unclear for nobody, or a name that is nobody's or several people's.
    """
    demand(work, ticket, who, Act.TICKET_WHISTLE)
    require(work, ticket, UNFINISHED)
    names, _, words = said.strip().partition(" ")
    named = (name for name in _SEPARATED.split(names) if name)
    called = [find_person(work, ticket, name, phrases.WHISTLE).id for name in named]
    if not called:
        raise Unclear(phrases.NAMES_NEEDED)
    parties = list(dict.fromkeys(called))
    if ticket.state in WAITING_FOR_CLAIM or ticket.owner_id is None:
        ticket.owner_id, ticket.rung = who, role_on_chain(work, ticket, who) or ticket.rung
    ticket.claimants = list(dict.fromkeys([*ticket.claimants, ticket.owner_id, who, *parties]))
    _record(work, ticket, who, parties, words)
    for person_id in parties:
        _send_card(work, ticket, who, person_id, words)
    people = [person_name(work, person_id) for person_id in parties]
    tell_everybody(work, ticket, phrases.news(sheet(work, ticket), people))
    answer(work, ticket, who, phrases.called(sheet(work, ticket), people))


def attend(work: Work, ticket: TicketRow, who: str) -> None:
    """报到: one of those who were called is there; raises IllegalStep for anybody else."""
    demand(work, ticket, who, Act.TICKET_ATTEND)
    if who not in absent(work, ticket):
        refuse_step(work, ticket)
    _come(work, ticket, who)
    told, name = sheet(work, ticket), person_name(work, who)
    missing = [person_name(work, one) for one in absent(work, ticket)]
    for person_id in _awaiting(work, ticket):
        if person_id != who:
            tell_handler(work, ticket, person_id, phrases.attended(told, name, missing))
    tell_everybody(work, ticket, phrases.at_place(told, name))
    answer(work, ticket, who, phrases.here(told))


def finish_part(
    work: Work, ticket: TicketRow, who: str, words: str, images: tuple[str, ...]
) -> None:
    """One party has done its part, so it has been there; the owner closes the ticket."""
    if who in absent(work, ticket):
        _come(work, ticket, who)
    facts = {"part": who, "images": list(images)}
    record(work, ticket, Step.NOTED, who, reason="本方办完", text=words, facts=facts)
    told = sheet(work, ticket)
    done = phrases.part_done(told, person_name(work, who), words)
    tell_handler(work, ticket, ticket.owner_id, done)
    answer(work, ticket, who, phrases.part_noted(told))


def _come(work: Work, ticket: TicketRow, who: str) -> None:
    record(work, ticket, Step.ATTENDED, who, reason=phrases.ATTEND, facts={"arrived": True})


def absent(work: Work, ticket: TicketRow) -> list[str]:
    """Who was whistled for and has not reported in."""
    return follow(history(work.session, ticket)).absent


def require_everybody(work: Work, ticket: TicketRow, who: str) -> None:
    """事不完人不撤: only whoever has whistled ends it without those who have not reported in.

    Raises IllegalStep, with their names, for anybody else.
    """
    missing = absent(work, ticket)
    whistler = whistler_of(work, ticket)
    if missing and who != whistler:
        people = [person_name(work, one) for one in missing]
        by = person_name(work, whistler)
        raise IllegalStep(phrases.not_all_here(sheet(work, ticket), people, by))


def whistler_of(work: Work, ticket: TicketRow) -> str:
    """Who whistled last; empty if nobody has."""
    called = [one for one in history(work.session, ticket) if one.step is Step.WHISTLED]
    return called[-1].actor if called else ""


def _awaiting(work: Work, ticket: TicketRow) -> dict[str | None, None]:
    """Who hears of those called: the owner, and whoever has whistled and was promised it."""
    return dict.fromkeys((ticket.owner_id, whistler_of(work, ticket) or ticket.owner_id))


def nudge_absent(work: Work, ticket: TicketRow) -> None:
    """Half of the time to report in is over: whoever is missing is reminded."""
    for person_id in absent(work, ticket):
        tell_handler(
            work, ticket, person_id, phrases.nudge(sheet(work, ticket, person_id)), fading=True
        )


def climb_absent(work: Work, ticket: TicketRow) -> None:
    """Who has not reported in is named to owner and whistler, to the rung above, and to the reporter."""
    rung = next_rung(work, ticket)
    people = [person_name(work, one) for one in absent(work, ticket)]
    record(work, ticket, Step.ESCALATED, CLOCK, facts={"clock": Clock.ATTEND.value})
    told = sheet(work, ticket)
    above = rung.person if rung else None
    for person_id in dict.fromkeys((*_awaiting(work, ticket), above)):
        card = phrases.missing(sheet(work, ticket, person_id), people)
        tell_handler(work, ticket, person_id, card, fading=True)
    name = rung_words(work, rung) if rung else "督办清单"
    tell_everybody(work, ticket, phrases.missing_told(told, people, name))


def _record(work: Work, ticket: TicketRow, who: str, parties: list[str], words: str) -> None:
    to = None if ticket.state == State.WHISTLED else State.WHISTLED
    facts = {"parties": parties, "owner": ticket.owner_id, "rung": ticket.rung}
    record(work, ticket, Step.WHISTLED, who, to=to, text=words, facts=facts)


def _send_card(work: Work, ticket: TicketRow, who: str, person_id: str, words: str) -> None:
    """The card of one party, with the one button that it needs."""
    chat = private_chat(work, person_id, task=True)
    if chat is None:
        return
    choices = (Choice(phrases.ATTEND, "ticket.attend", {"no": ticket.no}),)
    buttons = offer(work, chat, person_id, choices, ticket_id=ticket.id, lasts=LONG)
    text = phrases.card(sheet(work, ticket, person_id), person_name(work, who), words)
    tell_chat(
        work, chat, text, buttons=buttons, about=About(ticket.id, ticket.lane, repeatable=True)
    )
