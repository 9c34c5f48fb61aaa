"""A photo of what was done, sent after the words: 完127 换了新灯, and then the lamp."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.dialogues import PHOTO_WAITS
from handlers.actions.tickets.working import add_words
from knowledge.community.tickets.ticket import State
from knowledge.store.lists import just_finished, tasks_of

if TYPE_CHECKING:
    from handlers.turn import Turn

BUSY = timedelta(minutes=2)
"""How long after the words a photo shows what they tell, where other tasks are in hand: a later one may be of them."""
SHOWN = frozenset({State.HANDLED, State.CLOSED_CONFIRMED})
"""States in which the photo is still of interest."""


def show_work(turn: Turn) -> bool:
    """Give a leader's bare photo to the matter that they have just finished without one."""
    if not turn.private or turn.person is None:
        return False
    session = turn.work.session
    wait = BUSY if tasks_of(session, turn.who) else PHOTO_WAITS
    done = just_finished(session, turn.who, turn.work.now - wait)
    if not done or done[-1].state not in SHOWN:
        return False
    add_words(turn.work, done[-1], turn.who, "", turn.event.images)
    return True
