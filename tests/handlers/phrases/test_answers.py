"""What answers look like: where the office is, where it is known."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.phrases.answers import answered, in_full
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


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("民法典第 278、946—950 条；长沙晚报", "民法典第 278 条等"),
        ("社会救助法（2026-07-01 起施行）第 21、22、24 条", "社会救助法第 21 条等"),
        ("城镇居民委员会组织法和条例第 2、8 条", "城镇居民委员会组织法和条例"),
        ("湖南省卫健委《关于做好以身份证替代老年人优待证工作的通知》（2022）", "湖南省卫健委"),
        ("《湖南省职业技能培训补贴实施办法》（2024-11）", "《湖南省职业技能培训补贴实施…》"),
        ("公安部十大高发电诈类型（2025-06）", "公安部十大高发电诈类型"),
        ("长沙市人民政府办公厅关于印发2026年第12号公告的通知", "长沙市人民政府办公厅关于印发…"),
        ("老街坊", "老街坊"),
        ("社区", ""),
    ],
)
def test_a_long_source_is_named_without_cutting_a_number_or_a_title_apart(
    source: str, read: str
) -> None:
    entry = Entry("x", "？", source=source, checked=date(2026, 11, 1), short="答。")
    cited = read and f"{read}；"
    assert answered("", entry) == f"答。\n（{cited}社区 2026-11-01 核对）"


@pytest.mark.parametrize(
    ("today", "mark"),
    [(date(2027, 11, 1), ""), (date(2027, 11, 2), "，过了一年，办前再问一声")],
)
def test_what_was_not_checked_for_a_year_says_so(today: date, mark: str) -> None:
    entry = Entry("x", "？", source="某文件", checked=date(2026, 11, 1), short="答。")
    assert answered("", entry, today) == f"答。\n（某文件；社区 2026-11-01 核对{mark}）"
