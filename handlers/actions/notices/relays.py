"""Passing a notice on level by level: each level confirms, then the next one and its groups get it.

Nobody is asked more than three times, and a level that stays silent holds up nobody below it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from handlers.actions.menus import LONG, Choice, offer
from handlers.actions.notices.delivering import RELAY, deliver
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, tell_chat, tell_person
from handlers.messages import ChatRef
from handlers.phrases import relays as phrases
from knowledge.community.notices.levels import KEEPERS, below, keeper, level_of, roots
from knowledge.store.once import insert_once
from knowledge.store.rows.notices import RelayRow, SendingRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.actions.notices.posting import Post
    from handlers.work import Work
    from knowledge.community.notices.notice import Notice
    from knowledge.community.places.places import Place

REMIND_AFTER = timedelta(hours=2)
REMINDERS = 2
"""After so many without an answer it goes on without them (research/civic.md §2, no. 18)."""


def begin(work: Work, notice: Notice, what: Post) -> None:
    """Hand a notice to the highest level of its audience; known already = no effect."""
    first = RelayRow(notice_id=notice.id, planned=what.planned, title=what.title, body=what.body)
    _hand(work, first, roots(notice.audience, work.hood))


def confirm(work: Work, who: str, relay_ids: Iterable[int]) -> None:
    """Note that somebody has passed it on to their places, and hand it to the next level."""
    rows = [
        row
        for row in (work.session.get(RelayRow, relay_id) for relay_id in relay_ids)
        if row is not None and row.person_id == who and row.state == "waiting"
    ]
    handed = sum(_settle(work, row, "confirmed") for row in rows)
    tell_person(work, who, phrases.confirmed(handed), about=About(at_once=True))
    for row in rows[:1]:
        _tell_end(work, row)


def relays_due(session: Session) -> datetime | None:
    """Return when somebody is reminded next."""
    return session.scalar(select(func.min(RelayRow.remind_at)))


def remind(work: Work) -> int:
    """Remind whoever has not confirmed, twice; then let it go on without them."""
    due = work.session.scalars(
        select(RelayRow).where(RelayRow.remind_at <= work.now).order_by(RelayRow.id)
    ).all()
    again: dict[tuple[str, str, datetime], list[RelayRow]] = defaultdict(list)
    for row in due:
        if row.reminders < REMINDERS and row.person_id is not None:
            row.reminders += 1
            row.remind_at = _next_reminder(work)
            again[row.person_id, row.notice_id, row.planned].append(row)
        else:
            _settle(work, row, "passed")
            _tell_end(work, row)
    for (person_id, _, _), rows in again.items():
        _ask(work, person_id, rows, again=True)
    return len(due)


def _hand(work: Work, first: RelayRow, places: Sequence[Place]) -> int:
    """Put the notice before the keepers of these places; return how many people were asked."""
    asked: dict[str, list[RelayRow]] = defaultdict(list)
    for place in places:
        row = _claim(work, first, place)
        if row is None:
            continue
        if row.person_id is None or private_chat(work, row.person_id) is None:
            _settle(work, row, "passed")
        else:
            asked[row.person_id].append(row)
    for person_id, rows in asked.items():
        _ask(work, person_id, rows)
    return len(asked)


def _claim(work: Work, first: RelayRow, place: Place) -> RelayRow | None:
    """Write down a place's turn; None where it has had it already."""
    values = {
        "notice_id": first.notice_id,
        "planned": first.planned,
        "place_id": place.id,
        "person_id": keeper(place, work.hood, work.away),
        "title": first.title,
        "body": first.body,
        "state": "waiting",
        "told_at": work.now,
        "remind_at": _next_reminder(work),
        "reminders": 0,
    }
    table = RelayRow.metadata.tables["relay"]
    statement = insert_once(work.session, table, "notice_id", "planned", "place_id")
    new = work.session.execute(statement.returning(table.c.id), values).scalar()
    return work.session.get(RelayRow, new) if new is not None else None


def _ask(work: Work, person_id: str, rows: Sequence[RelayRow], *, again: bool = False) -> None:
    chat = private_chat(work, person_id)
    if chat is None:
        return
    about = About(notice_id=rows[0].notice_id, lane="P3")
    if not again:
        tell_chat(work, chat, rows[0].body, about=about)
    choice = Choice(phrases.PASSED_ON, "relay.confirm", {"relays": [row.id for row in rows]})
    buttons = offer(work, chat, person_id, (choice,), lasts=LONG)
    names = [work.hood.label(row.place_id) for row in rows]
    text = phrases.card(rows[0].title, names, again=again)
    tell_chat(work, chat, text, buttons=buttons, about=about)


def _settle(work: Work, row: RelayRow, state: str) -> int:
    """End a place's turn: its groups get the notice, the next level is asked; return how many."""
    row.state, row.settled_at, row.remind_at = state, work.now, None
    _post(work, row)
    return _hand(work, row, below(row.place_id, work.hood))


def _post(work: Work, row: RelayRow) -> None:
    """Send the notice to the groups of this very level."""
    waiting = work.session.scalars(
        select(SendingRow).where(
            SendingRow.notice_id == row.notice_id,
            SendingRow.planned == row.planned,
            SendingRow.status == RELAY,
            SendingRow.at.is_(None),
        )
    )
    for sending in waiting:
        group = work.hood.chat(sending.channel, sending.chat_id)
        level = level_of(group.scope, work.hood) if group else None
        if level is not None and level.id == row.place_id:
            deliver(work, sending, ChatRef(sending.channel, sending.chat_id))


def _tell_end(work: Work, row: RelayRow) -> None:
    """Tell whoever began it how far it got, once nobody is waited for any more."""
    rows = work.session.scalars(
        select(RelayRow).where(RelayRow.notice_id == row.notice_id, RelayRow.planned == row.planned)
    ).all()
    if any(one.state == "waiting" for one in rows):
        return
    levels = []
    for kind in KEEPERS:
        mine = [one for one in rows if work.hood.places[one.place_id].kind is kind]
        if mine:
            done = sum(one.state == "confirmed" for one in mine)
            levels.append((kind.value, done, len(mine)))
    silent = [work.hood.label(one.place_id) for one in rows if one.state != "confirmed"]
    text = phrases.settled(row.title, levels, silent)
    ids = {one.place_id for one in rows}
    begun = {
        one.person_id
        for one in rows
        if one.person_id and not set(work.hood.ancestors(one.place_id)[1:]) & ids
    }
    for person_id in sorted(begun):
        tell_person(work, person_id, text, about=About(notice_id=row.notice_id, lane="P3"))


def _next_reminder(work: Work) -> datetime:
    return work.rules.manners.first_loud(work.now + REMIND_AFTER)
