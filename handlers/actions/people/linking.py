"""One person on several networks: a code asked for on the one and typed on the other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from handlers.actions.people.signing import open_session, secret_hash
from handlers.actions.telling import tell_chat
from handlers.messages import ChatRef, direct
from handlers.phrases import links as phrases
from knowledge.community.refusals import NotAllowed, NotFound, TooOften
from knowledge.store.links import take_over
from knowledge.store.rows.links import LinkCodeRow, LinkTryRow, SpokenRow
from knowledge.store.rows.roster import AccountRow, PersonRow
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.roster.people import Person

LASTS = timedelta(minutes=10)
PAUSE = timedelta(hours=1)
MOST_TRIES = 5
"""Wrong codes of one account in an hour; a million codes stand against it."""
NOBODY = "join"
"""No channel: where the tries of those are counted who stand before an invite."""
MOST_IN_ALL = 60
"""Wrong codes of all accounts in an hour: many accounts guess no better than one."""


def give_code(work: Work, person: Person, chat: ChatRef) -> str:
    """Return what to answer: a new code of the person, which ends an older one."""
    code = f"{work.chance.randrange(10**6):06d}"
    work.session.execute(delete(LinkCodeRow).where(LinkCodeRow.person_id == person.id))
    work.session.add(
        LinkCodeRow(
            person_id=person.id,
            code_hash=secret_hash(code),
            channel=chat.channel,
            chat_id=chat.id,
            expires_at=work.now + LASTS,
        )
    )
    return phrases.CODE.format(code=code, minutes=LASTS // timedelta(minutes=1))


def link(work: Work, channel: str, account: str, code: str) -> None:
    """Make an account the code's person; both sides are told.

    A wrong code is answered and counted, and therefore no refusal: that would undo the count.

    Raises:
        TooOften: too many wrong codes lately, of this account or in all.
        NotAllowed: the account is somebody else's, or theirs already.
    """
    _slow_down(work, channel, account)
    row, person = _meant(work, code)
    if row is None or person is None:
        _note_try(work, channel, account)
        tell_chat(work, direct(channel, account), phrases.WRONG)
        return
    owner = work.hood.by_account(channel, account)
    if owner is not None:
        raise NotAllowed(phrases.ALREADY if owner.id == person.id else phrases.OTHERS)
    _connect(work, person, channel, account)
    tell_chat(work, direct(channel, account), phrases.linked(person.called, channel))
    tell_chat(work, ChatRef(row.channel, row.chat_id), phrases.linked_elsewhere(channel))
    work.session.delete(row)


def enter_by_code(work: Work, code: str, asker: str) -> str:
    """Return the secret of a session for the code's person, "" for a wrong code, which is counted.

    `asker` = under what the tries of somebody without an account are counted.

    Raises:
        TooOften: too many wrong codes lately.
    """
    _slow_down(work, NOBODY, asker)
    row, person = _meant(work, code)
    found = work.session.get(PersonRow, person.id) if person else None
    if row is None or found is None:
        _note_try(work, NOBODY, asker)
        return ""
    tell_chat(work, ChatRef(row.channel, row.chat_id), phrases.ENTERED)
    work.session.delete(row)
    return open_session(work, found)


def awaits_code(work: Work) -> bool:
    """Whether anybody has a code that somebody may be about to type."""
    live = select(func.count()).select_from(LinkCodeRow).where(LinkCodeRow.expires_at > work.now)
    return bool(work.session.scalar(live))


def unlink(work: Work, person: Person, channel: str, account: str) -> None:
    """Undo what the person linked: the account that speaks, else all of them.

    Raises:
        NotFound: nothing was linked by a code; what the roster says, the office changes.
    """
    rows = work.session.scalars(
        select(AccountRow).where(
            AccountRow.person_id == person.id, AccountRow.linked_at.is_not(None)
        )
    ).all()
    mine = [row for row in rows if (row.channel, row.account) == (channel, account)]
    undone = mine or list(rows)
    if not undone:
        raise NotFound(phrases.NO_LINK)
    here = direct(channel, account)
    said = phrases.unlinked(row.channel for row in undone)
    for chat in dict.fromkeys([here, *(direct(row.channel, row.account) for row in rows)]):
        tell_chat(work, chat, said)
    for row in undone:
        work.session.delete(row)
    work.session.execute(delete(SpokenRow).where(SpokenRow.person_id == person.id))
    touch(work.session, "roster")


def _meant(work: Work, code: str) -> tuple[LinkCodeRow | None, Person | None]:
    """The row of a code that still works, and whose it is."""
    row = work.session.scalar(
        select(LinkCodeRow).where(
            LinkCodeRow.code_hash == secret_hash(code), LinkCodeRow.expires_at > work.now
        )
    )
    person = work.hood.person(row.person_id) if row else None
    return row, person if person is not None and person.active else None


def _connect(work: Work, person: Person, channel: str, account: str) -> None:
    work.session.add(
        AccountRow(channel=channel, account=account, person_id=person.id, linked_at=work.now)
    )
    take_over(work.session, f"{channel}:{account}", person.id)
    touch(work.session, "roster")


def _slow_down(work: Work, channel: str, account: str) -> None:
    since = work.now - PAUSE
    row = work.session.get(LinkTryRow, (channel, account))
    total = select(func.sum(LinkTryRow.tries)).where(LinkTryRow.since > since)
    mine = row.tries if row and row.since > since else 0
    if mine >= MOST_TRIES or (work.session.scalar(total) or 0) >= MOST_IN_ALL:
        raise TooOften(phrases.TOO_MANY)


def _note_try(work: Work, channel: str, account: str) -> None:
    """Count a wrong code; kept although nothing was linked, so it is no refusal."""
    row = work.session.get(LinkTryRow, (channel, account))
    if row is None or row.since <= work.now - PAUSE:
        row = work.session.merge(
            LinkTryRow(channel=channel, account=account, since=work.now, tries=0)
        )
    row.tries += 1
