"""Signing in: a one-time address becomes a browser's session, which dies with the role."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from handlers.actions.auditing import note
from handlers.phrases.signing import ADDRESS_SPENT, NOBODY_OF_THAT_NAME
from knowledge.community.refusals import NotFound, Outdated
from knowledge.store.rows.roster import PersonRow
from knowledge.store.rows.web import SessionRow, SignInRow

if TYPE_CHECKING:
    from handlers.work import Work

ADDRESS_LASTS = timedelta(days=1)
SESSION_LASTS = timedelta(days=90)
"""A resident's phone should not ask again every week; a change of role ends it at once."""


def secret_hash(token: str) -> str:
    """Return what is kept of a token: it cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(work: Work, person_id: str, by: str = "") -> str:
    """Make a one-time sign-in token for a person of the roster and return it.

    `by` is the administrator who asked for it, "" for a command.

    Raises:
        NotFound: nobody active has this id.
    """
    person = work.hood.person(person_id)
    if person is None or not person.active:
        raise NotFound(NOBODY_OF_THAT_NAME)
    token = _token(work)
    work.session.add(
        SignInRow(
            token_hash=secret_hash(token),
            person_id=person_id,
            expires_at=work.now + ADDRESS_LASTS,
        )
    )
    note(work, by, "sign.invite", person_id)
    return token


def enter(work: Work, token: str) -> str:
    """Use up a sign-in token and return the new session's secret.

    Raises:
        Outdated: unknown, used already, too old, or the person is gone.
    """
    spent = work.session.execute(
        update(SignInRow)
        .where(
            SignInRow.token_hash == secret_hash(token),
            SignInRow.used_at.is_(None),
            SignInRow.expires_at > work.now,
        )
        .values(used_at=work.now)
        .returning(SignInRow.person_id)
    ).scalar()
    person = work.session.get(PersonRow, spent) if spent else None
    if person is None or not person.active:
        raise Outdated(ADDRESS_SPENT)
    return open_session(work, person)


def open_session(work: Work, person: PersonRow) -> str:
    """Sign a browser in as that person and return the session's secret."""
    secret = _token(work)
    work.session.add(
        SessionRow(
            token_hash=secret_hash(secret),
            person_id=person.id,
            role_version=person.role_version,
            csrf=_token(work),
            created_at=work.now,
            expires_at=work.now + SESSION_LASTS,
        )
    )
    note(work, person.id, "sign.in")
    return secret


def leave(work: Work, secret: str) -> None:
    """End the session of that secret."""
    ended = work.session.execute(
        delete(SessionRow)
        .where(SessionRow.token_hash == secret_hash(secret))
        .returning(SessionRow.person_id)
    ).scalar()
    if ended is not None:
        note(work, ended, "sign.out")


def _token(work: Work) -> str:
    return f"{work.chance.getrandbits(192):048x}"
