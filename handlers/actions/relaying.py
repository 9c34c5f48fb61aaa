"""What the bot carries from one person to another, and what it never does."""

from __future__ import annotations

from handlers.phrases.safety import not_relayed
from knowledge.community.refusals import NotRelayed
from knowledge.files.demands import demanded


def relayable(text: str) -> None:
    """Raise NotRelayed where the words ask their reader for codes, cards or money.

    Whoever says it, leaders and administrators too (research on trust, T19).
    """
    if what := demanded(text):
        raise NotRelayed(not_relayed(what))
