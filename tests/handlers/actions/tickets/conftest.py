"""The lane in which the tickets of these tests live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.actions.tickets.lane import LaneOf

if TYPE_CHECKING:
    from bot.clocks import VirtualClock
    from knowledge.store.database import Database


@pytest.fixture
def lane(database: Database, clock: VirtualClock) -> LaneOf:
    """A lane on a working Monday, 09:00."""
    return LaneOf(database, clock)
