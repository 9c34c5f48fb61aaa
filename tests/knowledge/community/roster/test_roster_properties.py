from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.roster.people import LADDER
from knowledge.community.roster.roster import read_roster, template, write_roster
from knowledge.community.roster.rosterchanges import changes
from tests.knowledge.community.rosters import rosters


@given(rosters())
@settings(deadline=None, max_examples=40)
def test_any_valid_roster_comes_back_as_it_was_written(roster):
    with TemporaryDirectory() as name:
        write_roster(roster, Path(name))
        again, problems = read_roster(Path(name))

    assert [p for p in problems if p.level == "error"] == []
    assert again == roster
    assert again is not None
    assert not changes(roster, again)


@given(rosters(), st.data())
@settings(deadline=None, max_examples=40)
def test_without_any_one_person_every_place_is_still_somebodys(roster, data):
    gone = data.draw(st.sampled_from(roster.people))
    rest = tuple(person for person in roster.people if person is not gone)
    hood = Neighbourhood(roster.places, rest, roster.chats)
    ladder_left = any(person.has(role) for person in rest for role in LADDER)

    for place in roster.places:
        rung = hood.responsible(place.id)
        assert (rung is not None) == ladder_left
        above = {
            p for role in LADDER for a in hood.ancestors(place.id) for p in hood.holders(role, a)
        }
        if above:
            assert rung is not None
            assert rung.person in above


@given(rosters(), st.data())
@settings(deadline=None, max_examples=40)
def test_leave_of_anybody_orphans_nothing(roster, data):
    away = frozenset(data.draw(st.sets(st.sampled_from([p.id for p in roster.people]))))
    hood = Neighbourhood.from_roster(roster)

    for place in roster.places:
        present, anyone = hood.responsible(place.id, away), hood.responsible(place.id)
        assert (present is None) == (anyone is None)
        at_hand = [r for r in hood.chain(place.id, away) if r.person]
        if at_hand:
            assert present == at_hand[0]
            assert at_hand[0].person not in away


@given(st.binary(max_size=400), st.sampled_from(("places.csv", "people.csv", "chats.csv")))
@settings(deadline=None, max_examples=40)
def test_no_bytes_in_a_table_can_break_the_reading(content, name):
    with TemporaryDirectory() as folder:
        write_roster(template(), Path(folder))
        (Path(folder) / name).write_bytes(content)
        roster, problems = read_roster(Path(folder))

    assert (roster is None) == any(problem.level == "error" for problem in problems)


@given(rosters(), st.data())
@settings(deadline=None, max_examples=40)
def test_no_shuffled_cells_can_break_the_reading(roster, data):
    with TemporaryDirectory() as folder:
        write_roster(roster, Path(folder))
        path = Path(folder) / data.draw(st.sampled_from(("places.csv", "people.csv", "chats.csv")))
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        cells = [cell for line in lines for cell in line.split(",")]
        mixed = data.draw(st.permutations(cells))
        path.write_text("\n".join((lines[0], ",".join(mixed[:6]), ",".join(mixed[6:12]))))
        found, problems = read_roster(Path(folder))

    assert (found is None) == any(problem.level == "error" for problem in problems)
