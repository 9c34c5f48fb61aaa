"""A chat as somebody sees it: bubbles in order, and the choices still open to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, true

from bot.channels.web import BOT
from bot.web.residents.choices import PAGE, Choice, Reader, chips_of, open_choices
from knowledge.community.roster.people import LADDER
from knowledge.store.admissions import admitted_at, unknown_yet
from knowledge.store.rows.media import MediaRow
from knowledge.store.rows.web import WebMessageRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from knowledge.community.hood.neighbourhood import Neighbourhood

PAUSE = timedelta(minutes=5)
"""After so much silence the time is shown again, as WeChat does."""
NEW = "新来的"
"""Beside the name of somebody of whom no leader has said that they are known."""
QUOTED = 60
"""Characters of a quoted message that are shown."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message; `origin` is bot, me or other, `since` whether the time stands above it."""

    id: int
    key: str
    origin: str
    who: str
    name: str
    badge: str
    text: str
    quote: str
    at: datetime
    since: bool
    choices: tuple[Choice, ...]
    unknown: bool = False
    """The badge is no role: nobody has said yet that they are known."""
    images: tuple[bool, ...] = ()
    """Of each photo whether it is still there, neither covered nor deleted."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Some bubbles of a chat, whether older ones exist, the newest choice and what it answers, all tokens that work."""

    bubbles: tuple[Bubble, ...]
    older: bool
    chips: tuple[Choice, ...]
    asked: str
    live: str


@dataclass(frozen=True, slots=True)
class LastWords:
    """The newest message of a chat; `text` is empty for a photo."""

    id: int
    who: str
    name: str
    text: str
    at: datetime


def newest(session: Session, reader: Reader, before: int | None = None) -> Conversation:
    """Return the last bubbles of the chat, or the last ones older than an id."""
    query = _readable(session, reader)
    if before is not None:
        query = query.where(WebMessageRow.id < before)
    rows = session.scalars(query.order_by(WebMessageRow.id.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE][::-1]
    return _conversation(session, reader, shown, older=len(rows) > PAGE, previous=None)


def after(session: Session, reader: Reader, last: int) -> Conversation:
    """Return what was said after an id, oldest first, and every choice open now."""
    rows = session.scalars(
        _readable(session, reader)
        .where(WebMessageRow.id > last)
        .order_by(WebMessageRow.id)
        .limit(PAGE * 4)
    ).all()
    previous = session.scalar(select(WebMessageRow.at).where(WebMessageRow.id == last))
    return _conversation(session, reader, rows, older=False, previous=previous)


def _readable(session: Session, reader: Reader) -> Select[WebMessageRow]:
    """The bubbles of the chat that the reader may read."""
    return select(WebMessageRow).where(
        WebMessageRow.chat_id == reader.chat_id, readable_since(session, reader.who)
    )


def readable_since(session: Session, who: str) -> ColumnElement[bool]:
    """What somebody may read of a group: who came by an invite, what was said since."""
    since = admitted_at(session, who)
    return true() if since is None else WebMessageRow.at >= since


def last_words(session: Session, chats: Iterable[str], who: str) -> dict[str, LastWords]:
    """Return the newest message of each chat that has one for that reader."""
    ids = (
        select(func.max(WebMessageRow.id))
        .where(WebMessageRow.chat_id.in_(tuple(chats)), readable_since(session, who))
        .group_by(WebMessageRow.chat_id)
    )
    rows = session.scalars(select(WebMessageRow).where(WebMessageRow.id.in_(ids)))
    return {row.chat_id: LastWords(row.id, row.sender, row.name, row.text, row.at) for row in rows}


def _conversation(
    session: Session,
    reader: Reader,
    rows: Sequence[WebMessageRow],
    *,
    older: bool,
    previous: datetime | None,
) -> Conversation:
    live = open_choices(session, reader)
    quotes, kept = _quotes(session, rows), _kept(session, rows)
    strangers = unknown_yet(session, {row.sender for row in rows} - {BOT})
    bubbles = []
    for row in rows:
        mine = tuple(live[one["token"]] for one in row.buttons if one["token"] in live)
        since = previous is None or row.at - previous >= PAUSE
        photos = tuple(image in kept for image in row.images)
        bubble = replace(_bubble(row, reader, mine, quotes, since=since), images=photos)
        bubbles.append(
            replace(bubble, badge=NEW, unknown=True) if row.sender in strangers else bubble
        )
        previous = row.at
    chips, asked = chips_of(session, reader, live)
    return Conversation(tuple(bubbles), older, chips, asked, " ".join(live))


def _kept(session: Session, rows: Sequence[WebMessageRow]) -> frozenset[str]:
    """Ids of the photos of these messages that are still there."""
    shown = {image for row in rows for image in row.images}
    query = select(MediaRow.id).where(MediaRow.id.in_(shown))
    return frozenset(session.scalars(query)) if shown else frozenset()


def _bubble(
    row: WebMessageRow,
    reader: Reader,
    choices: tuple[Choice, ...],
    quotes: dict[str, str],
    *,
    since: bool,
) -> Bubble:
    mine = "me" if row.sender == reader.who else "other"
    return Bubble(
        id=row.id,
        key=row.key,
        origin=BOT if row.sender == BOT else mine,
        who=row.sender,
        name=row.name,
        badge=badge_of(row.sender, reader.hood),
        text=row.text,
        quote=quotes.get(row.quote, ""),
        at=row.at,
        since=since,
        choices=choices,
    )


def badge_of(who: str, hood: Neighbourhood) -> str:
    """Return the role that stands beside a name: given by the roster, never by the text."""
    person = hood.person(who)
    if person is None or not person.active:
        return ""
    return next((role.value for role in reversed(LADDER) if person.has(role)), "")


def _quotes(session: Session, rows: Sequence[WebMessageRow]) -> dict[str, str]:
    keys = {row.quote for row in rows if row.quote}
    if not keys:
        return {}
    found = session.scalars(
        select(WebMessageRow).where(
            WebMessageRow.key.in_(keys), WebMessageRow.chat_id == rows[0].chat_id
        )
    )
    return {row.key: f"{row.name}：{row.text[:QUOTED]}" for row in found}
