"""Invites: made for an estate, signed, counted, ended."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.phrases import admissions as phrases
from knowledge.community.refusals import NotFound, Outdated
from knowledge.store.admissions import signing_key
from knowledge.store.rows.admissions import InviteRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.work import Work

TERMINAL = ""
"""Who made the invite that `linli run --lan` shows."""
LASTS = timedelta(days=1)
MOST_PEOPLE = 500
LONGEST = timedelta(days=30)

_NUMBER = re.compile("[0-9]{1,15}")


def make_invite(
    work: Work, who: str, place: str | None, most: int = 1, lasts: timedelta = LASTS
) -> InviteRow:
    """Make an invite to a place (None = anywhere) for so many people, one unless said otherwise.

    Raises:
        NotFound: no such place.
    """
    if place is not None and place not in work.hood.places:
        raise NotFound(phrases.NO_SUCH_PLACE)
    row = InviteRow(
        place_id=place,
        made_by=who,
        made_at=work.now,
        expires_at=work.now + min(lasts, LONGEST),
        most=min(max(most, 1), MOST_PEOPLE),
    )
    work.session.add(row)
    work.session.flush()
    return row


def revoke_invite(work: Work, invite_id: int, who: str = "", why: str = "") -> None:
    """End an invite at once, somebody or the program itself; who came by it stays."""
    row = work.session.get(InviteRow, invite_id)
    if row is None:
        raise NotFound(phrases.UNKNOWN)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by, row.why = work.now, who, why


def token_of(session: Session, invite_id: int) -> str:
    """Return what stands in the address of an invite: its id and a signature of 128 bits."""
    return f"{invite_id}-{_signature(session, invite_id)}"


def find_invite(work: Work, token: str) -> InviteRow:
    """Return the invite of a token if somebody may still come by it.

    Raises:
        Outdated: forged, spent, too old or ended; the sentence says which and what to do.
    """
    number, _, proof = token.partition("-")
    invite_id = int(number) if _NUMBER.fullmatch(number) else 0
    if not hmac.compare_digest(proof.encode(), _signature(work.session, invite_id).encode()):
        raise Outdated(phrases.UNKNOWN)
    row = work.session.get(InviteRow, invite_id)
    if row is None:
        raise Outdated(phrases.UNKNOWN)
    if row.revoked_at is not None:
        raise Outdated(phrases.REVOKED)
    if row.expires_at <= work.now:
        raise Outdated(phrases.EXPIRED)
    return row


def _signature(session: Session, invite_id: int) -> str:
    said = f"invite:{invite_id}".encode()
    return hmac.new(signing_key(session), said, hashlib.sha256).hexdigest()[:32]
