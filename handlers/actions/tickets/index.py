"""Which action a chosen line of a menu stands for: the index of what can happen to a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.actions.dialogues import await_reply
from handlers.actions.menus import LONG, Choice
from handlers.actions.tickets.claiming import accept, refuse, transfer
from handlers.actions.tickets.climbing import urge
from handlers.actions.tickets.closing import called_back, confirm, rate, reopen
from handlers.actions.tickets.filing import file, follow, place
from handlers.actions.tickets.joining import life
from handlers.actions.tickets.lasting import lasted
from handlers.actions.tickets.parking import agree, decline
from handlers.actions.tickets.redoing import redo
from handlers.actions.tickets.speaking import answer
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.supervising import LOOK, RECALL, look, recall
from handlers.actions.tickets.whistling import attend
from handlers.actions.tickets.withdrawing import withdraw
from handlers.actions.tickets.working import finish
from handlers.phrases import claiming, tasks
from handlers.phrases.menus import UNKNOWN_CHOICE, menu_line
from handlers.phrases.tickets import NOT_THEIRS
from knowledge.community.hood.access import Act
from knowledge.community.refusals import NotFound, Outdated
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

    Chosen = Callable[[Work, TicketRow, str, str, Mapping[str, Any]], object]


def ask_reason(work: Work, ticket: TicketRow, who: str) -> None:
    """Offer the reasons for handing a ticket back."""
    demand(work, ticket, who, Act.TICKET_RETURN)
    choices = tuple(
        Choice(reason, "ticket.return", {"no": ticket.no, "reason": reason})
        for reason in claiming.REASONS
    )
    text = f"{claiming.ASK_REASON}\n{menu_line(claiming.REASONS)}"
    answer(work, ticket, who, text, choices=choices, lasts=LONG)
    if work.chat is not None:
        await_reply(work, work.chat, who, "reason", ticket_id=ticket.id)


def _enough(work: Work, ticket: TicketRow, who: str) -> None:
    """Nothing more to say about what was done."""
    answer(work, ticket, who, tasks.ENOUGH_SAID)


def _refuse(work: Work, ticket: TicketRow, who: str, words: str, args: Mapping[str, Any]) -> None:
    reason = words or str(args.get("reason", ""))
    if reason:
        refuse(work, ticket, who, reason)
    else:
        ask_reason(work, ticket, who)


CHOICES: dict[str, Chosen] = {
    "ticket.file": lambda work, ticket, who, _words, _args: file(work, ticket, who),
    "ticket.follow": lambda work, ticket, who, _w, args: follow(
        work, ticket, who, int(args["into"])
    ),
    "ticket.redo": lambda work, ticket, who, _w, args: redo(work, ticket, who, int(args["of"])),
    "ticket.place": lambda work, ticket, who, _w, args: place(work, ticket, who, args["place"]),
    "ticket.accept": lambda work, ticket, who, _words, _args: accept(work, ticket, who),
    "ticket.transfer": lambda work, ticket, who, words, _args: transfer(work, ticket, who, words),
    "ticket.refuse": _refuse,
    "ticket.return": _refuse,
    "ticket.finish": lambda work, ticket, who, words, _args: finish(work, ticket, who, words),
    "ticket.enough": lambda work, ticket, who, _words, _args: _enough(work, ticket, who),
    "ticket.confirm": lambda work, ticket, who, words, args: confirm(
        work, ticket, who, args.get("rating", 0), words or args.get("words", "")
    ),
    "ticket.reopen": lambda work, ticket, who, words, args: reopen(
        work, ticket, who, words or args.get("words", "")
    ),
    "ticket.over": lambda work, ticket, who, _words, _args: withdraw(work, ticket, who, over=True),
    "ticket.rate": lambda work, ticket, who, words, args: rate(
        work, ticket, who, args["rating"], words
    ),
    "ticket.urge": lambda work, ticket, who, _words, _args: urge(work, ticket, who),
    "ticket.attend": lambda work, ticket, who, _words, _args: attend(work, ticket, who),
    "ticket.park": lambda work, ticket, who, _w, args: agree(work, ticket, who, int(args["seq"])),
    "ticket.unpark": lambda work, ticket, who, _words, _args: decline(work, ticket, who),
    LOOK: lambda work, ticket, who, _words, _args: look(work, ticket, who),
    RECALL: lambda work, ticket, who, _words, _args: recall(work, ticket, who),
    "ticket.call": lambda work, ticket, who, words, args: called_back(
        work, ticket, who, str(args["outcome"]), words
    ),
    "ticket.lasted": lambda work, ticket, who, _words, _args: lasted(work, ticket, who),
    "ticket.life": lambda work, ticket, who, _words, _args: life(work, ticket, who),
}
"""Every line that a ticket's menu can have: `words` is what was written after the digit."""


def chosen(work: Work, who: str, action: str, args: Mapping[str, Any], words: str = "") -> None:
    """Do what a chosen line or pressed button stands for.

    Raises Outdated for an unknown action and NotFound for a ticket that is not there.
    """
    act = CHOICES.get(action)
    if act is None:
        raise Outdated(UNKNOWN_CHOICE)
    ticket = by_no(work.session, int(args["no"]))
    if ticket is None:
        raise NotFound(NOT_THEIRS)
    act(work, ticket, who, words.strip(), args)
