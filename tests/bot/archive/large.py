"""A large PostgreSQL with rows in all tables, backed up and restored both ways, and compared.

`python -m tests.bot.archive.large 100000` (ten minutes; 2,000 tickets at least): the table of ADR 0012.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy import insert, text

from bot.archive.backup import back_up
from bot.archive.restore import restore
from bot.benches.archive import fill
from bot.benches.postgres import new_database, served
from bot.benches.stage import demo_hood
from knowledge.store import migrate
from knowledge.store.database import Database
from knowledge.store.dumping import sums_of_database, tables
from knowledge.store.schema import METADATA
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, Table

MESSAGES = {"inbox": 2, "outbox": 2}
"""Rows for each ticket."""
OTHERS = 2_000
"""Rows in each of the other tables."""
TICKETS = {"ticket", "ticket_event"}
AT_ONCE = 5_000
ODD = "{} 张\t三\n\\.\n\\N 'NULL' \"😀"
FIXED = {"inbox.state": "done", "outbox.state": "sent", "objection.state": "open", "invite.used": 0}
"""What a check asks for."""


def main(tickets: int) -> None:
    """Measure both ways and say which tables differ afterwards."""
    with served() as server, tempfile.TemporaryDirectory() as scratch:
        url, place = new_database(server, "large"), Path(scratch)
        _make(url, tickets)
        whole = sums_of_database(url, tables())
        click.echo(f"{len(whole)} tables, {sum(one.rows for one in whole.values())} rows")
        assert all(one.rows for one in whole.values())
        for way in ("pg_dump", "portable"):
            file, again = place / f"{way}.zip", new_database(server, way)
            with _timed(f"{way}: backup"):
                back_up(place / "data", url, file, MONDAY, portable=way == "portable")
            with _timed(f"{way}: {file.stat().st_size / 1e6:.0f} MB, restore"):
                restore(file, place / way, again, MONDAY)
            found = sums_of_database(again, tables())
            click.echo(
                f"{way}: different tables {[name for name in whole if found[name] != whole[name]]}"
            )


def _make(url: str, tickets: int) -> None:
    database = Database(url)
    migrate.prepare(database.engine)
    with database.transaction() as session:
        fill(session, demo_hood(), tickets, MONDAY, 365)
        session.execute(text("SET LOCAL session_replication_role = replica"))  # in any order
        session.execute(text("DELETE FROM stamp"))
        for table in METADATA.sorted_tables:
            count = tickets * MESSAGES[table.name] if table.name in MESSAGES else OTHERS
            if table.name not in TICKETS:
                for begin in range(1, count + 1, AT_ONCE):
                    numbers = range(begin, min(begin + AT_ONCE, count + 1))
                    session.execute(insert(table), [_row(table, number) for number in numbers])
    database.close()


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(column, number) for column in table.columns}


def _value(column: Column[Any], number: int) -> Any:
    """A value that is hard to write down; a foreign key names a row that is there."""
    name = f"{column.table.name}.{column.name}"
    above = any(key.column.table is column.table for key in column.foreign_keys)
    if name in FIXED or above or (column.nullable and number % 5 == 0):
        return FIXED.get(name)
    if column.foreign_keys:
        number = (number - 1) % OTHERS + 1
    moment = MONDAY + timedelta(microseconds=number * 1_234_567)
    return {
        "String": ODD.format(number),
        "JSON": [{"字": ODD, "n": number / 7, "x": None}],
        "UtcDateTime": moment,
        "Date": moment.date(),
        "Boolean": number % 2 == 0,
        "Double": number / 7,
    }.get(type(column.type).__name__, number)


@contextmanager
def _timed(what: str) -> Iterator[None]:
    begun, spent = time.perf_counter(), _processor()
    yield
    click.echo(
        f"{what} {time.perf_counter() - begun:.1f} s, {_processor() - spent:.1f} s of processor",
    )


def _processor() -> float:
    """Seconds that we and the programs that we ran have used; the server's are not among them."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main(int(sys.argv[1]))
