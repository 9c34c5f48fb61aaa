"""`linli db`: the version of the tables."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from knowledge.store import migrate
from knowledge.store.migrate import HEAD


@pytest.fixture
def db(tmp_path, bare_url, monkeypatch):
    """Call `linli db …` on an empty database; returns what it printed."""
    monkeypatch.setenv("LINLI_DATABASE__URL", bare_url)

    def call(*args):
        result = CliRunner().invoke(main, ["--data", str(tmp_path), "db", *args], prog_name="linli")
        return result.output.strip()

    return call


def test_an_empty_database_says_so(db):
    assert db("current") == "空"


def test_an_upgrade_says_what_it_does_and_a_second_one_changes_nothing(db):
    told, done = db("upgrade").splitlines()
    assert told.startswith(f"会从 空 升级到 {HEAD}：")
    assert told.endswith(f"、{HEAD}")
    assert done == f"升级好了：空 → {HEAD}"
    assert db("upgrade") == f"已经是最新的：{HEAD}"
    assert db("current") == HEAD


def test_a_dry_run_only_says_it(db):
    assert db("upgrade", "--dry-run").startswith(f"会从 空 升级到 {HEAD}：")
    assert db("current") == "空"


def test_the_tables_can_be_taken_back(db):
    db("upgrade")

    before = migrate.steps(HEAD, "base")[1]
    assert f"1 步，{HEAD}。" in db("downgrade", before, "--dry-run")
    told, done = db("downgrade", "base").splitlines()
    assert told.startswith(f"会从 {HEAD} 退回到 base：")
    assert told.endswith("、0001。这些版本加的表和栏目会删掉。")
    assert done == f"退回好了：{HEAD} → 空"


def test_a_version_that_is_not_there_is_refused_in_chinese(db):
    db("upgrade")

    assert "没有 9999 这个版本" in db("downgrade", "9999")
