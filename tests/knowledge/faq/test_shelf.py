"""The shelf follows its folder and never loses a good answer."""

from __future__ import annotations

import os
from itertools import count

import pytest

from knowledge.faq.selftest import selftest
from knowledge.faq.shelf import Shelf

HEAD = "来源：x\n核对：2026-11-01\n"
CARD = f"## 老年卡怎么办？\n编号：card\n{HEAD}\n到一楼。\n\n"
DOG = f"## 狗证怎么办？\n编号：dog\n{HEAD}\n到派出所。\n\n"

MOMENTS = count(1_000_000_000, 1_000_000_000)
"""A later one for every save, however fast they follow."""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "faq").mkdir()
    write(tmp_path / "faq", CARD + DOG)
    return tmp_path / "faq"


def write(folder, text, name="a.md"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    saved = next(MOMENTS)
    os.utime(path, ns=(saved, saved))


def short(shelf, id_):
    return shelf.current.entries[id_].short


def test_a_changed_file_is_live_after_a_reload_and_an_unchanged_one_costs_nothing(folder):
    shelf = Shelf(folder)
    before = shelf.current
    assert not shelf.reload()
    assert shelf.current is before
    write(folder, CARD.replace("一楼", "三楼") + DOG)
    assert shelf.reload()
    assert short(shelf, "card") == "到三楼。"
    assert before.entries["card"].short == "到一楼。"


def test_a_broken_entry_keeps_its_last_good_version_over_a_restart(folder, tmp_path):
    memory = tmp_path / "state" / "faq.json"
    Shelf(folder, memory)
    write(
        folder, CARD.replace("编号：card", "编号：card\n有効期：长期").replace("一楼", "五楼") + DOG
    )
    shelf = Shelf(folder, memory)
    assert short(shelf, "card") == "到一楼。"
    assert short(shelf, "dog") == "到派出所。"
    assert shelf.current.index.search("老年卡怎么办")[0].faq_id == "card"
    assert [one.level for one in shelf.current.problems] == ["error"]


def test_an_unreadable_file_keeps_its_entries(folder, tmp_path):
    shelf = Shelf(folder, tmp_path / "faq.json")
    (folder / "a.md").write_bytes(b"\xff\xfe\x00")
    assert shelf.reload()
    assert set(shelf.current.entries) == {"card", "dog"}


def test_an_entry_whose_number_disappears_ends(folder, tmp_path):
    shelf = Shelf(folder, tmp_path / "faq.json")
    write(folder, DOG)
    shelf.reload()
    assert set(shelf.current.entries) == {"dog"}


def test_running_writes_a_missing_number_back(folder, tmp_path):
    write(folder, CARD.replace("编号：card\n", ""))
    shelf = Shelf(folder, tmp_path / "faq.json")
    (id_,) = shelf.current.entries
    assert f"编号：{id_}\n" in (folder / "a.md").read_text(encoding="utf-8")
    assert not shelf.reload()


def test_checking_writes_nothing(folder, tmp_path):
    text = CARD.replace("编号：card\n", "")
    write(folder, text)
    Shelf(folder)
    assert (folder / "a.md").read_text(encoding="utf-8") == text
    assert {one.name for one in tmp_path.iterdir()} == {"faq"}


def test_a_folder_that_does_not_exist_is_an_empty_shelf(tmp_path):
    shelf = Shelf(tmp_path / "none")
    assert shelf.current.entries == {}
    assert shelf.current.index.search("老年卡") == []


def test_every_wording_of_a_good_shelf_finds_its_entry(folder):
    assert selftest(Shelf(folder).current) == ()


def test_the_selftest_names_a_wording_that_leads_elsewhere(folder):
    stolen = DOG.replace("编号：dog", "编号：dog\n问法：老年卡怎么办")
    write(folder, CARD + stolen)
    misses = selftest(Shelf(folder).current)
    assert {(one.wording, one.forbidden) for one in misses} <= {
        ("老年卡怎么办？", False),
        ("老年卡怎么办", False),
    }
    assert misses
