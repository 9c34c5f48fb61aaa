"""A slip of the pen silences nothing: the last good version stands in."""

from __future__ import annotations

from knowledge.files.blocks import parse_blocks
from knowledge.files.lastgood import Broken, LastGood

TEXT = "## 甲\n编号：a\n\n答甲\n\n## 乙\n编号：b\n\n答乙\n"
GOOD = {block.first("编号").value: block for block in parse_blocks(TEXT, "faq/x.md")}


def test_a_broken_entry_is_stood_in_for_by_its_number():
    kept = LastGood(None)
    assert kept.merge(GOOD) == {}
    assert kept.merge({"b": GOOD["b"]}, [Broken("a", "甲改")]) == {"a": GOOD["a"]}


def test_a_broken_number_is_found_by_the_heading():
    kept = LastGood(None)
    kept.merge(GOOD)
    assert kept.merge({"b": GOOD["b"]}, [Broken("", "甲")]) == {"a": GOOD["a"]}


def test_an_unreadable_file_keeps_all_its_entries():
    kept = LastGood(None)
    kept.merge(GOOD)
    assert kept.merge({}, unreadable={"faq/x.md"}) == GOOD


def test_an_entry_that_left_the_files_ends():
    kept = LastGood(None)
    kept.merge(GOOD)
    assert kept.merge({"b": GOOD["b"]}) == {}
    assert kept.merge({"b": GOOD["b"]}, [Broken("a", "甲")]) == {}


def test_the_memory_outlives_the_process_and_a_second_broken_look(tmp_path):
    path = tmp_path / "state" / "faq.json"
    LastGood(path).merge(GOOD)
    assert LastGood(path).merge({"b": GOOD["b"]}, [Broken("a", "甲")]) == {"a": GOOD["a"]}
    assert LastGood(path).merge({"b": GOOD["b"]}, [Broken("a", "甲")]) == {"a": GOOD["a"]}


def test_a_damaged_memory_is_an_empty_one(tmp_path):
    path = tmp_path / "faq.json"
    for damage in ("{", "[]", '{"a": 1}', '{"a": {"title": "甲"}}'):
        path.write_text(damage, encoding="utf-8")
        assert LastGood(path).merge({}, [Broken("a", "甲")]) == {}


def test_a_disk_that_cannot_be_written_costs_only_the_memory(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = LastGood(tmp_path / "file" / "faq.json")
    kept.merge(GOOD)
    assert kept.merge({}, [Broken("a", "甲")]) == {"a": GOOD["a"]}
