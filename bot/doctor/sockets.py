"""The channels of long connections: whether the platform takes us, or a client has come to us.

Subscribing takes the bot over from whoever has it, so it is not tried while the service runs.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp

from bot.channels.wecom_bot.connection import Connection
from bot.channels.wecom_bot.rhythm import Rhythm
from bot.doctor.finding import ill, well
from bot.lock import Locked, hold_lock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.channels.wecom_bot.frames import Frame
    from bot.config import Settings
    from bot.doctor.finding import Finding
    from bot.settings.channels import WecomBotSection

PATIENCE = 5.0
BOT, QQ = "渠道 wecom_bot", "渠道 onebot"
UNREACHED = "看网络和代理；这台机器要能访问它。url 一般不用写"
WRONG = "照管理后台里智能机器人那一页，把 BotID 和长连接的 Secret 重新抄一次；API 模式要选“长连接”"
RUNNING = (
    "url 连得上；邻里正在运行，不另连一次（会把它挤下来），连得好不好看 /readyz 里的 out_of_touch"
)
BAN = "QQ 不许自动登录，用的账号随时可能被封：不要用自己的号，要紧的事别只靠它"
OPEN = "token 空着，只有这台机器上的客户端连得进来；要从别处连，写一串随便的字母和数字"


async def look_at_sockets(settings: Settings, folder: Path) -> AsyncIterator[Finding]:
    """Look at the configured channels of this kind."""
    if settings.channels.wecom_bot is not None:
        alone = settings.database.address(folder).startswith("sqlite")
        yield await _bot(settings.channels.wecom_bot, folder, alone=alone)
    if settings.channels.onebot is not None:
        token = settings.channels.onebot.token.get_secret_value()
        what = "等客户端连到 /onebot/v11/ws" if token else OPEN
        yield well(QQ, what, BAN)


async def _bot(section: WecomBotSection, folder: Path, *, alone: bool) -> Finding:
    """Subscribe, unless a service may run: here, or elsewhere on a database that many can reach."""
    if not alone:
        return await _reached(section.url)
    try:
        with hold_lock(folder):
            return await _subscribed(section)
    except Locked:
        return await _reached(section.url)


async def _reached(url: str) -> Finding:
    """Open a connection and say nothing on it."""
    try:
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.ws_connect(url):
            return well(BOT, RUNNING)
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as trouble:
        return ill(BOT, f"url 连不上：{type(trouble).__name__}", UNREACHED)


async def _subscribed(section: WecomBotSection) -> Finding:
    """Subscribe as the service does, and let go."""

    async def ignore(_frame: Frame) -> None:
        """Never take it: what comes in this moment is not read to its end."""
        await asyncio.Event().wait()

    login = {"bot_id": section.bot_id, "secret": section.secret.get_secret_value()}
    rhythm = Rhythm(patience=PATIENCE, pausing=lambda *_, **__: 3600.0)
    connection = Connection(section.url, login, ignore, rhythm)
    running = asyncio.create_task(connection.run())
    trouble = await connection.first_try()
    running.cancel()
    await asyncio.wait([running])
    if not trouble:
        return well(BOT, "握手成功")
    if trouble.startswith("subscribe "):
        code = trouble.removeprefix("subscribe ")
        return ill(BOT, f"bot_id 或 secret 不对：平台答 {code}", WRONG)
    return ill(BOT, f"url 连不上：{trouble}", UNREACHED)
