"""Two matters of one category may be the same where they name the same thing."""

from __future__ import annotations

import pytest

from knowledge.community.tickets.categories import are_alike


@pytest.mark.parametrize(
    ("code", "one", "other", "alike"),
    [
        ("facility", "扶手松了", "窗户坏了", False),
        ("facility", "扶手松了", "楼梯扶手摇晃", True),
        ("other-repair", "报修", "报修", True),
        ("other-repair", "报修", "来修一下", False),
        ("door-access", "单元门打不开", "门禁坏了", True),
    ],
)
def test_what_names_another_thing_is_another_matter(
    code: str, one: str, other: str, *, alike: bool
) -> None:
    assert are_alike(code, one, other) is alike
