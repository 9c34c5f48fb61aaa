"""What one chat cannot be told goes on: to the person's next channel, or from a group to the reporter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from handlers.actions.telling import ASKER
from handlers.messages import ChatKind, ChatRef, direct
from knowledge.community.hood.neighbourhood import MEMBERS
from knowledge.community.roster.people import IMPLICIT_CHANNELS
from knowledge.files.logbook import Logbook
from knowledge.store.rows.dialogues import MenuRow, OptionRow
from knowledge.store.rows.roster import AccountRow, PersonRow
from knowledge.store.rows.tickets import TicketRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from knowledge.store.rows.messages import OutboxRow

CALL = re.compile(r"^@\S+ ")
"""By whom a group sees that it is meant; in private nobody is called."""

log = Logbook()


def detour(session: Session, row: OutboxRow, order: Sequence[str]) -> bool:
    """Send it where the person is reached next, with its choices; False when that is nowhere.

    `order` = the channels that push to people, the first one first.
    """
    if row.channel not in order:
        return False
    here, later = ChatRef(row.channel, row.chat_id), order[order.index(row.channel) :]
    if here.kind is ChatKind.GROUP:
        there = _reporter(session, row, later)
    else:
        there = _next(session, _owner(session, here), later[1:])
    if there is None:
        return False
    tokens = [button["token"] for button in row.buttons]
    menus = select(OptionRow.menu_id).where(OptionRow.token.in_(tokens))
    session.execute(
        update(MenuRow)
        .where(MenuRow.id.in_(menus))
        .values(channel=there.channel, chat_id=there.id)
        .execution_options(synchronize_session=False)
    )
    log.warning("A message takes another channel.", action="outbox.detoured", outbox=row.id)
    row.channel, row.chat_id, row.kind = there.channel, there.id, there.kind
    row.text = CALL.sub("", row.text) if here.kind is ChatKind.GROUP else row.text
    row.state, row.sent_at, row.attempts = "pending", None, 0
    return True


def _next(session: Session, person_id: str | None, channels: Sequence[str]) -> ChatRef | None:
    return next((chat for name in channels if (chat := _chat(session, person_id, name))), None)


def _reporter(session: Session, row: OutboxRow, channels: Sequence[str]) -> ChatRef | None:
    """The reporter's private chat, for what was meant for them in a group that cannot be reached."""
    ticket = session.get(TicketRow, row.ticket_id) if ASKER in row.key else None
    if ticket is None or (ticket.channel, ticket.chat_id) != (row.channel, row.chat_id):
        return None
    if ":" in ticket.reporter:
        return direct(*ticket.reporter.split(":", 1))
    return _next(session, ticket.reporter, channels)


def _owner(session: Session, chat: ChatRef) -> str | None:
    """Whose private chat it is."""
    account = chat.account or ""
    for name in _names(chat.channel):
        row = session.get(AccountRow, (name, account))
        if row is not None:
            return row.person_id
    if chat.channel in IMPLICIT_CHANNELS and session.get(PersonRow, account) is not None:
        return account
    return None


def _chat(session: Session, person_id: str | None, channel: str) -> ChatRef | None:
    """The person's private chat on a channel."""
    if person_id is None:
        return None
    named = select(AccountRow.channel, AccountRow.account).where(
        AccountRow.person_id == person_id, AccountRow.channel.in_(_names(channel))
    )
    accounts = {name: account for name, account in session.execute(named)}  # noqa: C416 -- rows are no pairs to mypy.
    account = next((accounts[name] for name in _names(channel) if name in accounts), None)
    known = account or (person_id if channel in IMPLICIT_CHANNELS else None)
    return direct(channel, known) if known else None


def _names(channel: str) -> tuple[str, ...]:
    """Under which names the roster may write an account on a channel."""
    return (channel, MEMBERS[channel]) if channel in MEMBERS else (channel,)
