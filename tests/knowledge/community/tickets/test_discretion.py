"""What lies in everybody's way is everybody's matter, until the words point at somebody."""

from __future__ import annotations

import pytest

from knowledge.community.tickets.categories import category
from knowledge.community.tickets.discretion import is_aside
from knowledge.community.tickets.ticket import Kind


def aside(text: str) -> bool:
    clutter = category("clutter")
    assert clutter is not None
    return is_aside(clutter, Kind.COMPLAINT, text)


@pytest.mark.parametrize(
    "said",
    ["3栋2单元楼道堆了好多纸箱", "有人把旧沙发扔在过道", "大家的通道被占了", "我家门口堆满垃圾"],
)
def test_what_lies_in_everybodys_way_is_told_to_the_group(said: str) -> None:
    assert not aside(said)


@pytest.mark.parametrize(
    "said",
    ["对门把鞋柜放楼道", "老王家的柜子占过道", "502门口堆满鞋", "投诉楼道堆物", "刘爹的纸壳堆楼道"],
)
def test_who_is_pointed_at_is_not_named_to_the_group(said: str) -> None:
    assert aside(said)


def test_without_words_nobody_can_tell() -> None:
    assert aside("")
