"""What answers look like: where the office is, where it is known."""

from __future__ import annotations

import pytest

from handlers.phrases.answers import in_full
from knowledge.faq.entry import Entry

OFFICE = "桂花路 1 号，0731-0000 0000"


@pytest.mark.parametrize(
    ("long", "office", "last"),
    [
        ("要带的材料先问社区。", OFFICE, f"社区：{OFFICE}。"),
        ("要带的材料先问社区。", "", "要带的材料先问社区。"),
        ("打 119，讲清地址。", OFFICE, "打 119，讲清地址。"),
    ],
)
def test_the_long_answer_says_where_the_office_is_where_it_sends_people_there(
    long: str, office: str, last: str
) -> None:
    assert in_full(Entry("x", "？", short="短", long=long), office).splitlines()[-1] == last
