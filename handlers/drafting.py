"""What a draft is about: its matter, what is wrong with it, more of it in a second message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets import filing
from handlers.actions.tickets.withdrawing import drop
from handlers.choosing import begins_with_digit
from handlers.explaining import photos_of, ticket_of
from handlers.intents.correcting import begins_another, spot_told, without_wrong
from handlers.intents.intent import ELSEWHERE
from handlers.intents.placing import is_coarse, is_mere_place, spot_of, talk_at
from handlers.intents.read import read_intent
from handlers.phrases import drafts
from handlers.requesting import reread
from handlers.resident import WORDS
from knowledge.community.locating.locating import find_place
from knowledge.community.privacy import cut, mask
from knowledge.community.tickets.categories import VAGUE
from knowledge.community.tickets.ticket import URGENT, State
from knowledge.store.chronicle import reported_words

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.locating.locating import Found
    from knowledge.store.rows.dialogues import DialogueRow
    from knowledge.store.rows.tickets import TicketRow

LONGEST = 20
"""Characters of a matter."""


def take_matter(turn: Turn, dialogue: DialogueRow) -> bool:
    """Take the words as what it is about; what is urgent is logged by who reads on."""
    ticket = ticket_of(turn, dialogue)
    reading = read_intent(turn.text)
    if ticket is None or reading.intent in ELSEWHERE:
        return False
    if turn.text and not WORDS.search(turn.text):
        turn.reply(drafts.MATTER_NOT_UNDERSTOOD)
        return True
    subject = reread(turn, turn.text)
    if subject is not None and subject.lane in URGENT:
        drop(turn.work, ticket, "说的是急事")
        return False
    scope = turn.group.scope if turn.group else None
    spot = spot_of(turn.text, turn.work.hood, scope, turn.person)
    place = ticket.place_id or (None if spot.doubtful else spot.place)
    filing.edit(
        turn.work,
        ticket,
        turn.who,
        place=place,
        matter=reading.matter or mask(cut(turn.text, LONGEST)),
        missing=() if place else ("place",),
        images=photos_of(turn),
        words=turn.text,
        subject=subject,
    )
    return True


def take_correction(turn: Turn, dialogue: DialogueRow) -> bool:
    """Understand "不对，是4栋" and "不是灯，是单元门坏了", "就是东门那里", and more of the same matter."""
    ticket = ticket_of(turn, dialogue)
    if ticket is None:
        return False
    if begins_with_digit(turn.text):
        turn.reply(drafts.WHAT_IS_WRONG)
        return True
    corrected = without_wrong(turn.text)
    found = find_place(corrected, turn.work.hood, talked_of(turn, ticket))
    place = found.place_id
    if names_none(found, turn.work.hood) and not read_intent(corrected).matter:
        filing.deny_place(turn.work, ticket, turn.who, found.rest, words=turn.text)
        return True
    if corrected == turn.text and (
        place in (None, ticket.place_id) or read_intent(corrected).matter
    ):
        return _adds(turn, ticket, place)
    _correct(turn, ticket, corrected, place)
    return True


def _correct(turn: Turn, ticket: TicketRow, corrected: str, place: str | None) -> None:
    reading = read_intent(corrected)
    if place is None and not reading.matter:
        spot = spot_told(corrected)
        if spot:
            _put_spot(turn, ticket, spot)
            return
        turn.reply(drafts.WHAT_IS_WRONG)
        return
    filing.edit(
        turn.work,
        ticket,
        turn.who,
        place=place,
        matter=reading.matter,
        images=photos_of(turn),
        words=turn.text,
        subject=reread(turn, corrected) if reading.category else None,
    )


def names_none(found: Found, hood: Neighbourhood) -> bool:
    """Whether the words name a building that the roster does not have."""
    return bool(found.rest) and is_coarse(found.place_id, hood)


def _adds(turn: Turn, ticket: TicketRow, place: str | None) -> bool:
    """Take what contradicts nothing: a spot, more of the matter, photos."""
    spot = spot_told(turn.text)
    if spot:
        _put_spot(turn, ticket, spot)
        return True
    if says_more(turn, ticket, place):
        return True
    if place is not None and is_mere_place(turn.text, turn.work.hood):
        # of the place that is known the door may be new
        words, images = _all_words(turn, ticket), photos_of(turn)
        filing.edit(turn.work, ticket, turn.who, matter=ticket.matter, images=images, words=words)
        return True
    if turn.event.images:
        filing.edit(turn.work, ticket, turn.who, images=photos_of(turn), words=turn.text)
    return bool(turn.event.images)


def _put_spot(turn: Turn, ticket: TicketRow, spot: str) -> None:
    """Begin the matter with the spot, which no roster has a name for."""
    matter = cut(f"{spot}{ticket.matter}", LONGEST)
    filing.edit(turn.work, ticket, turn.who, matter=matter, words=_all_words(turn, ticket))


def talked_of(turn: Turn, ticket: TicketRow) -> str | None:
    """Return what the talk is about: the sender's home in the group's place, else either, else the ticket's."""
    scope = turn.group.scope if turn.group else None
    return talk_at(turn.work.hood, scope, turn.person) or ticket.place_id


def says_more(turn: Turn, ticket: TicketRow, place: str | None) -> bool:
    """Understand 臭得要死，没人收 after 楼下那个垃圾桶: one matter of a draft, told in two messages."""
    if ticket.state != State.DRAFT or place not in (None, ticket.place_id):
        return False
    told = reread(turn, turn.text)
    if told is None or told.lane in URGENT or begins_another(turn.text):
        return False
    codes = {ticket.category, told.category}
    if len(codes) > 1 and codes.isdisjoint(VAGUE):
        return False
    whole = _all_words(turn, ticket)
    subject = reread(turn, whole) or told
    filing.edit(
        turn.work,
        ticket,
        turn.who,
        matter=subject.matter,
        missing=() if ticket.place_id else ("place",),
        images=photos_of(turn),
        words=whole,
        subject=subject,
    )
    return True


def _all_words(turn: Turn, ticket: TicketRow) -> str:
    """What the reporter has said of the draft, and says now."""
    said = reported_words(turn.work.session, ticket)
    return f"{said}，{turn.text}" if said else turn.text
