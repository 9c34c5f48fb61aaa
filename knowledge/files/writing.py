"""Put a new version of a file in place of the old one, as a whole or not at all."""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

from knowledge.files.encoding import decode

if TYPE_CHECKING:
    from pathlib import Path

_CODECS = ("utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be")
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def replace_file(path: Path, raw: bytes) -> None:
    """Write beside the file, then rename: a reader or a power cut sees the old or the new one."""
    beside = path.with_name(f"~{path.name}.{os.getpid()}.tmp")  # several processes may write
    with beside.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def encoded_like(text: str, raw: bytes) -> bytes:
    """Encode as the old version was: what did not change keeps its bytes."""
    for bom in _BOMS:
        if raw.startswith(bom):
            codec = "utf-16-le" if bom == codecs.BOM_UTF16_LE else "utf-16-be"
            return bom + text.encode(codec)
    was, _ = decode(raw)
    codec = next((one for one in _CODECS if was is not None and _same(was, one, raw)), "utf-8")
    return text.encode(codec)


def _same(text: str, codec: str, raw: bytes) -> bool:
    try:
        return text.encode(codec) == raw
    except UnicodeEncodeError:
        return False
