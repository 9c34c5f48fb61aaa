"""From what somebody said to the requests in it: one, or two in the order of their urgency."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply, take_photos
from handlers.actions.menus import Choice, offer
from handlers.actions.tickets import filing
from handlers.actions.tickets.adding import pass_on
from handlers.actions.tickets.request import Request
from handlers.intents.detail import tells_detail
from handlers.intents.parting import parted
from handlers.intents.placing import talk_at
from handlers.phrases import drafts
from handlers.thinking.considering import consider
from handlers.thinking.thought import Action, Scene, Thought
from knowledge.community.attached import pictures
from knowledge.community.tickets.ticket import URGENT, Lane

if TYPE_CHECKING:
    from handlers.thinking.thought import Proposal
    from handlers.turn import Turn

SECOND = 2
"""The digit that takes up the other matter: 1 stands for the first."""


def think(turn: Turn) -> Thought:
    """Consider the words of this turn."""
    return consider(turn.text, scene_of(turn), len(pictures(turn.event.images)))


def scene_of(turn: Turn) -> Scene:
    """Where and by whom the words of this turn were said."""
    return Scene(
        hood=turn.work.hood,
        faq=turn.work.faq,
        now=turn.work.now,
        addressed=turn.addressed,
        chat=turn.group,
        sender=turn.person,
        mode=turn.group.mode if turn.group else "积极",
        away=turn.work.away,
        scams=turn.work.scams,
        timetable=turn.work.timetable,
        calendar=turn.work.calendar,
        opinions=turn.work.opinions,
        office=turn.work.rules.office,
    )


def take_up(turn: Turn, thought: Thought, proposal: Proposal) -> None:
    """Log or draft what was said; of two matters the urgent at once, an ordinary second if wanted."""
    parts = _parts(turn)
    told = [(think(part), part) for part in parts] if len(parts) > 1 else []
    asked = [(thought, thought.ticket, part) for thought, part in told if thought.ticket]
    if len(asked) < len(parts):
        _register(turn, thought, proposal)
        return
    (thought, proposal, part), *others = sorted(asked, key=lambda one: one[1].lane)
    _register(_saying(part, part.text, turn.event.images), thought, proposal)
    for thought, proposal, part in others:
        if proposal.lane in URGENT:
            _register(part, thought, proposal)
        else:
            _offer_second(part, proposal)


def _parts(turn: Turn) -> list[Turn]:
    """The turn of each matter in what was said."""
    scope = turn.group.scope if turn.group else None
    parts = parted(turn.text, turn.work.hood, talk_at(turn.work.hood, scope, turn.person))
    return [_saying(turn, part) for part in parts] if len(parts) > 1 else [turn]


def say_again(turn: Turn, text: str) -> None:
    """Take up the other matter of an earlier message."""
    again = _saying(turn, text)
    thought = think(again)
    if thought.ticket is not None:
        _register(again, thought, thought.ticket)


def reread(turn: Turn, text: str) -> Request | None:
    """The request that this person's words, put like this, would become; None for none."""
    proposal = think(_saying(turn, text)).ticket
    return _request(proposal, text) if proposal else None


def _request(proposal: Proposal, words: str, images: tuple[str, ...] = ()) -> Request:
    return Request(
        kind=proposal.kind,
        category=proposal.category,
        lane=proposal.lane,
        matter=proposal.matter,
        place=proposal.place,
        missing=proposal.missing,
        words=words,
        images=images,
        private=proposal.private,
        among=proposal.among,
        presumed=proposal.presumed,
    )


def _saying(turn: Turn, text: str, images: tuple[str, ...] = ()) -> Turn:
    """The same turn with these words, spoken to us."""
    return replace(turn, event=replace(turn.event, text=text, images=images), addressed=True)


def _offer_second(turn: Turn, proposal: Proposal) -> None:
    choice = Choice("也登记", "matter.second", {"text": turn.text})
    buttons = offer(turn.work, turn.chat, turn.who, (choice,), first_digit=SECOND)
    matter = "" if proposal.private else proposal.matter
    turn.reply(drafts.second_matter(turn.name, matter), buttons=buttons)


def _register(turn: Turn, thought: Thought, proposal: Proposal) -> None:
    """Log what is urgent, draft what is not."""
    images = take_photos(turn.work, turn.chat, turn.who) + turn.event.images
    request = _request(proposal, turn.text, images)
    if thought.action is Action.LOG:
        ticket = filing.report(turn.work, turn.who, turn.chat, request, advice=thought.reply or "")
        if ticket.lane == Lane.P0 and ticket.reporter != turn.who and tells_detail(turn.text):
            pass_on(turn.work, ticket, turn.who, turn.text)
        if ticket.reporter == turn.who:
            # A wrong guess of the place must be easy to mend: the next words may name another.
            asked = "place" in proposal.missing and not proposal.presumed
            unknown = asked and ticket.place_id == proposal.place
            topic = "place" if unknown else "nearer"
            await_reply(turn.work, turn.chat, turn.who, topic, ticket_id=ticket.id)
    else:
        filing.draft(turn.work, turn.who, turn.chat, request)
