"""What a command says when its database or its file cannot be used."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import make_url

from bot.__main__ import main
from bot.pack import copy_pack
from knowledge.store import migrate
from tests.bot.archive.telling import run
from tests.bot.commands.test_ticket_import import CASES
from tests.postgres import database_of

NOBODY_THERE = "postgresql+psycopg://linli@127.0.0.1:9/linli"
DO_WITHOUT = {
    *("init", "check", "ask", "chat", "eval", "version", "bench", "doctor"),
    *("run", "replay", "restore"),  # wait for it, or look at other things first
    *("faq check", "faq export", "faq import", "faq list", "faq selftest"),
    *("roster coverage", "roster template"),
}
"""Commands that work from the files, or have their own words for a database that is away."""
WORDS = {
    "path": "cases.csv",
    "file": "out.xlsx",
    "target": "out.zip",
    "month": "2026-11",
    "notice_id": "fire-bedtime",
    "role": "邻长",
    "revision": "base",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder with the shipped files and a table of cases."""
    made = tmp_path_factory.mktemp("trouble")
    copy_pack(made)
    (made / "cases.csv").write_text(CASES)
    return made


@pytest.fixture
def linli(folder, monkeypatch):
    """Call a command on a database; returns click's result."""

    def call(url, *args):
        monkeypatch.setenv("LINLI_DATABASE__URL", url)
        return CliRunner().invoke(main, ("--data", str(folder), *args), prog_name="linli")

    return call


def leaves(command, path=()):
    """All commands below one, each with its path."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name in command.list_commands(click.Context(command)):
        below = command.get_command(click.Context(command), name)
        yield from leaves(below, (*path, name))


def test_every_command_that_cannot_reach_its_database_says_so_in_one_sentence(linli, folder):
    asked = 0
    for path, command in leaves(main):
        if " ".join(path) in DO_WITHOUT:
            continue
        names = [one.name for one in command.params if isinstance(one, click.Argument)]
        words = [WORDS.get(name, "x") for name in names]
        if path[0] in {"roster", "ticket"} or path == ("backup",):
            here = folder / "roster" if path == ("roster", "import") else folder
            words = [str(here / word) if "." in word else word for word in words]
            words = [str(here)] if path == ("roster", "import") else words
        result = linli(NOBODY_THERE, *path, *words)

        assert result.exit_code == 1, (path, result.output)
        assert "Traceback" not in result.output, path
        assert result.output.splitlines()[-1].startswith("出错了：数据库打不开"), path
        asked += 1
    assert asked > 25


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"no database at all " * 99, "数据库文件坏了"),
        ("0999", "数据库的版本这个程序不认识"),
    ],
)
def test_a_database_that_is_broken_or_newer_is_said_with_the_mend(linli, tmp_path, written, said):
    path = tmp_path / "linli.db"
    if isinstance(written, bytes):
        path.write_bytes(written)
    else:
        migrate.upgrade(f"sqlite:///{path}")
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (written,))

    result = linli(f"sqlite:///{path}", "user", "list")

    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1
    assert said in result.output
    assert "恢复" in result.output


def test_a_database_that_may_only_be_read_is_said(linli, folder, tmp_path):
    path = tmp_path / "linli.db"
    migrate.upgrade(f"sqlite:///{path}")

    result = linli(
        f"sqlite:///file:{path}?mode=ro&uri=true", "roster", "import", str(folder / "roster")
    )

    assert result.exit_code == 1
    assert "数据库打不开（SQLITE_READONLY）" in result.output


@pytest.mark.parametrize("url", ["postgresql:", "postgresql+psycopg://linli:canary@host:x/linli"])
def test_an_address_that_is_none_is_said(linli, url):
    result = linli(url, "db", "current")

    assert result.exit_code == 1
    assert "[database] url" in result.output
    assert "写得不对" in result.output
    assert "Traceback" not in result.output
    assert "canary" not in result.output


@pytest.mark.parametrize("command", ["run", "doctor", "user list"])
def test_a_database_that_cannot_hold_chinese_is_said_with_the_mend(linli, postgres_server, command):
    with database_of(postgres_server) as url:
        run(url, "CREATE DATABASE bytes ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
        there = make_url(url).set(database="bytes").render_as_string(hide_password=False)

        result = linli(there, *command.split())

        run(url, "DROP DATABASE bytes WITH (FORCE)")
    assert result.exit_code == 1
    assert "数据库的编码是 SQL_ASCII" in result.output
    assert "Traceback" not in result.output


def test_questions_to_score_are_read_whatever_an_editor_made_of_them(linli, tmp_path):
    questions = tmp_path / "q.jsonl"
    questions.write_bytes('{"query": "物业费谁定", "topic": null}\n'.encode("utf-16"))
    assert linli("", "eval", str(questions)).exit_code == 0

    questions.write_bytes(b"\xff\x00\x81")
    result = linli("", "eval", str(questions))

    assert result.exit_code == 1
    assert "q.jsonl:1" in result.output
    assert "Traceback" not in result.output
