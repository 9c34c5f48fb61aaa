"""The doors through which platforms and programs call us: no cookie, no form, a signature.

A door that is not configured is not there. Nonsense is a 400 and never a 500; what cannot be
stored now is a 503, so that it is delivered again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable
from uuid import uuid4

from aiohttp import web

from bot.channels.hook.adapter import Hook
from bot.channels.hook.reading import Nonsense, Told, read_body, read_happening
from bot.web import callbacks
from bot.web.calls import body_of, fine, later, refused, update_of
from bot.web.faults import note_fault
from bot.wechat.trouble import Garbled
from handlers.actions.notices.happenings import Happening, happen
from knowledge.community.hood.access import Act
from knowledge.community.refusals import Unreadable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.web.application import Application
    from knowledge.community.hood.neighbourhood import Neighbourhood

MAX_CALL = 12 * 1024 * 1024
"""Bytes of a program's message; it may hold a photo."""
MAX_UPDATE = 1024 * 1024
"""Bytes of a Telegram update; they come without pictures."""
WRONG = {401: "signature", 408: "time", 413: "size"}
"""What is wrong with a call that is turned away, by the status it gets."""
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name.


@runtime_checkable
class Webhook(Protocol):
    """A channel whose platform calls us with a shared secret."""

    @property
    def listens(self) -> bool:
        """Whether a secret is set and the platform is to call us."""
        ...

    def answers_to(self, bot: str) -> bool:
        """Tell whether the address names it."""
        ...

    def trusts(self, secret: str) -> bool:
        """Tell whether the secret is right, in constant time."""
        ...

    async def take(self, update: dict[str, Any]) -> bool:
        """Take in an update; False = not now."""
        ...


@runtime_checkable
class Dialled(Protocol):
    """A channel whose client connects to us."""

    def trusts(self, headers: Mapping[str, str], remote: str | None) -> bool:
        """Tell whether that client may come in, in constant time."""
        ...

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Talk with it until it goes."""
        ...


@dataclass(frozen=True, slots=True)
class Door:
    """An address of a program, with the act that a call counts as."""

    method: str
    path: str
    act: Act
    handler: Callable[[Application, web.Request], Awaitable[web.StreamResponse]]
    wanted: Callable[[Application], bool]
    """Whether anything is configured behind it."""


def open_doors(server: web.Application, app: Application) -> None:
    """Add the configured doors to the server."""
    for door in DOORS:
        if door.wanted(app):
            server.router.add_route(door.method, door.path, _entrance(app, door))


def _entrance(
    app: Application, door: Door
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def enter(request: web.Request) -> web.StreamResponse:
        try:
            return await door.handler(app, request)
        except (Nonsense, Garbled) as nonsense:
            return refused(400, str(nonsense))
        except Unreadable as refusal:
            return refused(400, refusal.say)
        except web.HTTPException as answer:
            if answer.status not in WRONG:
                raise
            return refused(answer.status, WRONG[answer.status])
        except ConnectionError:
            raise
        except Exception as fault:  # noqa: BLE001 -- an edge: the caller keeps it and comes again.
            note_fault("A door failed.", fault, action="door.failed", door=door.path)
            return later()

    return enter


async def telegram(app: Application, request: web.Request) -> web.Response:
    """Take one update, if the address names our bot and the secret is right."""
    bot = request.match_info["bot"]
    called = (one for one in app.channels.values() if isinstance(one, Webhook))
    channel = next((one for one in called if one.answers_to(bot)), None)
    if channel is None:
        raise web.HTTPNotFound
    if not channel.trusts(request.headers.get(SECRET, "")):
        raise web.HTTPUnauthorized
    update = update_of(await body_of(request, MAX_UPDATE))
    return fine() if await channel.take(update) else later()


async def hook(app: Application, request: web.Request) -> web.Response:
    """Take one message or press of a generic channel."""
    channel, body = await _signed(app, request)
    new = await channel.take(read_body(body))
    return later() if new is None else fine(new=new)


async def onebot(app: Application, request: web.Request) -> web.StreamResponse:
    """Talk with a OneBot client that has our token; returns when it goes."""
    channel = app.channels["onebot"]
    if not isinstance(channel, Dialled):
        raise web.HTTPNotFound
    if not channel.trusts(request.headers, request.remote):
        raise web.HTTPUnauthorized
    return await channel.serve(request)


async def events(app: Application, request: web.Request) -> web.Response:
    """Take one happening and send the notices that wait for it; the same key has one effect."""
    channel, body = await _signed(app, request)
    told = read_happening(read_body(body), app.clock.now())
    happening = Happening(
        kind=told.kind,
        place=_place(told, app.town.hood),
        level=told.level,
        text=told.text,
        key=f"{channel.name}:{told.key}",
    )
    notices = app.papers.notices
    cause = f"event:{uuid4().hex}"  # the claims of the sendings know the key
    sent = await app.act(cause, lambda work: happen(work, happening, notices))
    return fine(sent=sent)


async def greeting(app: Application, request: web.Request) -> web.Response:
    """Show a platform of the WeChat family that the address is ours."""
    return callbacks.greet(callbacks.called(app, request, _family(request)), request)


async def wechat(app: Application, request: web.Request) -> web.Response:
    """Take one callback of the WeChat family."""
    channel = callbacks.called(app, request, _family(request))
    body = await body_of(request, callbacks.MAX_CALL)
    taken = await callbacks.take(channel, request, body)
    return later() if taken is None else taken


def _family(request: web.Request) -> tuple[str, ...]:
    return FAMILIES[request.path.split("/", 2)[1]]


async def _signed(app: Application, request: web.Request) -> tuple[Hook, bytes]:
    channel = app.channels.get(request.match_info["name"])
    if not isinstance(channel, Hook):
        raise web.HTTPNotFound
    body = await body_of(request, MAX_CALL)
    if not channel.trusts(request.headers, body):
        raise web.HTTPUnauthorized
    return channel, body


def _place(told: Told, hood: Neighbourhood) -> str | None:
    """Return the place's id; an unknown one is nonsense, so that nothing is told to everybody."""
    if told.place is None or told.place in hood.places:
        return told.place
    named = [
        place.id for place in hood.places.values() if told.place in (place.name, *place.aliases)
    ]
    if len(named) != 1:
        raise Nonsense("place")
    return named[0]


def _has_webhook(app: Application) -> bool:
    return any(isinstance(one, Webhook) and one.listens for one in app.channels.values())


def _has_hook(app: Application) -> bool:
    return any(isinstance(one, Hook) for one in app.channels.values())


def _has_any(*names: str) -> Callable[[Application], bool]:
    return lambda app: any(name in app.channels for name in names)


FAMILIES = {"wecom": ("wecom_app", "kf"), "mp": ("mp",)}
"""Channels of the WeChat family, by the first part of the address at which they are called."""
_WECOM, _MP = (_has_any(*names) for names in FAMILIES.values())

DOORS = (
    Door("POST", "/telegram/{bot}", Act.CHANNEL_CALL, telegram, _has_webhook),
    Door("GET", "/wecom/{account}", Act.CHANNEL_CALL, greeting, _WECOM),
    Door("POST", "/wecom/{account}", Act.CHANNEL_CALL, wechat, _WECOM),
    Door("GET", "/mp/{account}", Act.CHANNEL_CALL, greeting, _MP),
    Door("POST", "/mp/{account}", Act.CHANNEL_CALL, wechat, _MP),
    Door("GET", "/onebot/v11/ws", Act.CHANNEL_CALL, onebot, _has_any("onebot")),
    Door("POST", "/hook/{name}", Act.CHANNEL_CALL, hook, _has_hook),
    Door("POST", "/events/{name}", Act.CHANNEL_CALL, events, _has_hook),
)
