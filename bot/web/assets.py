"""Style sheets and scripts: read once, compressed once, named by their content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"
MIME = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file that browsers load."""

    data: bytes
    mime: str

    @cached_property
    def packed(self) -> bytes:
        """The file compressed, always to the same bytes."""
        return gzip.compress(self.data, 9, mtime=0)

    @cached_property
    def mark(self) -> str:
        """Eight characters that change with the content."""
        return hashlib.sha256(self.data).hexdigest()[:8]


class Assets:
    """All static files by name; nothing else can be reached, whatever the address says."""

    def __init__(self, folder: Path = STATIC) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): Asset(path.read_bytes(), MIME[path.suffix])
            for path in sorted(folder.rglob("*"))
            if path.suffix in MIME
        }

    def url(self, name: str) -> str:
        """Return the address of a file; it changes when the file does."""
        return f"/static/{self._files[name].mark}/{name}"

    async def serve(self, request: web.Request) -> web.Response:
        """Answer with the file, compressed where the browser takes it."""
        asset = self._files.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = web.Response(
            body=asset.packed if packed else asset.data,
            content_type=asset.mime,
            charset="utf-8",
            headers={"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"},
        )
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        return response
