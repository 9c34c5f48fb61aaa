"""少发点, 多发点: how many notices a person or a group wants to hear."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from handlers.actions.telling import About, tell_person
from handlers.phrases import paces as phrases
from knowledge.community.hood.access import Act, Relation, may
from knowledge.community.hood.territory import oversees
from knowledge.community.notices.audience import private_chat
from knowledge.store.rows.notices import PaceRow

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.community.places.places import GroupChat

LESS, MORE = "less", "more"
MANY = 3
"""Wishes from which whoever answers for a group is told of them, once."""
_STEP = {LESS: -1, MORE: 1}
_WISH = {-1: LESS, 1: MORE}


def paces(session: Session) -> dict[str, int]:
    """Return what holds for each chat ("channel:id" as plans name it) that wants fewer or more."""
    rows = session.scalars(select(PaceRow).where(PaceRow.who == ""))
    return {f"{row.channel}:{row.chat_id}": _STEP[row.wish] for row in rows}


def change_pace(work: Work, chat: ChatRef, who: str, wish: str) -> str:
    """Take 少发点 or 多发点 said in a chat; return what holds now, "" for a mere wish."""
    group = work.hood.chat(chat.channel, chat.id)
    if group is None:
        pace: int | None = set_own_pace(work, chat, who, wish)
    else:
        pace = set_group_pace(work, group, who, wish)
    if pace is None:
        return ""
    count = replace(work.rules.manners, paces={"": pace}).weekly("")
    return phrases.changed(pace, count, private=group is None)


def set_own_pace(work: Work, chat: ChatRef, who: str, wish: str) -> int:
    """Change how much a person is told in private; return the new pace (-1, 0 or 1)."""
    person = work.hood.people.get(who)
    name = private_chat(person) if person else str(chat)
    channel, _, chat_id = name.partition(":")
    return _step(work, channel, chat_id, wish)


def set_group_pace(work: Work, group: GroupChat, who: str, wish: str) -> int | None:
    """Change how much a group is told, if the person answers for its place.

    Of everybody else it is a wish: counted silently; returns None.
    """
    person = work.hood.people.get(who)
    over = person is not None and oversees(person, group.scope or None, work.hood)
    if may(person, Act.NOTICE_PACE, frozenset({Relation.SUBTREE} if over else ())):
        for row in work.session.scalars(_wishes(group)):
            work.session.delete(row)
        return _step(work, group.channel, group.id, wish)
    _write(work, group.channel, group.id, who, wish)
    _tell_of_wishes(work, group, wish)
    return None


def wishes(session: Session, channel: str, chat_id: str, wish: str) -> int:
    """Return how many members of a group wish for it since its leader last decided."""
    query = select(func.count()).where(
        PaceRow.channel == channel,
        PaceRow.chat_id == chat_id,
        PaceRow.who != "",
        PaceRow.wish == wish,
    )
    return session.scalar(query) or 0


def _tell_of_wishes(work: Work, group: GroupChat, wish: str) -> None:
    work.session.flush()
    if wishes(work.session, group.channel, group.id, wish) != MANY:
        return
    rung = work.hood.responsible(group.scope or None, work.away)
    if rung is not None and rung.person is not None:
        text = phrases.wished(group.name, MANY, less=wish == LESS)
        tell_person(work, rung.person, text, about=About(lane="P3"))


def _step(work: Work, channel: str, chat_id: str, wish: str) -> int:
    """Go one step towards the wish; the middle is not kept."""
    row = _row(work, channel, chat_id, "")
    before = _STEP[row.wish] if row else 0
    pace = max(-1, min(1, before + _STEP[wish]))
    if pace:
        _write(work, channel, chat_id, "", _WISH[pace])
    elif row is not None:
        work.session.delete(row)
    return pace


def _write(work: Work, channel: str, chat_id: str, who: str, wish: str) -> None:
    row = _row(work, channel, chat_id, who)
    if row is None:
        row = PaceRow(channel=channel, chat_id=chat_id, who=who, wish=wish, at=work.now)
        work.session.add(row)
    row.wish, row.at = wish, work.now


def _row(work: Work, channel: str, chat_id: str, who: str) -> PaceRow | None:
    return work.session.scalars(
        select(PaceRow).where(
            PaceRow.channel == channel, PaceRow.chat_id == chat_id, PaceRow.who == who
        )
    ).first()


def _wishes(group: GroupChat) -> Select[PaceRow]:
    return select(PaceRow).where(
        PaceRow.channel == group.channel, PaceRow.chat_id == group.id, PaceRow.who != ""
    )
