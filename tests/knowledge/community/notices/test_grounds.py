"""A notice that rests on an answer follows it: one fact, one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.community.notices.grounds import check_grounds, resting
from knowledge.community.notices.notice_folder import read_notice_sheet
from knowledge.faq.entry import Entry

DAY = date(2026, 11, 23)
ENTRY = Entry(
    "bus",
    "老人坐公交要钱吗？",
    source="某某办法",
    checked=date(2026, 10, 1),
    valid_until=date(2026, 12, 31),
    short="不要钱。",
)
BARE = "## 坐公交不要钱\n编号：bus-notice\n主题：出行\n触发：每周三 19:30\n受众：全部\n依据：bus\n"
WHOLE = f"{BARE}来源：另一份\n核对：2026-11-01\n有效期：2027-06-30\n\n【短】坐公交不要钱。\n"


@pytest.fixture
def sheet(tmp_path):
    def read(text):
        folder = tmp_path / "notices"
        folder.mkdir(exist_ok=True)
        (folder / "a.md").write_text(text, "utf-8")
        return read_notice_sheet(folder, today=DAY)

    return read


def test_what_it_does_not_say_itself_it_takes_from_the_answer(sheet):
    found = sheet(BARE)
    (notice,) = resting(found.notices, {"bus": ENTRY})

    assert found.problems == ()
    assert (notice.short, notice.source) == ("不要钱。", "某某办法")
    assert (notice.checked, notice.valid_until) == (ENTRY.checked, ENTRY.valid_until)
    assert notice.unusable(DAY) == ""


def test_it_ends_with_the_answer_or_sooner_and_says_its_own_words(sheet):
    (notice,) = resting(sheet(WHOLE).notices, {"bus": ENTRY})

    assert (notice.short, notice.source) == ("坐公交不要钱。", "另一份")
    assert "已过期" in notice.unusable(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"bus": replace(ENTRY, suspended=True)}, "停用了，正在核实"), ({}, "没有了")],
)
def test_a_suspended_or_missing_answer_stops_it(sheet, facts, why):
    (notice,) = resting(sheet(WHOLE).notices, facts)

    assert why in notice.unusable(DAY)


def test_a_name_that_stands_for_no_answer_is_found_with_its_line(sheet):
    (problem,) = check_grounds(sheet(WHOLE), {})

    assert (problem.line, problem.field, problem.level) == (6, "依据", "error")
    assert check_grounds(sheet(WHOLE), {"bus": ENTRY}) == ()
