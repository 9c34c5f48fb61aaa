"""`linli db`: the version of the tables."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from knowledge.store.migrate import HEAD


@pytest.fixture
def db(tmp_path):
    """Call `linli db …` on an empty data folder; returns what it printed."""

    def call(*args):
        result = CliRunner().invoke(main, ["--data", str(tmp_path), "db", *args], prog_name="linli")
        return result.output.strip()

    return call


def test_an_empty_database_says_so(db):
    assert db("current") == "空"


def test_an_upgrade_brings_the_newest_tables_and_a_second_one_changes_nothing(db):
    assert db("upgrade") == f"升级好了：空 → {HEAD}"
    assert db("upgrade") == f"已经是最新的：{HEAD}"
    assert db("current") == HEAD


def test_a_dry_run_changes_nothing(db):
    assert db("upgrade", "--dry-run") == f"会从 空 升级到 {HEAD}"
    assert db("current") == "空"


def test_the_tables_can_be_taken_back(db):
    db("upgrade")

    assert db("downgrade", "base", "--dry-run") == f"会从 {HEAD} 退回到 base"
    assert db("downgrade", "base") == f"退回好了：{HEAD} → 空"


def test_a_version_that_is_not_there_is_refused_in_chinese(db):
    db("upgrade")

    assert "没有 9999 这个版本" in db("downgrade", "9999")
