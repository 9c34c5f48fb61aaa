"""The machine's certificate authorities, read when a connection is first made and not before."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

READ = "set_default_verify_paths"
OPENING = ("wrap_bio", "wrap_socket")
"""How a context opens a connection."""


@contextmanager
def read_on_need() -> Iterator[None]:
    """Let each context that is made meanwhile read them with its first connection.

    aiohttp makes two while it is imported, each of which would read 150 authorities: a twentieth
    of a start. Until they are read a context trusts nobody.
    """
    setattr(ssl.SSLContext, READ, _put_off)
    try:
        yield
    finally:
        delattr(ssl.SSLContext, READ)  # the class has its parent's again


def _put_off(context: ssl.SSLContext) -> None:
    for opening in OPENING:
        setattr(context, opening, partial(_read_and_open, context, opening))


def _read_and_open(context: ssl.SSLContext, opening: str, *args: Any, **kwargs: Any) -> Any:
    for one in OPENING:
        vars(context).pop(one, None)  # another thread may have been first
    context.set_default_verify_paths()
    return getattr(context, opening)(*args, **kwargs)
