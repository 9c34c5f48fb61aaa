from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.locating.locating import find_place, speaks_of_home
from knowledge.community.places.places import Place, PlaceKind
from tests.knowledge.community.rosters import rosters

WORDS = st.lists(
    st.sampled_from(
        [
            "3栋",
            "叁",
            "二",
            "单元",
            "楼",
            "号楼",
            "#",
            "-",
            "杠",
            "５",
            "502",
            "a座",
            "小区",
            "、",
            "和",
            "不是",
            "我住",
            "一栋楼",
            "东门",
            "的",
            "，",
        ]
    ),
    max_size=12,
).map("".join)
HOW_TO_WRITE = st.sampled_from(
    ["{n}栋", "{n}号楼", "{n}#", "{n}幢", "第{n}栋", " {n} 栋", "0{n}栋"]
)


@given(st.one_of(WORDS, st.text()), rosters(), st.data())
@settings(deadline=None, max_examples=40)
@example("3栋" * 3000, None, None)
def test_any_text_gives_a_known_place_and_a_span_inside_it(text, roster, data):
    hood = Neighbourhood.from_roster(roster) if roster else Neighbourhood()
    within = data.draw(st.sampled_from([None, *hood.places])) if data else None
    found = find_place(text, hood, within)

    speaks_of_home(text)
    assert found.place_id is None or found.place_id in hood.places
    assert set(found.ambiguous) <= set(hood.places)
    assert 0 <= found.text_span[0] <= found.text_span[1] <= len(text)
    assert found.detail in text


@given(rosters(), HOW_TO_WRITE, st.integers(1, 30))
@settings(deadline=None, max_examples=40)
def test_every_spelling_of_a_number_finds_the_same_building(roster, spelling, number):
    estates = [place for place in roster.places if place.kind is PlaceKind.ESTATE]
    if not estates:
        return
    building = Place("the-building", estates[0].id, PlaceKind.BUILDING, f"{number}号楼")
    hood = Neighbourhood((*roster.places, building))
    assert find_place(spelling.format(n=number), hood, estates[0].id).place_id == "the-building"
