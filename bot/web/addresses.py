"""The table of all addresses, each with the act that it counts as."""

from __future__ import annotations

from bot.web import chat, entry, health, posting, sockets, start
from bot.web.routes import Route
from knowledge.community.access import Act

CHAT = "/chat/{chat}"

OPEN = (
    Route("GET", "/", Act.PUBLIC, start.start, personal=False),
    Route("POST", "/advance", Act.PUBLIC, start.advance, personal=False),
    Route("GET", "/in/{token}", Act.PUBLIC, entry.ask, personal=False),
    Route("POST", "/in/{token}", Act.PUBLIC, entry.enter, personal=False),
    Route("POST", "/out", Act.PUBLIC, entry.leave, personal=False),
    Route("GET", "/healthz", Act.PUBLIC, health.alive, personal=False),
    Route("GET", "/readyz", Act.PUBLIC, health.ready, personal=False),
    Route("GET", "/metrics", Act.PUBLIC, health.metrics, personal=False),
)
TALK = (
    Route("GET", "/chat", Act.CHAT_READ, chat.chat_list),
    Route("GET", CHAT, Act.CHAT_READ, chat.chat),
    Route("GET", f"{CHAT}/after", Act.CHAT_READ, chat.news),
    Route("GET", f"{CHAT}/live", Act.CHAT_READ, sockets.live),
    Route(
        "GET", f"{CHAT}/photo/{{message:[0-9]{{1,18}}}}/{{nth:[0-9]}}", Act.MEDIA_READ, chat.photo
    ),
    Route("POST", f"{CHAT}/post", Act.CHAT_POST, posting.post),
    Route("POST", f"{CHAT}/press", Act.CHAT_POST, posting.press),
)

ROUTES = OPEN + TALK
