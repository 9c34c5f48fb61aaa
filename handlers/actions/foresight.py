"""What every message asks of the records, asked once for all messages of a batch.

Each comes from another chat: what one of them changes is nothing that another has been told yet.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from handlers.actions.dialogues import pending_dialogue
from handlers.messages import ChatRef
from knowledge.store.rows.dialogues import DialogueRow, HeldPhotoRow, MenuRow, OptionRow
from knowledge.store.rows.parties import PartyNameRow
from knowledge.store.tickets import by_ids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from handlers.work import Work

    Spoken = Mapping[tuple[ChatRef, str], Work]
    """The unit of work of each speaker in a chat."""


def _among(name: str) -> Any:
    return bindparam(name, expanding=True)


def _in_chats(
    kind: type[DialogueRow | HeldPhotoRow | MenuRow],
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """In one of these chats; as two conditions, because SQLite reads all rows for pairs."""
    return kind.channel.in_(_among("channels")), kind.chat_id.in_(_among("chats"))


_NAMES = select(PartyNameRow.who, PartyNameRow.name).where(PartyNameRow.who.in_(_among("who")))
_DIALOGUES = select(DialogueRow).where(*_in_chats(DialogueRow), DialogueRow.who.in_(_among("who")))
_PHOTOS = select(HeldPhotoRow.channel, HeldPhotoRow.chat_id, HeldPhotoRow.who).where(
    *_in_chats(HeldPhotoRow)
)
_MENUS = (
    select(MenuRow)
    .where(
        *_in_chats(MenuRow),
        MenuRow.who.in_(_among("whose")),
        MenuRow.used_at.is_(None),
        MenuRow.expires_at > bindparam("now"),
    )
    .order_by(MenuRow.id.desc())
)
_OPTIONS = select(OptionRow).where(OptionRow.menu_id.in_(_among("menus"))).order_by(OptionRow.digit)
"""Asked with every batch: built once."""


def foresee(session: Session, works: Sequence[Work]) -> None:
    """Let each unit know how its speaker is called, what is awaited, which choices are open …"""
    spoken = {(work.event.chat, _speaker(work)): work for work in works if work.event}
    if not spoken:
        return
    asked = {
        "channels": list({chat.channel for chat, _ in spoken}),
        "chats": list({chat.id for chat, _ in spoken}),
        "who": list({who for _, who in spoken}),
    }
    _names(session, spoken, asked)
    _dialogues(session, spoken, asked)
    _tickets(session, spoken)
    _photos(session, spoken, asked)
    _menus(session, spoken, asked)


def _speaker(work: Work) -> str:
    return work.hood.party(work.event.channel, work.event.sender) if work.event else ""


def _names(session: Session, spoken: Spoken, asked: dict[str, Any]) -> None:
    names = {row.who: row.name for row in session.execute(_NAMES, {"who": asked["who"]})}
    for (_, who), work in spoken.items():
        work.known["name", who] = names.get(who, "")


def _dialogues(session: Session, spoken: Spoken, asked: dict[str, Any]) -> None:
    rows = session.scalars(_DIALOGUES, asked)
    awaited = {(ChatRef(row.channel, row.chat_id), row.who): row for row in rows}
    for by, work in spoken.items():
        work.known["dialogue", *by] = awaited.get(by)


def _tickets(session: Session, spoken: Spoken) -> None:
    """What the speakers are asked about, locked like what is found by its id."""
    pending = ((work, pending_dialogue(work, *by)) for by, work in spoken.items())
    about = [(work, row.ticket_id) for work, row in pending if row and row.ticket_id]
    tickets = by_ids(session, {ticket_id for _, ticket_id in about})
    for work, ticket_id in about:
        work.known["ticket", ticket_id] = tickets.get(ticket_id)


def _photos(session: Session, spoken: Spoken, asked: dict[str, Any]) -> None:
    """Whether photos wait for words of the speakers; nearly always there are none."""
    rows = session.execute(_PHOTOS, asked)
    held = {(ChatRef(channel, chat), who) for channel, chat, who in rows}
    for by, work in spoken.items():
        work.known["photos", *by] = by in held


def _menus(session: Session, spoken: Spoken, asked: dict[str, Any]) -> None:
    now = next(iter(spoken.values())).now
    offered: dict[ChatRef, list[MenuRow]] = defaultdict(list)
    for menu in session.scalars(_MENUS, asked | {"whose": ["", *asked["who"]], "now": now}):
        offered[ChatRef(menu.channel, menu.chat_id)].append(menu)
    for (chat, who), work in spoken.items():
        work.known["menus", chat, who] = [m for m in offered[chat] if m.who in ("", who)]
    _options(session, spoken)


def _options(session: Session, spoken: Spoken) -> None:
    lines: dict[int, list[OptionRow]] = {
        menu.id: [] for by, work in spoken.items() for menu in work.known["menus", *by]
    }
    for option in session.scalars(_OPTIONS, {"menus": list(lines)}) if lines else ():
        lines[option.menu_id].append(option)
    for by, work in spoken.items():
        work.known |= {("options", menu.id): lines[menu.id] for menu in work.known["menus", *by]}
