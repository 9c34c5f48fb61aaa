"""Two processes at one ticket: who has read it before the other wrote it, begins again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm.exc import StaleDataError

from handlers.actions.tickets.claiming import accept
from handlers.actions.tickets.joining import twin
from handlers.actions.tickets.working import arrive
from knowledge.store.database import Database
from knowledge.store.lists import reported_by
from knowledge.store.soundings import Likely, at_most, sound
from knowledge.store.troubles import is_busy
from tests.handlers.actions.tickets.lane import LEAK, LaneOf
from tests.postgres import database_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.clocks import VirtualClock


@pytest.fixture
def shared(postgres_server: str, postgres_template: str, clock: VirtualClock) -> Iterator[LaneOf]:
    with database_of(postgres_server, postgres_template) as url:
        database = Database(url)
        yield LaneOf(database, clock)
        database.close()


async def test_nobody_seals_what_he_has_not_seen(shared: LaneOf) -> None:
    no, tries, deeds = shared.filed(), 0, [arrive, accept]

    def change(session: Session) -> None:
        nonlocal tries
        tries += 1
        (ticket,) = reported_by(session, "li")
        if tries == 1:  # another process is faster
            shared.does("zhang", deeds.pop(), no)
        ticket.images = ["late.jpg"]

    with pytest.raises(StaleDataError) as collided, shared.database.transaction() as session:
        change(session)
    assert is_busy(collided.value)
    assert shared.flaws() == []

    tries = 0
    await shared.database.write(change)
    assert (tries, shared.ticket(no).images) == (2, ["late.jpg"])
    assert shared.flaws() == []


def test_who_waited_for_another_process_looks_again_for_a_twin(shared: LaneOf) -> None:
    outage = replace(LEAK, category="power-outage", matter="跳闸没电")
    everywhere = shared.hood.inside("e")
    with shared.database.transaction() as session:
        work = shared.work(session, "zhao")
        since = work.now - timedelta(days=90)
        sound(session, [Likely("zhao", outage.category, "the whole estate", everywhere)], since)
        assert at_most(session, outage.category, everywhere, since) == 0
        no = shared.report("li", outage)

        found = twin(work, outage.category, outage.matter, outage.place)

        assert found is not None
        assert found.no == no
