"""The hash chain finds whatever was changed, dropped or moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.community.days.zone import ZONE
from knowledge.community.tickets.deed import Deed
from knowledge.community.tickets.ledger import START, digest, seal, verify
from knowledge.community.tickets.ticket import State, Step

BEGIN = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
CHANGES: list[dict[str, Any]] = [
    {"at": BEGIN + timedelta(days=9)},
    {"step": Step.URGED},
    {"target": State.PARKED},
    {"actor": "somebody"},
    {"role": "街道"},
    {"channel": "telegram"},
    {"reason": "退单"},
    {"facts": {"lane": "P0"}},
    {"digest": "0" * 64},
    {"prev": "1" * 64},
    {"hash": "2" * 64},
    {"no": 8},
    {"seq": 99},
]


def chain(count: int) -> list[Deed]:
    deeds: list[Deed] = []
    for seq in range(1, count + 1):
        deed = Deed(
            no=7,
            seq=seq,
            at=BEGIN + timedelta(minutes=seq),
            step=Step.NOTED,
            origin=State.NEW if deeds else None,
            target=State.NEW,
            actor="zhang",
            facts={"lane": "P2", "n": seq},
            digest=digest(f"第{seq}步", "salt"),
        )
        deeds.append(seal(deed, deeds[-1].hash if deeds else START))
    return deeds


def test_a_whole_chain_is_fine_in_whatever_zone_it_is_read():
    deeds = [replace(deed, at=deed.at.astimezone(UTC)) for deed in chain(5)]
    assert verify(deeds, 5, deeds[-1].hash) is None


@given(st.integers(2, 8), st.data())
def test_any_change_of_any_event_is_found_at_that_event(count: int, data: st.DataObject):
    deeds = chain(count)
    place = data.draw(st.integers(0, count - 1))
    change = data.draw(st.sampled_from(CHANGES))
    broken = [*deeds[:place], replace(deeds[place], **change), *deeds[place + 1 :]]
    found = verify(broken, count, deeds[-1].hash)
    assert found is not None
    assert found.seq == place + 1


@given(st.integers(2, 8), st.data())
def test_a_dropped_event_is_found_wherever_it_stood(count: int, data: st.DataObject):
    deeds = chain(count)
    place = data.draw(st.integers(0, count - 1))
    found = verify(deeds[:place] + deeds[place + 1 :], count, deeds[-1].hash)
    assert found is not None
    assert found.seq == place + 1


@given(st.integers(2, 8), st.data())
def test_two_events_that_changed_places_are_found(count: int, data: st.DataObject):
    deeds = chain(count)
    first, second = sorted(
        data.draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=2, unique=True))
    )
    deeds[first], deeds[second] = deeds[second], deeds[first]
    found = verify(deeds, count, chain(count)[-1].hash)
    assert found is not None
    assert found.seq == first + 1


def test_a_chain_that_was_written_anew_does_not_fit_the_head_on_the_ticket():
    head = chain(3)[-1].hash
    forged = chain(2)
    forged.append(seal(replace(chain(3)[2], actor="forger"), forged[-1].hash))
    found = verify(forged, 3, head)
    assert found is not None
    assert "最后一条" in found.why


def test_the_digest_depends_on_words_and_salt_and_says_nothing_of_no_words():
    assert digest("灯坏了", "a") != digest("灯坏了", "b")
    assert digest("灯坏了", "a") != digest("灯好了", "a")
    assert digest("", "a") == ""


@pytest.mark.parametrize("count", [0, 1])
def test_the_shortest_chains_are_fine(count: int):
    deeds = chain(count)
    assert verify(deeds, count, deeds[-1].hash if deeds else START) is None
