"""A complaint about somebody of the ladder passes that person by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import claiming
from knowledge.community.refusals import NotFound
from knowledge.community.ticket import Kind
from tests.handlers.actions.tickets.lane import LIGHT

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf

CORRUPT = replace(LIGHT, kind=Kind.COMPLAINT, category="other-complaint", private=True)


@pytest.mark.parametrize(
    ("named", "who"), [("张师傅", "zhang"), ("刘芳", "liu"), ("王主任", "office")]
)
def test_who_is_complained_of_neither_gets_nor_sees_it_on_any_rung(
    lane: LaneOf, named: str, who: str
):
    filed = lane.filed("li", replace(CORRUPT, matter=f"{named}收钱不办事"))
    lane.passes(timedelta(days=9))
    row = lane.ticket(filed)
    assert who not in {row.owner_id, *row.claimants}
    assert row.owner_id is not None
    assert "收钱不办事" not in lane.hears(who)
    with pytest.raises(NotFound):
        lane.does(who, claiming.accept, filed)
    assert lane.flaws() == []
