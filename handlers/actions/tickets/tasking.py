"""A task before somebody of the chain: the card with its choices, the reply to whoever has it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import LONG, Choice, offer
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, tell_chat
from handlers.actions.tickets.digesting import hold_back
from handlers.actions.tickets.speaking import about, offer_to, replying_chat
from handlers.phrases import claiming, tasks
from handlers.phrases.menus import menu_line
from handlers.phrases.numbers import ticket_number
from knowledge.community.tickets.ticket import URGENT, Lane

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

CLAIM = ((claiming.ACCEPT, "ticket.accept"), (claiming.TRANSFER, "ticket.transfer"))
NOT_MINE = (claiming.NOT_MINE, "ticket.refuse")
DONE_DIGIT = 9
"""Buttons of a taken ticket end with this digit: nobody sends it twice by mistake."""
UNSHOWN = range(DONE_DIGIT - 2, DONE_DIGIT + 1)
"""Digits of a taken ticket, which stand on its buttons only and in no text."""


def task_choices(ticket: TicketRow, *, returnable: bool = True) -> tuple[Choice, ...]:
    """What can be done with a task card; an emergency is never handed back, only on."""
    urgent = Lane(ticket.lane) in URGENT
    listed = CLAIM if urgent or not returnable else (*CLAIM, NOT_MINE)
    return tuple(Choice(label, action, {"no": ticket.no}) for label, action in listed)


def answer_handler(work: Work, ticket: TicketRow, who: str, text: str) -> None:
    """Reply to whoever has the ticket now, with the buttons for its end and for passing it on."""
    chat = replying_chat(work, ticket, who)
    if chat is None:
        return
    labels = (*task_choices(ticket)[1:], Choice(tasks.DONE, "ticket.finish", {"no": ticket.no}))
    first = DONE_DIGIT + 1 - len(labels)
    buttons = offer_to(work, chat, who, labels, ticket=ticket, lasts=LONG, first_digit=first)
    buttons = (buttons[-1], *buttons[:-1])
    tell_chat(work, chat, text, buttons=buttons, about=about(ticket, who))


def push_task(
    work: Work,
    ticket: TicketRow,
    person_id: str,
    text: str,
    *,
    returnable: bool = True,
    passing: bool = False,
) -> bool:
    """Send a task card with its choices in private; False when the person cannot be reached."""
    chat = private_chat(work, person_id, task=True)
    if chat is None:
        return False
    if hold_back(work, person_id, ticket):
        return True
    choices = task_choices(ticket, returnable=returnable)
    buttons = offer(work, chat, person_id, choices, ticket_id=ticket.id, lasts=LONG)
    card = f"{text}\n{menu_line([choice.label for choice in choices])}"
    tell_chat(
        work,
        chat,
        with_desk(work, ticket, card),
        buttons=buttons,
        images=tuple(ticket.images),
        about=About(ticket.id, ticket.lane, repeatable=True, fading=True, passing=passing),
    )
    return True


def with_desk(work: Work, ticket: TicketRow, text: str) -> str:
    """Return a task's message with the way to the same task on the desk as its last line.

    There is none where nobody outside of this machine could open it. An address is tapped, not
    read: it counts for nothing in the length of a message, else a usual one of forty characters
    would leave no room for the reporter's words.
    """
    if not work.rules.page_url:
        return text
    address = f"{work.rules.page_url}/t/{ticket_number(ticket.no)}"
    return f"{text}\n{tasks.on_page(address)}"
