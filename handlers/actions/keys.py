"""Keys of other systems: made once, shown once, kept as a hash, counted, revoked."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.auditing import note
from handlers.actions.people.signing import secret_hash
from handlers.phrases.keys import NAME_TAKEN, NO_SUCH_KEY, TOO_OFTEN, WRONG_KEY
from knowledge.community.refusals import NotAllowed, NotFound, TooOften
from knowledge.store.rows.keys import ApiKeyRow

if TYPE_CHECKING:
    from handlers.work import Work


def make_key(work: Work, name: str) -> str:
    """Make a key for the system of that name and return it; it cannot be read again.

    Raises:
        NotAllowed: the name has or had a key: what it handed in stays its own.
    """
    if work.session.get(ApiKeyRow, name) is not None:
        raise NotAllowed(NAME_TAKEN.format(name=name))
    key = secrets.token_urlsafe(24)
    row = ApiKeyRow(name=name, key_hash=secret_hash(key), made_at=work.now, used=0)
    work.session.add(row)
    note(work, "", "key.made", name)
    return key


def revoke_key(work: Work, name: str) -> None:
    """End a key at once; what it handed in stays.

    Raises:
        NotFound: no key in use has this name.
    """
    row = work.session.get(ApiKeyRow, name)
    if row is None or row.revoked_at is not None:
        raise NotFound(NO_SUCH_KEY.format(name=name))
    row.revoked_at = work.now
    note(work, "", "key.revoked", name)


def use_key(work: Work, key: str, most: int) -> str:
    """Count one use of a key, at most `most` a minute, and return its system's name.

    Raises:
        NotAllowed: unknown or revoked.
        TooOften: used too often within this minute.
    """
    row = work.session.scalar(
        select(ApiKeyRow)
        .where(ApiKeyRow.key_hash == secret_hash(key), ApiKeyRow.revoked_at.is_(None))
        .with_for_update()
    )
    if row is None:
        raise NotAllowed(WRONG_KEY)
    minute = work.now.replace(second=0, microsecond=0)
    if row.window_at != minute:
        row.window_at, row.used = minute, 0
    if row.used >= most:
        raise TooOften(TOO_OFTEN.format(most=most))
    row.used += 1
    return row.name
