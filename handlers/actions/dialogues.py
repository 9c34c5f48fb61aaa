"""What we are waiting for from somebody, and photos that wait for their words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from handlers.actions.menus import newest_menu
from handlers.messages import ChatRef
from knowledge.store.rows.dialogues import DialogueRow, HeldPhotoRow
from knowledge.store.sheaf import APART, settle

if TYPE_CHECKING:
    from handlers.work import Work

WANTS_WORDS = frozenset({"place", "matter", "transfer", "human"})
"""Topics whose question has no digits of its own: an older choice is not meant by a digit."""
WARNED = "warned"
"""Topic of who was warned of a swindle: 我已经转了 is not too late to be helped with."""
AFTER = "after"
"""In the data of a dialogue that wants words: the newest choice offered when it began."""
PHOTO_WAITS = timedelta(minutes=10)
"""How long a bare photo is kept for the words that follow (DESIGN §4.2)."""

KEPT = select(DialogueRow).where(
    DialogueRow.channel == bindparam("channel"),
    DialogueRow.chat_id == bindparam("chat"),
    DialogueRow.who == bindparam("who"),
)
"""Also one that has expired and was not swept out yet."""
HELD = (
    select(HeldPhotoRow)
    .where(
        HeldPhotoRow.channel == bindparam("channel"),
        HeldPhotoRow.chat_id == bindparam("chat"),
        HeldPhotoRow.who == bindparam("who"),
        HeldPhotoRow.expires_at > bindparam("now"),
    )
    .order_by(HeldPhotoRow.id)
)
"""Asked with every message: built once."""


def await_reply(
    work: Work,
    chat: ChatRef,
    who: str,
    topic: str,
    *,
    ticket_id: int | None = None,
    data: dict[str, Any] | None = None,
    lasts: timedelta = timedelta(minutes=30),
) -> None:
    """Remember what the next words of `who` in this chat will be about."""
    work.expect(chat, who, work.now + lasts)
    after = {AFTER: newest_menu(work)} if topic in WANTS_WORDS else {}
    row = _kept(work, chat, who) or DialogueRow(channel=chat.channel, chat_id=chat.id, who=who)
    row.topic, row.ticket_id, row.data = topic, ticket_id, (data or {}) | after
    row.expires_at = work.now + lasts
    work.session.add(row)
    work.known["dialogue", chat, who] = row


def pending_dialogue(work: Work, chat: ChatRef, who: str) -> DialogueRow | None:
    """Return what we still wait for from `who` in this chat."""
    found = _kept(work, chat, who)
    return found if found is not None and found.expires_at > work.now else None


def awaits(work: Work, who: str, topic: str) -> bool:
    """Whether we wait for words of `who` about this anywhere."""
    settle(work.session, DialogueRow)
    asked = select(DialogueRow.id).where(
        DialogueRow.who == who, DialogueRow.topic == topic, DialogueRow.expires_at > work.now
    )
    return work.session.scalars(asked, execution_options=APART).first() is not None


def offered_after(dialogue: DialogueRow, menu_id: int) -> bool:
    """Whether a choice was offered after we began to wait for these words (WANTS_WORDS)."""
    return menu_id > int(dialogue.data.get(AFTER, 0))


def end_dialogue(work: Work, chat: ChatRef, who: str) -> None:
    """Stop waiting for `who` in this chat."""
    found = _kept(work, chat, who)
    if found is not None:
        work.session.flush()  # it may be as new as this message
        work.session.delete(found)
        work.session.flush()  # a session would insert the next one before it deletes this one
        work.known["dialogue", chat, who] = None


def end_everywhere(work: Work, who: str, topic: str) -> None:
    """Stop waiting for words of `who` about this in every chat."""
    settle(work.session, DialogueRow)
    asked = select(DialogueRow).where(DialogueRow.who == who, DialogueRow.topic == topic)
    for row in work.session.scalars(asked, execution_options=APART).all():
        end_dialogue(work, ChatRef(row.channel, row.chat_id), who)


def _kept(work: Work, chat: ChatRef, who: str) -> DialogueRow | None:
    """What is written down, looked up once in a unit of work."""
    key = ("dialogue", chat, who)
    if key not in work.known:
        work.known[key] = _begun(work, chat, who) or _written(work, chat, who)
    found: DialogueRow | None = work.known[key]
    return found


def _begun(work: Work, chat: ChatRef, who: str) -> DialogueRow | None:
    """What began with another message of this batch and waits to be written."""
    begun = (row for row in work.session.new if isinstance(row, DialogueRow))
    here = (chat.channel, chat.id, who)
    return next((row for row in begun if (row.channel, row.chat_id, row.who) == here), None)


def _written(work: Work, chat: ChatRef, who: str) -> DialogueRow | None:
    asked = {"channel": chat.channel, "chat": chat.id, "who": who}
    return work.session.scalars(KEPT, asked, execution_options=APART).first()


def hold_photos(work: Work, chat: ChatRef, who: str, images: tuple[str, ...], *, ask: bool) -> None:
    """Keep bare photos until words follow or ten minutes have passed; `ask` about them soon."""
    work.expect(chat, who, work.now + PHOTO_WAITS)
    work.known["photos", chat, who] = True
    for media_id in images:
        work.session.add(
            HeldPhotoRow(
                channel=chat.channel,
                chat_id=chat.id,
                who=who,
                media_id=media_id,
                ask=ask,
                expires_at=work.now + PHOTO_WAITS,
            )
        )


def take_photos(work: Work, chat: ChatRef, who: str) -> tuple[str, ...]:
    """Return the photos that `who` has sent here lately and stop holding them."""
    if work.known.get(("photos", chat, who)) is False:
        return ()
    settle(work.session, HeldPhotoRow)
    asked = {"channel": chat.channel, "chat": chat.id, "who": who, "now": work.now}
    rows = work.session.scalars(HELD, asked, execution_options=APART).all()
    for row in rows:
        work.session.delete(row)
    return tuple(row.media_id for row in rows)
