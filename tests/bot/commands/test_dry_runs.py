"""`--dry-run`: what a changing command would do, with nothing changed."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bot.__main__ import main


@pytest.fixture
def house(tmp_path):
    folder = tmp_path / "dry" / "data"
    for words in (
        ("init",),
        ("roster", "import", str(folder / "roster")),
        ("user", "key", "add", "sensors"),
        ("user", "disable", "fan"),
        ("backup", str(folder.parent / "kept.zip")),
    ):
        assert linli(folder, *words).exit_code == 0
    return folder


def linli(data, *words):
    return CliRunner().invoke(main, ["--data", str(data), *words], prog_name="linli")


def rows(house):
    listed = (linli(house, *words).stdout for words in (("user", "list"), ("user", "key", "list")))
    return tuple(listed)


def test_a_dry_run_says_what_it_would_do_and_does_nothing(house):
    before = rows(house), sorted(house.parent.iterdir())

    for words, says in (
        (("backup", "{out}/new.zip"), "会写"),
        (("restore", "{out}/kept.zip"), "会恢复成"),
        (("user", "key", "add", "lamps"), "会给 lamps"),
        (("user", "key", "revoke", "sensors"), "会停用"),
        (("user", "disable", "zhang"), "会停用"),
        (("ticket", "export", "{out}/new.xlsx"), "会写"),
    ):
        told = linli(house, *(word.format(out=house.parent) for word in words), "--dry-run")

        assert (told.exit_code, says in told.stdout) == (0, True), words
        assert (rows(house), sorted(house.parent.iterdir())) == before, words


def test_a_dry_run_of_what_is_no_backup_says_so(house):
    told = linli(house, "restore", str(house / "linli.toml"), "--dry-run")

    assert told.exit_code == 1
    assert "不是邻里的备份" in told.stderr


def test_who_is_disabled_already_is_said_to_be(house):
    told = linli(house, "user", "disable", "fan")

    assert told.exit_code == 1
    assert "已经停用" in told.stderr
