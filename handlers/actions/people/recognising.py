"""Somebody whom the roster knows stands before an invite: no second person is made of them."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.auditing import note
from handlers.actions.people.nicknames import LONGEST
from handlers.actions.telling import tell_person
from handlers.actions.trouble import administrators
from handlers.phrases import admissions as phrases
from knowledge.community.refusals import TooOften, Unclear
from knowledge.store.admissions import deeds_since

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.admissions import InviteRow

LENGTH = 11
"""Digits of a mobile number."""
PAUSE = timedelta(hours=1)
MOST = 5
"""So often in an hour an invite may find a phone of the roster, or ask for a sign-in address."""


def recognised(work: Work, invite: InviteRow, phone: str) -> bool:
    """Tell whether the roster has this phone. That is counted: an invite is no way to try numbers.

    Raises:
        TooOften: by this invite too many were found lately.
    """
    said = _digits(phone)
    people = (one for one in work.hood.people.values() if one.active)
    if not said or not any(_digits(one.phone) == said for one in people):
        return False
    _count(work, invite, "sign.recognised", phrases.CROWDED)
    return True


def ask_for_link(work: Work, invite: InviteRow, name: str, place: str) -> None:
    """Tell the administrators that somebody asks for a sign-in address; they check who it is.

    Raises:
        Unclear: without a name nobody can be found.
        TooOften: by this invite too many have asked lately.
    """
    name = name.strip()
    if not name:
        raise Unclear(phrases.NAME_NEEDED)
    if len(name) > LONGEST:
        raise Unclear(phrases.NAME_TOO_LONG.format(most=LONGEST))
    _count(work, invite, "sign.asked", phrases.ASKED_OFTEN)
    for person_id in administrators(work):
        tell_person(
            work, person_id, phrases.asks_for_link(name, work.hood.label(place) or "没说住哪里")
        )


def _digits(phone: str) -> str:
    """A number as it is compared: without signs and the country's code."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))[-LENGTH:]


def _count(work: Work, invite: InviteRow, deed: str, refusal: str) -> None:
    subject = f"invite:{invite.id}"
    if deeds_since(work.session, deed, subject, work.now - PAUSE) >= MOST:
        raise TooOften(refusal)
    note(work, "", deed, subject)
