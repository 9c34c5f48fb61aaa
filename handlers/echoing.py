"""One household more without water or power, in words that name neither: counted, not filed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.joining import join
from handlers.intents.echo import echoes_outage, says_also, says_out
from handlers.intents.plain import plain
from handlers.intents.read import read_intent
from handlers.phrases import joining as phrases
from knowledge.community.locating.locating import find_place
from knowledge.community.tickets.outages import ECHOED, OUTAGES, is_outage
from knowledge.community.tickets.promise import Limit, span
from knowledge.store.tickets import similar, told_here

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow


def count_in(turn: Turn) -> bool:
    """Count who says 我家也停了 among those who wait for the outage that is meant.

    In a group it is the one told there, in private the one of their own estate. False where there is
    none, where they speak of another estate, or in a group that wants us mute.
    """
    return _count_at_home(turn) if turn.private else _count_here(turn)


def _count_here(turn: Turn) -> bool:
    if _is_mute(turn) or not echoes_outage(plain(turn.text)):
        return False
    since = turn.work.now - ECHOED
    told = told_here(turn.work.session, turn.chat.channel, turn.chat.id, since)
    ticket = next((row for row in told if is_outage(row.matter)), None)
    if ticket is None or turn.who == ticket.reporter or not _is_near(turn, ticket):
        return False
    named = find_place(turn.text, turn.work.hood, ticket.place_id).place_id
    join(turn.work, ticket, turn.who, turn.chat, words=turn.text, at=named)
    return True


def _count_at_home(turn: Turn) -> bool:
    """In private nobody else was heard: which outage it is, where it lies tells, or we ask."""
    said = plain(turn.text)
    told = _outage_told(turn, said)
    if not told and not echoes_outage(said):
        return False
    place = _place_of(turn)
    lasting = bool(told) or says_out(said)
    found = _open_at(turn, place, told or OUTAGES, lasting=lasting)
    if len(found) == 1:
        join(turn.work, found[0], turn.who, turn.chat, words=turn.text, at=place)
        return True
    if told or not lasting:
        return False
    turn.reply(phrases.WHAT_IS_OUT)
    return True


def _outage_told(turn: Turn, said: str) -> frozenset[str]:
    """The category of 我们这也没水, which names what is out and not where; empty for other words."""
    if not says_also(said) or find_place(turn.text, turn.work.hood).place_id is not None:
        return frozenset()
    category = read_intent(turn.work.hood.names.unnamed(turn.text)).category
    return OUTAGES & {category.code} if category else frozenset()


def _place_of(turn: Turn) -> str | None:
    """The place that is named, else the home."""
    home = turn.work.hood.home(turn.person) if turn.person else None
    return find_place(turn.text, turn.work.hood, home).place_id or home


def _open_at(
    turn: Turn, place: str | None, codes: frozenset[str], *, lasting: bool
) -> list[TicketRow]:
    """The open outages of that estate, one of each category, that the words can mean."""
    work = turn.work
    estate = work.hood.estate(place)
    if estate is None:
        return []
    inside = work.hood.inside(estate.id)
    since = work.now - (span(Limit.SAME) if lasting else ECHOED)
    found = (similar(work.session, code, inside, since) for code in sorted(codes))
    return [ticket for ticket in found if ticket is not None]


def _is_mute(turn: Turn) -> bool:
    """Whether nobody called us in a group that hears us unasked of dangers only."""
    return not turn.addressed and turn.group is not None and turn.group.mode == "静音"


def _is_near(turn: Turn, ticket: TicketRow) -> bool:
    """Whether the place that is named, if one is, lies in the estate of the outage."""
    hood = turn.work.hood
    named = find_place(turn.text, hood, ticket.place_id).place_id
    if named is None or ticket.place_id is None:
        return True
    return hood.estate(named) == hood.estate(ticket.place_id)
