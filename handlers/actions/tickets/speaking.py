"""To whom a ticket's news is told, where, and with which choices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.actions.menus import SHORT, Choice, offer
from handlers.actions.names import call_name
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, masked, tell_chat, tell_person
from handlers.actions.tickets.assigned import is_assigned
from handlers.actions.tickets.digesting import hold_back
from handlers.messages import ChatKind, ChatRef
from handlers.phrases.names import called_out
from knowledge.community.tickets.ticket import URGENT, Lane
from knowledge.store.links import spoken_on
from knowledge.store.parties import parties

if TYPE_CHECKING:
    from datetime import timedelta

    from handlers.messages import Button
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def about(
    ticket: TicketRow, who: str = "", *, fading: bool = False, passing: bool = False
) -> About:
    """What an outgoing message to `who` is about; that of an emergency may be repeated once."""
    return About(
        ticket_id=ticket.id,
        lane=ticket.lane,
        repeatable=Lane(ticket.lane) in URGENT,
        fading=fading,
        passing=passing,
        asker=who == ticket.reporter,
    )


def chat_of(ticket: TicketRow) -> ChatRef:
    """Where the ticket was reported."""
    return ChatRef(ticket.channel, ticket.chat_id)


def asking_chat(work: Work, ticket: TicketRow) -> ChatRef:
    """Where the reporter is asked, and answers."""
    return reporting_chat(work, ticket) or chat_of(ticket)


def reporting_chat(work: Work, ticket: TicketRow) -> ChatRef | None:
    """Where the reporter hears of it: where it was said; a private matter only in private.

    With several accounts, in private means where they spoke last. What is asked for in private is answered there, and the group does not read it.
    """
    if _asks_in_private(work, ticket):
        return work.chat
    chat = chat_of(ticket)
    if chat.kind is ChatKind.GROUP and not ticket.private:
        return chat
    only_here = chat.kind is ChatKind.DIRECT and spoken_on(work.session, ticket.reporter) is None
    return chat if only_here else private_chat(work, ticket.reporter)


def _asks_in_private(work: Work, ticket: TicketRow) -> bool:
    """Whether it is the reporter, and nobody who handles it, whose private words are answered."""
    private = work.chat is not None and work.chat.kind is ChatKind.DIRECT
    return private and ticket.reporter not in ticket.claimants and speaks(work, ticket.reporter)


def tell_reporter(
    work: Work,
    ticket: TicketRow,
    text: str,
    *,
    choices: tuple[Choice, ...] = (),
    lasts: timedelta = SHORT,
    first_digit: int = 1,
    images: tuple[str, ...] = (),
    fading: bool = False,
    passing: bool = False,
) -> None:
    """Tell the reporter; in a group by name, except as the answer to his own words."""
    chat = reporting_chat(work, ticket)
    if chat is None:
        return
    buttons = offer_to(
        work, chat, ticket.reporter, choices, ticket=ticket, lasts=lasts, first_digit=first_digit
    )
    text = _called(work, ticket, chat) + text
    about_it = _to_reporter(work, ticket, fading=fading, passing=passing)
    tell_chat(work, chat, text, buttons=buttons, images=images, about=about_it)


def tell_everybody(work: Work, ticket: TicketRow, text: str, *, passing: bool = False) -> None:
    """Tell how it stands: the reporter and every other chat in which somebody waits, each once."""
    tell_reporter(work, ticket, text, fading=True, passing=passing)
    tell_followers(work, ticket, text, fading=True, passing=passing)


def tell_followers(
    work: Work, ticket: TicketRow, text: str, *, fading: bool = False, passing: bool = False
) -> None:
    """Tell every further chat in which somebody joined, each once; a neighbour reads no numbers."""
    if ticket.reports == 1:
        return
    told = reporting_chat(work, ticket)
    chats = (ChatRef(party.channel, party.chat_id) for party in parties(work.session, ticket))
    for chat in dict.fromkeys(chats):
        if chat != told:
            tell_chat(
                work, chat, masked(work, text), about=about(ticket, fading=fading, passing=passing)
            )


def _to_reporter(work: Work, ticket: TicketRow, *, fading: bool, passing: bool) -> About:
    """An answer is never held back by quiet hours."""
    if speaks(work, ticket.reporter) and work.chat != reporting_chat(work, ticket):
        return replace(about(ticket, ticket.reporter), at_once=True)
    return about(ticket, ticket.reporter, fading=fading, passing=passing)


def _called(work: Work, ticket: TicketRow, chat: ChatRef) -> str:
    """`@李娭毑 ` where others listen and she has not just spoken herself."""
    if chat.kind is not ChatKind.GROUP or (chat == work.chat and speaks(work, ticket.reporter)):
        return ""
    return called_out(call_name(work, ticket.reporter))


def speaks(work: Work, who: str) -> bool:
    """Whether it is this party whose message or press is being answered."""
    event = work.event
    if event is None:
        return False
    return who == work.hood.party(event.channel, event.sender)


def answer(
    work: Work,
    ticket: TicketRow,
    who: str,
    text: str,
    *,
    choices: tuple[Choice, ...] = (),
    lasts: timedelta = SHORT,
    first_digit: int = 1,
) -> None:
    """Reply where somebody has just spoken; a page that acts without a chat hears nothing."""
    chat = replying_chat(work, ticket, who)
    if chat is None:
        return
    buttons = offer_to(
        work, chat, who, choices, ticket=ticket, lasts=lasts, first_digit=first_digit
    )
    tell_chat(work, chat, text, buttons=buttons, about=about(ticket, who))


def replying_chat(work: Work, ticket: TicketRow, who: str) -> ChatRef | None:
    """Where whoever has just spoken reads the reply: of a private matter no group does."""
    if ticket.private and work.chat is not None and work.chat.kind is ChatKind.GROUP:
        return private_chat(work, who)
    return work.chat


def tell_handler(
    work: Work,
    ticket: TicketRow,
    person_id: str | None,
    text: str,
    *,
    images: tuple[str, ...] = (),
    urgent: bool = False,
    fading: bool = False,
    passing: bool = False,
    instead: bool = False,
    subject: str = "",
) -> None:
    """Tell somebody of the chain in private; `urgent` news waits for no quiet hours.

    `instead` = in the place of their cards, where the channel can change them.

    Who only watches over it, or is a volunteer who has not taken it, reads no phones and doors.
    """
    if person_id is None or (not urgent and hold_back(work, person_id, ticket)):
        return
    if not is_assigned(work, ticket, person_id):
        text = masked(work, text)
    lane = Lane.P0.value if urgent else ticket.lane
    about_it = About(
        ticket.id,
        lane,
        repeatable=True,
        subject=subject,
        fading=fading,
        passing=passing,
        instead=instead,
    )
    tell_person(work, person_id, text, images=images, about=about_it, task=True)


def offer_to(
    work: Work,
    chat: ChatRef,
    who: str,
    choices: tuple[Choice, ...],
    *,
    ticket: TicketRow,
    lasts: timedelta = SHORT,
    first_digit: int = 1,
) -> tuple[Button, ...]:
    """Remember the choices shown to somebody about the ticket, if there are any."""
    if not choices:
        return ()
    return offer(
        work, chat, who, choices, ticket_id=ticket.id, lasts=lasts, first_digit=first_digit
    )
