"""Telling somebody something: a row in the transaction of the change it tells of.

`tell_chat` is the one exit: whatever goes into a group is masked here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.reaching import private_chat
from handlers.messages import PULLED, Button, ChatKind, ChatRef
from knowledge.community.attached import pictures
from knowledge.community.hood.dutyphones import duty_phones
from knowledge.community.privacy import mask, mobiles
from knowledge.community.tickets.ticket import URGENT as URGENT_LANES
from knowledge.faq.script import is_traditional, to_traditional
from knowledge.store.rows.messages import BULK, URGENT, USUAL, OutboxRow
from knowledge.store.sheaf import MESSAGES, lay

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.work import Work

WAITING_LANES = frozenset({"P2", "P3"})
"""Lanes whose pushes wait for the end of quiet hours (DESIGN §6)."""
FADING = ":fading"
"""End of the key of a message that only says how things stand: a card, a reminder, a step."""
ASKER = ":asker:"
"""In the key of what is meant for the reporter of a ticket alone, wherever it is said."""
PASSING = f":passing{FADING}"
"""End of the key of what the clock has said, of which only the newest matters."""


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, for pacing, quiet hours and the record."""

    ticket_id: int | None = None
    lane: str | None = None
    notice_id: str | None = None
    round_id: int | None = None
    repeatable: bool = False
    at_once: bool = False
    """An answer: quiet hours never hold it back."""
    not_before: datetime | None = None
    """A moment before which it is not sent, whatever the hour."""
    subject: str = ""
    """Ends the key, so that what was not sent yet can be found again and taken back."""
    fading: bool = False
    """Says only how things stand: dropped where they have moved on before it was sent."""
    passing: bool = False
    """Says it only until the clock says more: fading, and dropped then too."""
    asker: bool = False
    """For the reporter of the ticket: told them in private where their group hears us no more."""
    instead: bool = False
    """Takes the place of the cards about the ticket, on a channel that can change them."""


PLAIN = About()


def tell_chat(
    work: Work,
    chat: ChatRef,
    text: str,
    *,
    buttons: tuple[Button, ...] = (),
    images: tuple[str, ...] = (),
    about: About = PLAIN,
) -> str:
    """Queue one message for a chat and return its key; in a group all that is personal is masked.

    A system that asks by itself (Open311) is told nothing: the message is not kept.
    """
    work.told += 1
    whom = ASKER if about.asker else ""
    key = f"{work.cause}:{work.told}{whom}{about.subject}{_end(about)}"
    if chat.channel == PULLED:
        return key
    text = _in_script(work, chat, text)
    row = {
        "key": key,
        "text": masked(work, text) if chat.kind is ChatKind.GROUP else text,
        "buttons": [{"label": button.label, "token": button.token} for button in buttons],
        "images": pictures(images),
    }
    lay(work.session, MESSAGES, row | _addressed(work, chat, about))
    return key


def _in_script(work: Work, chat: ChatRef, text: str) -> str:
    """Answer in the script in which somebody has just spoken; whoever else is told reads the usual one."""
    spoken = work.event.text if work.event is not None and chat == work.chat else ""
    return to_traditional(text) if is_traditional(spoken) else text


def masked(work: Work, text: str) -> str:
    """Return the text without what is personal: of all phones only those of the 值班 are shown."""
    hidden = mask(text)
    if hidden == text:
        return text
    public = duty_phones(work.hood.people.values()) | mobiles(work.rules.duty_phone)
    return mask(text, public)


def tell_person(
    work: Work,
    person_id: str,
    text: str,
    *,
    images: tuple[str, ...] = (),
    about: About = PLAIN,
    task: bool = False,
    avoid: str = "",
) -> str | None:
    """Queue a private message for a person of the roster; its key, None when out of reach.

    `avoid` = the channel by which it must not go, because it is the trouble.
    """
    chat = private_chat(work, person_id, task=task, avoid=avoid)
    if chat is None:
        return None
    return tell_chat(work, chat, text, images=images, about=about)


def _addressed(work: Work, chat: ChatRef, about: About) -> dict[str, object]:
    """The columns of a message that say where it goes, what it is about and when it may be sent."""
    not_before = _not_before(work, chat, about)
    keeps_hours = _keeps_hours(work, chat, about)
    return {
        "channel": chat.channel,
        "chat_id": chat.id,
        "kind": chat.kind.value,
        "ticket_id": about.ticket_id,
        "notice_id": about.notice_id,
        "round_id": about.round_id,
        "rank": _rank(about),
        "lane": about.lane,
        "repeatable": about.repeatable,
        "replaces": _cards(work, chat, about) if about.instead else "",
        "not_before": not_before,
        "not_after": work.rules.manners.loud_until(not_before) if keeps_hours else None,
        "created_at": work.now,
    }


def _end(about: About) -> str:
    if about.passing:
        return PASSING
    return FADING if about.fading else ""


def _cards(work: Work, chat: ChatRef, about: About) -> str:
    """Return the receipts of the cards about the ticket that the chat has got, the newest first."""
    query = (
        select(OutboxRow.receipt, OutboxRow.buttons)
        .where(
            OutboxRow.ticket_id == about.ticket_id,
            OutboxRow.channel == chat.channel,
            OutboxRow.chat_id == chat.id,
            OutboxRow.state == "sent",
        )
        .order_by(OutboxRow.id.desc())
    )
    rows = work.session.execute(query)
    return " ".join(row.receipt for row in rows if row.buttons and row.receipt)


def _rank(about: About) -> int:
    """Who goes first where many wait: never an urgent push behind ten thousand notices."""
    if about.lane in URGENT_LANES:
        return URGENT
    return BULK if about.notice_id is not None and about.lane is None else USUAL


def _not_before(work: Work, chat: ChatRef, about: About) -> datetime:
    if about.not_before is not None:
        return about.not_before
    may_wait = _may_wait(work, chat, about)
    return work.rules.manners.first_loud(work.now) if may_wait else work.now


def _may_wait(work: Work, chat: ChatRef, about: About) -> bool:
    """Whether it is a push that is not urgent, and no answer in the chat that has just spoken."""
    return not about.at_once and about.lane in WAITING_LANES and chat != work.chat


def _keeps_hours(work: Work, chat: ChatRef, about: About) -> bool:
    """Whether it must not come in quiet hours either if a channel was down meanwhile."""
    if about.round_id is not None:
        return about.lane not in URGENT_LANES
    return about.not_before is None and _may_wait(work, chat, about)
