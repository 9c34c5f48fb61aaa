"""What every message asks of the records, asked once for all messages of a batch.

Each comes from another chat: what one of them changes is nothing that another has been told yet.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

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


def foresee(session: Session, works: Sequence[Work]) -> None:
    """Let each unit know how its speaker is called, what is awaited, which choices are open …"""
    spoken = {(work.event.chat, _speaker(work)): work for work in works if work.event}
    if not spoken:
        return
    _names(session, spoken)
    _dialogues(session, spoken)
    _tickets(session, spoken)
    _photos(session, spoken)
    _menus(session, spoken)


def _speaker(work: Work) -> str:
    return work.hood.party(work.event.channel, work.event.sender) if work.event else ""


def _names(session: Session, spoken: Mapping[tuple[ChatRef, str], Work]) -> None:
    parties = {who for _, who in spoken}
    query = select(PartyNameRow.who, PartyNameRow.name).where(PartyNameRow.who.in_(parties))
    names = {row.who: row.name for row in session.execute(query)}
    for (_, who), work in spoken.items():
        work.known["name", who] = names.get(who, "")


def _dialogues(session: Session, spoken: Mapping[tuple[ChatRef, str], Work]) -> None:
    here = (*_in_chats(DialogueRow, spoken), DialogueRow.who.in_({who for _, who in spoken}))
    rows = session.scalars(select(DialogueRow).where(*here))
    awaited = {(ChatRef(row.channel, row.chat_id), row.who): row for row in rows}
    for by, work in spoken.items():
        work.known["dialogue", *by] = awaited.get(by)


def _tickets(session: Session, spoken: Mapping[tuple[ChatRef, str], Work]) -> None:
    """What the speakers are asked about, locked like what is found by its id."""
    pending = ((work, pending_dialogue(work, *by)) for by, work in spoken.items())
    about = [(work, row.ticket_id) for work, row in pending if row and row.ticket_id]
    tickets = by_ids(session, {ticket_id for _, ticket_id in about})
    for work, ticket_id in about:
        work.known["ticket", ticket_id] = tickets.get(ticket_id)


def _photos(session: Session, spoken: Mapping[tuple[ChatRef, str], Work]) -> None:
    """Whether photos wait for words of the speakers; nearly always there are none."""
    row = HeldPhotoRow
    query = select(row.channel, row.chat_id, row.who).where(*_in_chats(row, spoken))
    held = {(ChatRef(channel, chat), who) for channel, chat, who in session.execute(query)}
    for by, work in spoken.items():
        work.known["photos", *by] = by in held


def _menus(session: Session, spoken: Mapping[tuple[ChatRef, str], Work]) -> None:
    now = next(iter(spoken.values())).now
    fresh = (*_in_chats(MenuRow, spoken), MenuRow.used_at.is_(None), MenuRow.expires_at > now)
    offered: dict[ChatRef, list[MenuRow]] = defaultdict(list)
    for menu in session.scalars(select(MenuRow).where(*fresh).order_by(MenuRow.id.desc())):
        offered[ChatRef(menu.channel, menu.chat_id)].append(menu)
    for (chat, who), work in spoken.items():
        work.known["menus", chat, who] = [m for m in offered[chat] if m.who in ("", who)]
    _options(session, spoken)


def _in_chats(
    kind: type[DialogueRow | HeldPhotoRow | MenuRow], spoken: Mapping[tuple[ChatRef, str], Work]
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """In one of these chats; as two conditions, because SQLite reads all rows for pairs."""
    channels, chats = {chat.channel for chat, _ in spoken}, {chat.id for chat, _ in spoken}
    return kind.channel.in_(channels), kind.chat_id.in_(chats)


def _options(session: Session, spoken: Mapping[tuple[ChatRef, str], Work]) -> None:
    lines: dict[int, list[OptionRow]] = {
        menu.id: [] for by, work in spoken.items() for menu in work.known["menus", *by]
    }
    asked = select(OptionRow).where(OptionRow.menu_id.in_(lines)).order_by(OptionRow.digit)
    for option in session.scalars(asked) if lines else ():
        lines[option.menu_id].append(option)
    for by, work in spoken.items():
        work.known |= {("options", menu.id): lines[menu.id] for menu in work.known["menus", *by]}
