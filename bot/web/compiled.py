"""The templates as Python's byte code, kept from one start to the next: compiling is half of a first page."""

from __future__ import annotations

import contextlib
import os
from functools import cached_property
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2.bccache import BytecodeCache

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.bccache import Bucket

SUM = 16
"""Bytes before the code by which it shows whether it is as it was written."""


class Compiled(BytecodeCache):
    """Keeps them where Python keeps its own compiled files, or nowhere if that cannot be written.

    `makers` are the program's files that have a say in what a template becomes.
    """

    def __init__(self, folder: Path, makers: Iterable[str | None]) -> None:
        self._folder, self._makers = folder, tuple(map(str, makers))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept; what is damaged or of another edition counts as nothing."""
        with contextlib.suppress(OSError):
            kept = self._file(bucket).read_bytes()
            if kept[:SUM] == _sum(kept[SUM:]):
                bucket.bytecode_from_string(kept[SUM:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, as a whole or not at all; like Python's own it may get lost.

        As `start.py` does, also where Python is told to keep no compiled files.
        """
        file = self._file(bucket)
        beside = file.with_name(f"~{file.name}.{os.getpid()}.tmp")
        with contextlib.suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            code = bucket.bytecode_to_string()
            beside.write_bytes(_sum(code) + code)
            beside.replace(file)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the template's name: all lie in one folder."""
        del filename
        return name

    def get_source_checksum(self, source: str) -> str:
        """Return what tells whether a template would be compiled to the same again."""
        return blake2b(self._edition + source.encode(), digest_size=16).hexdigest()

    @cached_property
    def _edition(self) -> bytes:
        read = (Path(file).read_bytes() for file in self._makers)
        return b"\n".join((jinja2.__version__.encode(), *read))

    def _file(self, bucket: Bucket) -> Path:
        return Path(cache_from_source(str(self._folder / bucket.key), optimization="template"))


def _sum(code: bytes) -> bytes:
    return blake2b(code, digest_size=SUM).digest()
