"""`linli init`: a new data folder."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.config import read_settings


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "资料"


def run(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args], prog_name="linli")


def test_a_new_folder_holds_settings_questions_notices_and_a_roster(folder):
    result = run("init", folder)

    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in folder.iterdir()) == [
        "faq",
        "linli.toml",
        "notices",
        "roster",
        "scams",
        "timetable",
    ]
    assert list(folder.glob("faq/*.md"))
    assert not list(folder.rglob("__init__.py"))


def test_the_settings_of_a_new_folder_are_in_order(folder):
    run("--data", folder, "init")

    settings, problems = read_settings(folder)

    assert problems == ()
    assert settings.bot.name == "社区小助手"


def test_nothing_is_overwritten(folder):
    folder.mkdir()
    (folder / "linli.toml").write_text("[bot]\n")

    result = run("init", folder)

    assert result.exit_code == 1
    assert "已经有 linli.toml" in result.output
    assert (folder / "linli.toml").read_text() == "[bot]\n"


def test_a_dry_run_makes_nothing(folder):
    result = run("init", folder, "--dry-run")

    assert result.exit_code == 0
    assert not folder.exists()
