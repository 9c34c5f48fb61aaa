"""A photo of what was done, sent after the words: 完127 换了新灯, and then the lamp."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.tickets.working import add_words
from knowledge.community.tickets.ticket import State
from knowledge.store.lists import just_finished

if TYPE_CHECKING:
    from handlers.turn import Turn

SOON = timedelta(minutes=2)
"""How long after the words a photo shows what they tell: a later one may be of anything."""
SHOWN = frozenset({State.HANDLED, State.CLOSED_CONFIRMED})
"""States in which the photo is still of interest."""


def show_work(turn: Turn) -> bool:
    """Give a leader's bare photo to the matter that they have just finished without one."""
    if not turn.private or turn.person is None:
        return False
    done = just_finished(turn.work.session, turn.who, turn.work.now - SOON)
    if not done or done[-1].state not in SHOWN:
        return False
    add_words(turn.work, done[-1], turn.who, "", turn.event.images)
    return True
