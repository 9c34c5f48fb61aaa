"""进度: where a matter stands, and since when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.tickets import adding, claiming, working
from handlers.actions.tickets.lists import matter_text
from knowledge.store.tickets import by_no
from tests.handlers.actions.tickets.lane import GROUP

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf


def test_progress_is_dated_by_its_own_note_and_not_by_what_was_added_later(lane: LaneOf):
    no = lane.filed("li")
    lane.does("zhang", claiming.accept, no)
    lane.does("zhang", working.note, no, "在等配件")
    noted = f"{lane.clock.now():%H:%M}"
    lane.passes(timedelta(hours=1))
    lane.does("li", adding.show, no, ("hall",), chat=GROUP)

    with lane.database.view() as session:
        ticket = by_no(session, no)
        assert ticket is not None
        text = matter_text(lane.work(session), ticket)
    assert text.splitlines()[-1].strip().endswith("在等配件")
    assert noted in text.splitlines()[-1]
