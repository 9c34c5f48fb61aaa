"""All tickets as a workbook, for those who keep their lists in Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports.workbook import fill, new_book, packed
from handlers.phrases.numbers import ticket_number
from handlers.reporting.books import category_name
from knowledge.community.days.zone import local
from knowledge.community.tickets.ticket import STATE_WORDS, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.reports.workbook import Cell
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.store.rows.tickets import TicketRow

HEAD = (
    *("编号", "状态", "缓急", "种类", "类别", "事由", "地方", "负责人"),
    *("登记", "接单时限", "办结时限", "反映户数", "退单次数", "不公开"),
)


def ticketbook(tickets: Iterable[TicketRow], hood: Neighbourhood) -> bytes:
    """Return the bytes of an .xlsx file; who reported a ticket is not in it."""
    book = new_book()
    fill(book.create_sheet("诉求单"), HEAD, [_row(one, hood) for one in tickets])
    return packed(book)


def _row(ticket: TicketRow, hood: Neighbourhood) -> tuple[Cell, ...]:
    owner = hood.person(ticket.owner_id)
    estate, label = hood.estate(ticket.place_id), hood.label(ticket.place_id)
    where = label if estate is None or estate.name == label else f"{estate.name}{label}"
    return (
        ticket_number(ticket.no),
        STATE_WORDS[State(ticket.state)],
        ticket.lane,
        ticket.kind,
        category_name(ticket.category),
        ticket.matter,
        where,
        owner.name if owner else "",
        _time(ticket.filed_at),
        _time(ticket.claim_due),
        _time(ticket.solve_due),
        ticket.reports,
        ticket.hops,
        "是" if ticket.private else "",
    )


def _time(moment: datetime | None) -> str:
    return local(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
