"""Where it is: the place that is missing, a finer one, another than was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply
from handlers.actions.menus import offer, open_menus, options_of
from handlers.actions.tickets import estates, filing, locating
from handlers.actions.tickets.adding import add, note_more
from handlers.drafting import LONGEST, names_none, says_more, talked_of
from handlers.explaining import photos_of, seen_of, ticket_of
from handlers.intents.correcting import without_wrong
from handlers.intents.detail import is_mere_detail, tells_detail
from handlers.intents.ended import sounds_over
from handlers.intents.intent import ELSEWHERE
from handlers.intents.placing import is_coarse, one_each, talk_at, told_spot
from handlers.intents.plain import plain
from handlers.intents.read import read_intent
from handlers.phrases import drafts
from knowledge.community.locating.housewords import house_words
from knowledge.community.locating.locating import find_place
from knowledge.community.privacy import cut
from knowledge.community.tickets.ticket import UNFINISHED, State

if TYPE_CHECKING:
    from handlers.turn import Turn
    from knowledge.community.locating.locating import Found
    from knowledge.store.rows.dialogues import DialogueRow
    from knowledge.store.rows.tickets import TicketRow

SHORT_ANSWER = 12
"""Characters of what can be meant as the name of a place."""


def take_place(turn: Turn, dialogue: DialogueRow) -> bool:
    """Take the words as the missing place, or as more of the matter; ask once more for a short text."""
    ticket = ticket_of(turn, dialogue)
    if ticket is None:
        return False
    found = find_place(without_wrong(turn.text), turn.work.hood, talked_of(turn, ticket))
    told = found.place_id or _unnamed(turn)
    if told is None and says_more(turn, ticket, None):
        return True
    if _speaks_of_else(turn, ticket) and not _tells_where_in_it(turn, ticket):
        return False
    if told is None:
        if ticket.state in UNFINISHED and (found.rest or tells_detail(turn.text)):
            note_more(turn.work, ticket, turn.who, turn.text)  # the floor alone helps, too
        return (
            _ask_which(turn, ticket, found)
            or _say_there_is_none(turn, found)
            or _ask_place_again(turn, dialogue, ticket)
        )
    place = _numbered(turn, told)
    if ticket.state == State.DRAFT:
        filing.edit(
            turn.work,
            ticket,
            turn.who,
            place=place,
            matter=cut(f"{found.rest}{ticket.matter}", LONGEST) if found.rest else "",
            images=photos_of(turn),
            words=turn.text,
        )
    else:
        locating.locate(turn.work, ticket, turn.who, place, words=turn.text)
        await_reply(turn.work, turn.chat, turn.who, "mistaken", ticket_id=ticket.id)
    return True


def _unnamed(turn: Turn) -> str | None:
    """The building or unit that a short answer means without naming it: 我们单元的, 我家楼下, 隔壁单元."""
    if len(turn.text) > SHORT_ANSWER:
        return None
    hood, scope = turn.work.hood, turn.group.scope if turn.group else None
    spot = told_spot(turn.text, hood, scope, turn.person)
    sure = spot is not None and not spot.doubtful and not is_coarse(spot.place, hood)
    return spot.place if spot and sure else None


def _numbered(turn: Turn, place: str) -> str:
    """The number told before, where the words name the estate that we have just asked for."""
    offered = {
        str(option.args["place"])
        for menu in open_menus(turn.work, turn.chat, turn.who)
        for option in options_of(turn.work, menu)
        if option.action == "ticket.place" and turn.work.hood.within(option.args["place"], place)
    }
    return offered.pop() if len(offered) == 1 else place


def _ask_which(turn: Turn, ticket: TicketRow, found: Found) -> bool:
    """Ask in which estate a number lies that several have; False where the words fit one or none."""
    hood, places = turn.work.hood, one_each(found.ambiguous, turn.work.hood)
    if not places:
        return False
    choices = estates.choices(places, hood, ticket.no)
    buttons = offer(turn.work, turn.chat, turn.who, choices, ticket_id=ticket.id)
    turn.reply(estates.which(places, hood, turn.text[slice(*found.text_span)]), buttons=buttons)
    return True


def _talk(turn: Turn) -> str | None:
    scope = turn.group.scope if turn.group else None
    return talk_at(turn.work.hood, scope, turn.person)


def _say_there_is_none(turn: Turn, found: Found) -> bool:
    """Ask once more for the place where the words name a building that is not there."""
    if names_none(found, turn.work.hood):
        words = house_words(turn.work.hood, found.place_id or _talk(turn))
        turn.reply(drafts.no_such_place(found.rest, words))
        return True
    return False


def take_nearer(turn: Turn, dialogue: DialogueRow) -> bool:
    """Another place than the one that was guessed for an emergency."""
    seen = seen_of(turn, dialogue)
    if seen is None or _speaks_of_else(turn, seen):
        return False
    found = find_place(without_wrong(turn.text), turn.work.hood, talked_of(turn, seen))
    ticket = ticket_of(turn, dialogue) if found.place_id or found.rest else None
    if ticket is None:
        return False
    if ticket.state in UNFINISHED and _say_there_is_none(turn, found):
        note_more(turn.work, ticket, turn.who, turn.text)
    elif found.place_id is not None:
        _move(turn, ticket, found.place_id)
    else:
        return False
    return True


def _move(turn: Turn, ticket: TicketRow, place: str) -> None:
    """Note another place than the one that is known; whoever has a finer one by now keeps it."""
    same, placed = place == ticket.place_id, ticket.state in UNFINISHED
    if same or (placed and turn.work.hood.within(ticket.place_id, place)):
        add(turn.work, ticket, turn.who, turn.text)
    else:
        locating.locate(turn.work, ticket, turn.who, place, words=turn.text)


def take_another(turn: Turn, dialogue: DialogueRow) -> bool:
    """不是2栋，是3栋, after the place of an emergency was told; a mere place is about something else."""
    return without_wrong(turn.text) != turn.text and take_nearer(turn, dialogue)


def _ask_place_again(turn: Turn, dialogue: DialogueRow, ticket: TicketRow) -> bool:
    """Say once that the place was not understood; a longer text is about something else."""
    tried = bool(dialogue.data.get("again"))
    if len(turn.text) > SHORT_ANSWER or tried or read_intent(turn.text).intent in ELSEWHERE:
        return False
    if sounds_over(plain(turn.text)):
        return False
    data = {**dialogue.data, "again": True}
    await_reply(turn.work, turn.chat, turn.who, "place", ticket_id=ticket.id, data=data)
    words = house_words(turn.work.hood, ticket.place_id or _talk(turn))
    turn.reply(drafts.place_not_understood(words))
    return True


def _tells_where_in_it(turn: Turn, ticket: TicketRow) -> bool:
    reading = read_intent(turn.work.hood.names.unnamed(turn.text))
    return ticket.state in UNFINISHED and is_mere_detail(turn.text, reading)


def _speaks_of_else(turn: Turn, ticket: TicketRow) -> bool:
    """Tell whether the words report a matter of their own instead of the place of this one.

    They are read as the emergencies before this were: that reading is remembered. What is only
    guessed must be guessed without the place as well: 3栋2单元，就是三楼302 is no report.
    """
    reading = read_intent(turn.work.hood.names.unnamed(turn.text))
    if reading.guessed:
        start, end = find_place(turn.text, turn.work.hood, talked_of(turn, ticket)).text_span
        reading = read_intent(turn.text[:start] + turn.text[end:])
    return reading.category is not None and (
        ticket.state != State.DRAFT or reading.category.code != ticket.category
    )
