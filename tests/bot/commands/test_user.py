"""`linli user`: people are found as people call them; nobody gets a password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.pack import copy_pack

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder whose roster has been imported."""
    data = tmp_path / "data"
    copy_pack(data)
    assert linli(data, "roster", "import", str(data / "roster")).exit_code == 0
    return data


def linli(folder: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(folder), *args])


@pytest.mark.parametrize("name", ["zhang", "张守业", "张师傅"])
def test_a_link_is_given_to_somebody_by_id_name_or_title(folder: Path, name: str) -> None:
    done = linli(folder, "user", "link", name)

    assert done.exit_code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:8080/in/[0-9a-f]{48}\n", done.stdout)


def test_two_links_are_never_the_same(folder: Path) -> None:
    assert (
        linli(folder, "user", "link", "zhang").stdout
        != linli(folder, "user", "link", "zhang").stdout
    )


def test_an_unknown_name_and_a_disabled_person_get_no_link(folder: Path) -> None:
    assert linli(folder, "user", "link", "没有这个人").exit_code == 1

    linli(folder, "user", "disable", "zhang")

    refused = linli(folder, "user", "link", "zhang")
    assert refused.exit_code == 1
    assert "/in/" not in refused.output


def test_a_dry_run_changes_nothing(folder: Path) -> None:
    before = linli(folder, "user", "list").stdout

    linli(folder, "user", "add", "new", "新来的", "--dry-run")
    linli(folder, "user", "role", "zhang", "志愿者", "--dry-run")
    linli(folder, "user", "disable", "zhang", "--dry-run")

    assert linli(folder, "user", "list").stdout == before


def test_a_new_person_and_a_new_role_are_listed(folder: Path) -> None:
    linli(folder, "user", "add", "new", "新来的", "--scope", "gh-3-1")
    linli(folder, "user", "role", "新来的", "志愿者", "--scope", "gh")

    line = next(
        x for x in linli(folder, "user", "list").stdout.splitlines() if x.startswith("new ")
    )
    assert "居民(gh-3-1)" in line
    assert "志愿者(gh)" in line


@pytest.mark.parametrize(
    "args",
    [("add", "a:b", "坏编号"), ("add", "zhang", "重复"), ("role", "zhang", "楼长")],
)
def test_a_wrong_word_is_told_in_chinese(folder: Path, args: tuple[str, ...]) -> None:
    refused = linli(folder, "user", *args)

    assert refused.exit_code == 1
    assert refused.output.startswith("出错了：")
