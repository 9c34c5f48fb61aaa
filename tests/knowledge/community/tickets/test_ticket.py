"""The one table of allowed steps."""

from __future__ import annotations

from knowledge.community.tickets.ticket import (
    CLOSED,
    DRAFTS,
    NEXT,
    OPEN,
    PAUSED,
    STATE_WORDS,
    UNFINISHED,
    WAITING_FOR_CLAIM,
    WORKING,
    State,
    may_move,
)


def test_every_state_has_a_row_in_the_table_and_a_word():
    assert set(NEXT) == set(State) == set(STATE_WORDS)


def test_every_state_is_either_a_draft_open_or_closed():
    assert set(State) == DRAFTS | OPEN | CLOSED
    assert len(DRAFTS) + len(OPEN) + len(CLOSED) == len(State)


def test_the_named_sets_lie_inside_each_other():
    assert WAITING_FOR_CLAIM | WORKING | PAUSED <= UNFINISHED < OPEN


def test_every_state_can_be_reached_from_a_draft_and_none_is_a_dead_end():
    reached, edge = {State.DRAFT}, {State.DRAFT}
    while edge:
        edge = {target for state in edge for target in NEXT[state]} - reached
        reached |= edge
    assert reached == set(State)
    assert all(NEXT.values())


def test_only_handled_work_can_be_confirmed_and_every_closed_state_can_be_opened_again():
    confirmable = {state for state in State if State.CLOSED_CONFIRMED in NEXT[state]}
    assert confirmable == {State.HANDLED, State.CLOSED_SILENT}
    assert all(State.ACCEPTED in NEXT[state] for state in CLOSED)


def test_a_ticket_begins_as_a_draft_or_new():
    assert {state for state in State if may_move(None, state)} == {State.DRAFT, State.NEW}
    assert not may_move(State.NEW, State.HANDLED)
