"""`linli roster`: in, out, samples and who is missing."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bot.__main__ import main


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    assert linli(folder, "init").exit_code == 0
    return folder


def linli(data, *args):
    words = ["--data", str(data), *(str(arg) for arg in args)]
    return CliRunner().invoke(main, words, prog_name="linli")


def break_people(data):
    people = data / "roster" / "people.csv"
    people.write_text(people.read_text().replace(",邻长,gh-7,", ",楼长,gh-7,"))


def test_the_demo_roster_is_covered_without_a_database(data):
    result = linli(data, "roster", "coverage", "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"units": 42, "covered": 42, "missing": []}
    assert not (data / "linli.db").exists()


def test_a_missing_leader_is_named_and_ends_with_one(data):
    people = data / "roster" / "people.csv"
    people.write_text(people.read_text().replace(",邻长,gh-7,", ",志愿者,gh-7,"))

    told = linli(data, "roster", "coverage")
    assert told.exit_code == 1
    assert "桂花园小区7栋1单元（gh-7-1）没有邻长" in told.stdout
    found = json.loads(linli(data, "roster", "coverage", "--json").stdout)
    assert found["missing"] == [
        {"place": "gh-7-1", "role": "邻长"},
        {"place": "gh-7-2", "role": "邻长"},
    ]
    assert (found["units"], found["covered"]) == (42, 40)


def test_what_was_imported_is_what_the_commands_speak_of(data, tmp_path, monkeypatch):
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("LINLI_DATABASE__URL", f"sqlite:///{tmp_path / 'elsewhere.db'}")
        linli(data, "roster", "import", data / "roster")
        linli(data, "roster", "export", tmp_path / "town.xlsx")
    other = tmp_path / "other"
    assert linli(other, "init").exit_code == 0
    for sheet, word in (("places", "gh-7-1"), ("chats", "g-gh3")):
        path = other / "roster" / f"{sheet}.csv"
        path.write_text("\n".join(one for one in path.read_text().splitlines() if word not in one))
    assert linli(other, "ask", "灯坏了", "--chat", "replay:g-gh3").exit_code == 1

    assert linli(other, "roster", "import", tmp_path / "town.xlsx").exit_code == 0
    assert linli(other, "user", "disable", "zhang").exit_code == 0

    found = json.loads(linli(other, "roster", "coverage", "--json").stdout)
    assert found["units"] == 42
    assert {"place": "gh-3-1", "role": "邻长"} in found["missing"]
    told = linli(other, "ask", "3栋1单元楼道灯坏了", "--chat", "replay:g-gh3", "--json")
    assert json.loads(told.stdout)["ticket"]["owner"] == "hu", "the deputy of who left"


def test_an_import_says_what_it_changes_and_a_second_one_changes_nothing(data):
    first = linli(data, "roster", "import", data / "roster")
    assert first.exit_code == 0
    assert "人 新增 62" in first.stdout
    assert "导入好了" in first.stdout

    again = linli(data, "roster", "import", data / "roster")
    assert "没有要改的" in again.stdout


def test_a_dry_run_imports_nothing(data):
    assert "没有导入" in linli(data, "roster", "import", data / "roster", "--dry-run").stdout
    assert "人 新增 62" in linli(data, "roster", "import", data / "roster").stdout


def test_with_one_error_nothing_is_imported(data):
    break_people(data)
    result = linli(data, "roster", "import", data / "roster")

    assert result.exit_code == 1
    assert "roster/people.csv:" in result.stderr
    assert "不认识的角色“楼长”" in result.stderr
    assert linli(data, "roster", "export", data / "out").exit_code == 1


def test_an_error_in_the_files_is_told_instead_of_a_coverage(data):
    break_people(data)
    assert linli(data, "roster", "coverage", "--json").exit_code == 1


def test_what_is_exported_is_what_was_imported(data, tmp_path):
    linli(data, "roster", "import", data / "roster")
    result = linli(data, "roster", "export", tmp_path / "out")

    assert result.exit_code == 0
    assert "62 个人" in result.stdout
    assert "没有要改的" in linli(data, "roster", "import", tmp_path / "out").stdout


def test_export_and_template_overwrite_nothing(data):
    linli(data, "roster", "import", data / "roster")
    for command in ("export", "template"):
        result = linli(data, "roster", command, data / "roster")
        assert result.exit_code == 1
        assert "没有动它" in result.stderr


def test_the_template_can_be_imported(data, tmp_path):
    assert linli(data, "roster", "template", tmp_path / "new", "--dry-run").exit_code == 0
    assert not (tmp_path / "new").exists()
    assert linli(data, "roster", "template", tmp_path / "new").exit_code == 0
    assert linli(data, "roster", "import", tmp_path / "new").exit_code == 0


@pytest.mark.parametrize("path", ["nowhere", "nowhere.xlsx"])
def test_a_path_that_is_no_folder_is_said_plainly(data, path):
    result = linli(data, "roster", "import", data / path)

    assert result.exit_code == 1
    assert "文件夹" in result.stderr
