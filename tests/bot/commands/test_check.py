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


BAD = """## {title}
编号：{id}
主题：安全
触发：{when}
受众：{whom}
来源：社区
核对：{checked}

【短】{text}

"""


def notice(name, when="每周三 9:00", whom="全部", checked="2026-11-01", text="正文。"):
    return BAD.format(title=name, id=name, when=when, whom=whom, checked=checked, text=text)


def test_each_bad_notice_is_named_with_line_and_mend_and_the_others_go_out(pack):
    (pack / "notices" / "bad.md").write_text(
        notice("never", when="2026-01-01 9:00")
        + notice("feb", when="每年 2月30日 9:00")
        + notice("leap", when="农历 闰六月初一 9:00")
        + notice("nobody", whom="火星")
        + notice("old", checked="2025-01-01")
        + notice("long", text="长" * 121)
        + notice("good", when="2026-12-09 9:00"),
        encoding="utf-8",
    )

    found = json.loads(linli(pack, "check", "--json").stdout)
    said = {(one["line"], one["field"]): one["message"] for one in found}
    lines = (pack / "notices" / "bad.md").read_text(encoding="utf-8").split("\n")
    for (line, field), message in said.items():
        assert lines[line - 1].startswith((field, f"【{field}】")), message
    assert all(one["fix"] and one["file"] == "notices/bad.md" for one in found)
    assert "一次也不会到" in said[4, "触发"]
    assert "不存在" in said[14, "触发"]
    assert "下一次是 2036-07-23" in said[24, "触发"]
    assert "不是地点" in said[35, "受众"]
    assert "超过一年" in said[47, "核对"]
    assert "最多 120 字" in said[59, "短"]
    assert len(said) == len({one["line"] for one in found}) == 6
    asked = ("notices", "preview", "--from", "2026-12-09", "--to", "2026-12-09", "--json")
    rows = {row["id"]: row["status"] for row in json.loads(linli(pack, *asked).stdout)}
    assert rows["good"] == "send"
    assert {id_ for id_, status in rows.items() if status == "dropped"} == {"nobody", "old"}
    assert {"feb", "long"}.isdisjoint(rows)
