"""An endpoint of our own that speaks as OpenAI's does: fine, slow, broken, lying, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from bot.settings.semantic import SemanticSection

if TYPE_CHECKING:
    from collections.abc import Iterator

Says = Callable[[dict[str, Any]], Any]
"""From the body of a request to that of the reply; bytes go out as they are."""


@dataclass
class Stub:
    """One endpoint; `asked` are the requests that reached it, as (path, key, body)."""

    address: str = ""
    says: Says = lambda _body: b""
    status: int = 200
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    released: Event = field(default_factory=Event)
    """Replies wait for it; set at first."""

    def section(self, **more: Any) -> SemanticSection:
        patient = {"kind": "chat", "timeout": 10}  # the machine may be busy
        return SemanticSection(url=self.address, model="m", **{**patient, **more})


def choosing(faq_id: str) -> Says:
    """A chat model that always says this id, wrapped in talk."""
    said = f'好的，答案是：\n```json\n{{"id": "{faq_id}"}}\n```'
    return lambda _body: {"choices": [{"message": {"content": said}}]}


def lying_near(word: str) -> Says:
    """An embedding model to which texts with this word, and the question, are alike."""

    def say(body: dict[str, Any]) -> Any:
        asked, *others = body["input"]
        vectors = [[1.0, 0.0], *([1.0, 0.1] if word in text else [0.1, 1.0] for text in others)]
        rows = [{"index": at, "embedding": vector} for at, vector in enumerate(vectors)]
        return {"data": rows[::-1], "asked": asked}

    return say


@contextmanager
def running() -> Iterator[Stub]:
    """Serve on a free port of this machine until the end."""
    stub = Stub()
    stub.released.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.asked.append((self.path, self.headers.get("Authorization", ""), body))
            stub.released.wait(10)
            said = stub.says(body)
            raw = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(stub.status)
            self.send_header("Content-Length", str(len(raw)))
            self.send_header("Location", stub.address)
            self.end_headers()
            with suppress(ConnectionError):  # who would not wait has gone
                self.wfile.write(raw)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stub
    finally:
        stub.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
