"""`linli check` and `linli faq`: findings that an admin can mend, and exit codes for programs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.pack import copy_pack

CARD = "## 老年卡怎么办？\n编号：card\n来源：x\n核对：2026-11-01\n\n到一楼。\n\n"


def linli(folder, *args):
    options = ["--data", str(folder), "--now", "2026-11-25T21:00:00+08:00"]
    return CliRunner().invoke(main, [*options, *args], prog_name="linli")


@pytest.fixture
def pack(tmp_path):
    copy_pack(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "a.md").write_text(CARD, encoding="utf-8")
    return tmp_path


def test_the_shipped_pack_is_clean(pack):
    ran = linli(pack, "check", "--json")
    assert (ran.exit_code, json.loads(ran.output)) == (0, [])


def test_every_wording_of_the_shipped_pack_finds_its_own_entry(pack):
    assert linli(pack, "faq", "selftest").exit_code == 0


def test_an_error_is_named_by_file_and_line_and_ends_with_one(folder):
    (folder / "faq" / "a.md").write_text(CARD.replace("核对", "核 对\n有効期：无\n核对"), "utf-8")
    ran = linli(folder, "faq", "check")
    assert ran.exit_code == 1
    assert "faq/a.md:5 有効期 — " in ran.output
    assert "是不是想写“有效期：”" in ran.output


def test_findings_of_all_kinds_of_files_are_one_list(folder):
    (folder / "linli.toml").write_text("[bot]\nnaam = 1\n", encoding="utf-8")
    (folder / "faq" / "b.md").write_text("## 空\n编号：空\n", encoding="utf-8")
    (folder / "notices").mkdir()
    (folder / "notices" / "a.md").write_text("## 空\n编号：x\n触发：有空\n\n正文\n", "utf-8")
    (folder / "roster").mkdir()
    ran = linli(folder, "check", "--json")
    errors = [one for one in json.loads(ran.output) if one["level"] == "error"]
    assert ran.exit_code == 1
    assert {one["file"].split("/")[0] for one in errors} == {
        "linli.toml",
        "faq",
        "notices",
        "roster",
    }
    assert all(one["fix"] and one["message"] and one["line"] >= 1 for one in errors)


def test_a_missing_folder_is_only_a_warning(folder):
    ran = linli(folder, "check", "--json")
    assert ran.exit_code == 0
    assert {(one["file"], one["level"]) for one in json.loads(ran.output)} == {
        ("roster", "warning"),
        ("notices", "warning"),
    }


def test_the_list_says_what_has_expired(folder):
    text = CARD.replace("核对", "有效期：2026-11-24\n核对")
    (folder / "faq" / "a.md").write_text(text, encoding="utf-8")
    ran = linli(folder, "faq", "list")
    assert "card  《老年卡怎么办？》" in ran.output
    assert "已过期" in ran.output


def test_the_selftest_names_a_stolen_wording(folder):
    stolen = "## 狗证\n编号：dog\n问法：老年卡怎么办\n来源：x\n核对：2026-11-01\n\n去。\n"
    (folder / "faq" / "b.md").write_text(stolen, encoding="utf-8")
    ran = linli(folder, "faq", "selftest")
    assert ran.exit_code == 1
    assert "老年卡怎么办" in ran.output
