"""Writing down what people of the office did: a chain that shows when a line was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.store.audit import Noted, append

if TYPE_CHECKING:
    from handlers.work import Work


def note(work: Work, who: str, deed: str, subject: str = "", detail: str = "") -> None:
    """Write a deed down in the transaction that does it.

    `deed` is `kind.verb` (roster.import, person.disable …), `who` a person's id, "" for a command.
    """
    kind = deed.partition(".")[0]
    append(work.session, Noted(work.now, who, kind, deed, subject, detail))
