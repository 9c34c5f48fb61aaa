"""What doctor says of a backup of PostgreSQL, and where there is no pg_dump for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from bot.archive.backup import verify
from bot.archive.restore import restore
from knowledge.store import migrate
from knowledge.store.dumping import spare_database
from knowledge.store.pgtools import fits, folders, server_of
from tests.bot.archive.telling import asked, findings, linli, run
from tests.conftest import MONDAY

if TYPE_CHECKING:
    import pytest

PLAIN = """
CREATE ROLE plain LOGIN;
GRANT ALL ON ALL TABLES IN SCHEMA public TO plain;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO plain;
"""


def test_the_drill_restores_into_a_database_of_its_own_and_leaves_none(
    postgres_server: str, url: str, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    assert linli(data, url, "init").exit_code == 0
    target = data / "backups" / "manual-1.zip"
    assert linli(data, url, "backup", str(target)).exit_code == 0
    killed = f"linli_drill_{make_url(url).database}"
    run(postgres_server, f'CREATE DATABASE "{killed}"')
    assert "演练恢复成功" in findings(data, url)["备份"]["message"]
    assert findings(data, url)["备份工具"]["ok"]
    drills = "SELECT datname FROM pg_database WHERE starts_with(datname, 'linli_drill_')"
    assert asked(url, drills) == []

    with spare_database(url) as spare:
        kept = f'ALTER DATABASE "{make_url(spare).database}" IS_TEMPLATE'
        run(url, f"{kept} true")
        assert "另一次演练" in findings(data, url)["备份"]["message"]
        run(url, f"{kept} false")
    run(url, PLAIN)
    plain = make_url(url).set(username="plain").render_as_string(hide_password=False)
    found = findings(data, plain)["备份"]
    assert (found["ok"], "CREATEDB" in found["message"]) == (True, True)
    assert linli(data, plain, "backup", str(target)).exit_code == 0, "it need not be the owner"
    monkeypatch.setattr("knowledge.store.pgtools.folders", lambda: ["nowhere"])
    found = findings(data, url)["备份"]
    assert (found["ok"], "没有演练恢复" in found["message"]) == (True, True)
    refused = linli(tmp_path / "there", empty, "restore", str(target))
    assert (refused.exit_code, "没法恢复 pg_dump 的备份" in refused.stderr) == (1, True)
    monkeypatch.undo()
    run(url, "DROP OWNED BY plain; DROP ROLE plain")


def test_where_pg_dump_is_missing_or_older_the_rows_are_copied_and_it_is_said(
    url: str, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, server = tmp_path / "data", server_of(url)
    target = data / "backups" / "manual-1.zip"
    assert linli(data, url, "init").exit_code == 0
    for n, (places, says) in enumerate(
        {
            ("nowhere",): "这里没有 pg_dump",
            tuple(_older()): f"这里的 pg_dump 是 16，服务器是 {server}",
        }.items()
    ):
        monkeypatch.setattr("knowledge.store.pgtools.folders", lambda places=places: [*places])
        done = linli(data, url, "backup", str(target))
        assert done.exit_code == 0, done.output
        assert says in done.stdout
        assert f"postgresql-client-{server}" in done.stdout
        assert verify(target, tmp_path / str(n)).engine == "SQLite"
        assert says in findings(data, url)["备份工具"]["fix"]
        assert "演练恢复成功" in findings(data, url)["备份"]["message"]
    restore(target, tmp_path / "there", empty, MONDAY)
    assert migrate.current(empty) == migrate.HEAD


def test_a_program_that_writes_what_the_server_could_not_read_back_does_not_fit() -> None:
    assert [fits(18, 18), fits(18, 17), fits(17, 16), fits(16, 17), fits(15, 15)] == [
        True,
        True,
        False,
        False,
        True,
    ]


def _older() -> list[str]:
    """Where the wheel has the programs of a version that is older than its server."""
    return [folder for folder in folders() if Path(folder).parts[-2:] == ("pginstall", "bin")]
