"""The choices that are open to somebody in a chat, and which of them stand above the composer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.channels.web import BOT
from bot.web.membership import CHANNEL
from knowledge.store.rows.dialogues import MenuRow, OptionRow
from knowledge.store.rows.web import WebMessageRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from knowledge.community.hood.neighbourhood import Neighbourhood

PAGE = 50
"""Bubbles that a page shows at once."""
QUESTION = "faq."
"""How the actions of choices begin that belong to a question."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at which chat, and when."""

    chat_id: str
    who: str
    hood: Neighbourhood
    now: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that this person may still press."""

    label: str
    token: str
    passing: bool = False
    """It belongs to a question, from which people go on to something else."""


def open_choices(session: Session, reader: Reader) -> dict[str, Choice]:
    """Return the buttons that still work for this person in this chat, by token."""
    found = session.execute(
        select(OptionRow.token, OptionRow.label, OptionRow.action)
        .join(MenuRow, OptionRow.menu_id == MenuRow.id)
        .where(
            MenuRow.channel == CHANNEL,
            MenuRow.chat_id == reader.chat_id,
            MenuRow.used_at.is_(None),
            MenuRow.expires_at > reader.now,
            MenuRow.who.in_(("", reader.who)),
        )
        .order_by(MenuRow.id, OptionRow.digit)
    )
    return {
        token: Choice(label, token, passing=action.startswith(QUESTION))
        for token, label, action in found
    }


def chips_of(
    session: Session, reader: Reader, live: dict[str, Choice]
) -> tuple[tuple[Choice, ...], str]:
    """The open choices of the newest message that has any; its first line where others came after it.

    Those of a question stay in their bubble alone once the reader has gone on to something else.
    """
    said = select(WebMessageRow.id, WebMessageRow.buttons, WebMessageRow.text)
    said = said.where(WebMessageRow.chat_id == reader.chat_id, WebMessageRow.sender == BOT)
    recent = said.order_by(WebMessageRow.id.desc()).limit(PAGE)
    for age, (row, buttons, text) in enumerate(session.execute(recent) if live else ()):
        chips = tuple(live[one["token"]] for one in buttons if one["token"] in live)
        if chips and not (chips[0].passing and _spoke_after(session, reader, row)):
            return chips, text.partition("\n")[0] if age else ""
    return (), ""


def _spoke_after(session: Session, reader: Reader, message: int) -> bool:
    """Whether the reader has said something since that message."""
    since = select(WebMessageRow.id).where(
        WebMessageRow.chat_id == reader.chat_id,
        WebMessageRow.id > message,
        WebMessageRow.sender == reader.who,
    )
    return session.scalar(since.limit(1)) is not None
