"""A ticket in words: its place and its matter read as one."""

from __future__ import annotations

import pytest

from handlers.phrases.sheet import Sheet
from knowledge.community.tickets.ticket import Kind, Lane


@pytest.mark.parametrize(
    ("place", "matter", "about"),
    [
        ("7栋1单元", "单元门禁坏了", "7栋1单元门禁坏了"),
        ("7栋1单元", "门禁坏了", "7栋1单元门禁坏了"),
        ("3栋", "栋号牌掉了", "3栋号牌掉了"),
        ("和园小区", "小区大门坏了", "和园小区大门坏了"),
        ("综合楼", "楼道灯不亮", "综合楼楼道灯不亮"),
        ("7栋1单元", "单元", "7栋1单元单元"),
        ("", "单元门禁坏了", "单元门禁坏了"),
        ("3栋2单元", "停水", "3栋2单元停水"),
    ],
)
def test_the_last_word_of_the_place_is_not_said_twice(place: str, matter: str, about: str) -> None:
    sheet = Sheet(no=127, lane=Lane.P2, kind=Kind.REPAIR, matter=matter, place=place)

    assert sheet.about == about
