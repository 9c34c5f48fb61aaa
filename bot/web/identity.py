"""Who is asking: a signed-in browser, or in a demo the person named by the address."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.people.signing import secret_hash
from knowledge.store.admissions import signing_key
from knowledge.store.rows.roster import PersonRow
from knowledge.store.rows.web import SessionRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.web.application import Application
    from knowledge.community.roster.people import Person

COOKIE = "linli"
AS = "/as/"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person (None = a stranger) with the beginning of their addresses and form secret."""

    person: Person | None
    base: str
    csrf: str


class Identities:
    """Recognises people; its secret lies in the database, so restarts sign nobody out."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._secret = b""

    async def prepare(self) -> None:
        """Load the secret, or make it once."""
        self._secret = await self._app.database.write(signing_key)

    def pass_of(self, person_id: str) -> str:
        """Return the token that stands for a person in a demo's addresses."""
        return f"{person_id}.{self._sign('as', person_id)}"

    def by_pass(self, token: str) -> Identity | None:
        """Return whom a demo address names; None outside a demo or for a forged token."""
        person_id, _, proof = token.rpartition(".")
        genuine = hmac.compare_digest(proof.encode(), self._sign("as", person_id).encode())
        person = self._app.town.hood.person(person_id)
        if not self._app.demo or not genuine or person is None or not person.active:
            return None
        return Identity(person, AS + token, self._sign("csrf", person_id))

    def stranger(self) -> Identity:
        """Return somebody who is not signed in."""
        return Identity(None, "", self._sign("csrf", ""))

    async def by_cookie(self, cookie: str | None) -> Identity:
        """Return the person of a session cookie, a stranger for none or an ended one."""
        if not cookie:
            return self.stranger()
        now = self._app.clock.now()
        found = await self._app.look(lambda session: _session(session, cookie, now))
        person = self._app.town.hood.person(found[0]) if found else None
        if found is None or person is None:
            return self.stranger()
        return Identity(person, "", found[1])

    def _sign(self, purpose: str, person_id: str) -> str:
        said = f"{purpose}:{person_id}".encode()
        return hmac.new(self._secret, said, hashlib.sha256).hexdigest()[:32]


def _session(session: Session, cookie: str, now: datetime) -> tuple[str, str] | None:
    """Return person id and form secret of a live session whose roles have not changed since."""
    row = session.execute(
        select(SessionRow.person_id, SessionRow.csrf)
        .join(PersonRow, PersonRow.id == SessionRow.person_id)
        .where(
            SessionRow.token_hash == secret_hash(cookie),
            SessionRow.expires_at > now,
            SessionRow.role_version == PersonRow.role_version,
            PersonRow.active,
        )
    ).first()
    return (row[0], row[1]) if row else None
