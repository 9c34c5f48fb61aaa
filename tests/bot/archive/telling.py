"""What the tests of backups ask of a database, of a folder and of the commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
from click.testing import CliRunner
from sqlalchemy import make_url

from bot.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path


def run(url: str, statement: str) -> int:
    with _line(url) as line:
        return line.execute(statement).rowcount


def asked(url: str, query: str) -> list[Any]:
    with _line(url) as line:
        return line.execute(query).fetchall()


def linli(data: Path, url: str, *words: str) -> Any:
    environment = {"LINLI_DATABASE__URL": url or None}
    return CliRunner().invoke(main, ["--data", str(data), *words], env=environment)


def findings(data: Path, url: str) -> dict[str, Any]:
    return {one["name"]: one for one in json.loads(linli(data, url, "doctor", "--json").stdout)}


def half(folder: Path) -> list[Path]:
    """What is left of a backup that was not finished."""
    return [path for path in folder.iterdir() if path.name.startswith(("b.zip", "linli-"))]


def _line(url: str) -> psycopg.Connection[Any]:
    address = make_url(url).set(drivername="postgresql")
    return psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)
