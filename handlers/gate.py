"""Which group messages are worth a row: called, urgent, a report, a question, a swindle, pending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.fraud import suspect
from handlers.intents.commands import read_command
from handlers.intents.echo import echoes_outage
from handlers.intents.ended import sounds_over
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.read import read_matter
from knowledge.community.tickets.ticket import URGENT, Lane
from knowledge.community.words.scams import NO_SCAMS, KnownScams

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.community.places.places import ChatMode

SPOKEN_OF: dict[ChatMode, frozenset[Lane]] = {
    "积极": frozenset(Lane),
    "仅@": URGENT,
    "静音": frozenset({Lane.P0}),
}
"""Lanes that are taken up although nobody called the bot, by the group's mode."""
SHORT = 60
"""Characters up to which the words of somebody with a pending matter count as a reply to it."""


def worth_storing(
    text: str,
    *,
    addressed: bool,
    names: Iterable[str],
    pending: bool,
    reported: bool = False,
    outage: bool = False,
    mode: ChatMode = "积极",
    has_images: bool = False,
    scams: KnownScams = NO_SCAMS,
) -> bool:
    """Whether a group message may ask something of the bot; False leaves no trace of it.

    `pending`: we wait for short words of theirs; `reported`: here they told of a matter that is open;
    `outage`: of an outage the group has just heard. Never False for what `consider` would act upon in a group of that mode.
    """
    if addressed or (has_images and not text.strip()) or (pending and len(text) <= SHORT):
        return True
    if any(name in text for name in names) or read_command(text) is not None:
        return True
    said = plain(text)
    if (reported and sounds_over(said)) or (outage and echoes_outage(said)):
        return True
    return _is_for_us(said, mode, scams)


def _is_for_us(said: str, mode: ChatMode, scams: KnownScams) -> bool:
    """Whether plain words, said to nobody, may be taken up in a group of that mode."""
    lively = mode == "积极"
    if lively and (asks_something(said) or _tells_of_fraud(said, scams)):
        return True
    matter = read_matter(said)
    return matter is not None and matter.lane in SPOKEN_OF[mode]


def _tells_of_fraud(said: str, scams: KnownScams) -> bool:
    """Whether we would speak of it uncalled: a loss, what shows itself to who asks, or a known text again."""
    suspicion = suspect(said)
    if suspicion is not None and (suspicion.robbed or suspicion.evident):
        return True
    known = scams.nearest(said)
    return known is not None and known.near_exact
