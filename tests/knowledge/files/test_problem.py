"""A finding is said so that its reader can mend it."""

from __future__ import annotations

from knowledge.files.problem import Problem

FOUND = Problem("faq/a.md", 7, "有效期", "error", "“明年底”不是一个日期", "写成 2026-12-31")


def test_a_finding_names_place_field_trouble_and_mend():
    assert str(FOUND) == "faq/a.md:7 有效期 — “明年底”不是一个日期 — 写成 2026-12-31"


def test_a_finding_has_the_six_keys_of_the_contract():
    assert FOUND.as_json() == {
        "file": "faq/a.md",
        "line": 7,
        "field": "有效期",
        "level": "error",
        "message": "“明年底”不是一个日期",
        "fix": "写成 2026-12-31",
    }


def test_findings_sort_by_file_and_line():
    assert min(FOUND, Problem("b", 1, "", "error", "", "")).file == "b"
