"""Looking up invites and who came by them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from knowledge.store.rows.admissions import AdmissionRow, InviteRow
from knowledge.store.rows.audit import AuditRow
from knowledge.store.rows.web import WebMessageRow
from knowledge.store.seats import wait_for_turn
from knowledge.store.stamps import mark, set_mark

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

SECRET = "web.secret"  # noqa: S105 -- the name of the mark, not its value


def signing_key(session: Session) -> bytes:
    """Return the key with which addresses are signed; it is made once and lies in the database."""
    wait_for_turn(session.connection(), SECRET)
    found = mark(session, SECRET)
    if found is None:
        found = secrets.token_hex(32)
        set_mark(session, SECRET, found)
    return bytes.fromhex(found)


def use_up(session: Session, invite_id: int, now: datetime) -> bool:
    """Count one more use of an invite that still works; False when it does not any more."""
    changed = session.execute(
        update(InviteRow)
        .where(
            InviteRow.id == invite_id,
            InviteRow.used < InviteRow.most,
            InviteRow.revoked_at.is_(None),
            InviteRow.expires_at > now,
        )
        .values(used=InviteRow.used + 1)
        .returning(InviteRow.id)
    )
    return changed.scalar() is not None


def admitted_since(session: Session, invite_id: int, since: datetime) -> int:
    """How many came by an invite after that moment."""
    query = select(func.count()).where(
        AdmissionRow.invite_id == invite_id, AdmissionRow.admitted_at > since
    )
    return session.scalar(query) or 0


def deeds_since(session: Session, deed: str, subject: str, since: datetime) -> int:
    """How often that was done to a subject after that moment."""
    query = select(func.count()).where(
        AuditRow.deed == deed, AuditRow.subject == subject, AuditRow.at > since
    )
    return session.scalar(query) or 0


def strangers_of(session: Session, invite_id: int) -> int:
    """How many of those who came by an invite nobody knew."""
    query = select(func.count()).where(
        AdmissionRow.invite_id == invite_id, AdmissionRow.known.is_(False)
    )
    return session.scalar(query) or 0


def invites(session: Session, since: datetime) -> Sequence[InviteRow]:
    """Invites that work or were made lately, the newest first."""
    query = select(InviteRow).where(InviteRow.expires_at > since).order_by(InviteRow.id.desc())
    return session.scalars(query).all()


def admissions(session: Session, since: datetime) -> Sequence[AdmissionRow]:
    """Who came lately, and who still waits for a leader's word; the newest first."""
    query = select(AdmissionRow).where(
        AdmissionRow.known.is_(None) | (AdmissionRow.admitted_at > since)
    )
    return session.scalars(query.order_by(AdmissionRow.admitted_at.desc())).all()


def admitted_at(session: Session, person_id: str) -> datetime | None:
    """When somebody came by an invite; None for people of the roster."""
    return session.scalar(
        select(AdmissionRow.admitted_at).where(AdmissionRow.person_id == person_id)
    )


def unknown_yet(session: Session, people: Collection[str]) -> frozenset[str]:
    """Those among the people of whom no leader has said yet that they are known."""
    query = select(AdmissionRow.person_id).where(
        AdmissionRow.person_id.in_(people), AdmissionRow.known.is_not(True)
    )
    return frozenset(session.scalars(query))


def guests(session: Session) -> frozenset[str]:
    """The ids of all who came by an invite."""
    return frozenset(session.scalars(select(AdmissionRow.person_id)))


def rename_bubbles(session: Session, person_id: str, name: str) -> None:
    """Put somebody's new name over everything that they have said in the built-in chat."""
    session.execute(
        update(WebMessageRow).where(WebMessageRow.sender == person_id).values(name=name)
    )
