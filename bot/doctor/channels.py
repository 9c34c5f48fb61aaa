"""Each configured channel: whether its platform answers, and which field is wrong if not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.finding import ill, well
from bot.doctor.sockets import look_at_sockets
from bot.doctor.wechat import look_at_wechat
from bot.opening import ChannelTrouble, open_channels

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.config import Settings
    from bot.doctor.finding import Finding
    from bot.settings.channels import TelegramSection

PATIENCE = 5.0
"""Seconds that a platform is given."""
UNREACHED = "看网络和代理；这台机器要能访问它"
WEB = "内置的网页聊天总是开着"


def look_at_channels(settings: Settings, folder: Path) -> list[Finding]:
    """Ask every configured platform; without one only the built-in chat is there."""
    return asyncio.run(ask_channels(settings, folder))


async def ask_channels(settings: Settings, folder: Path) -> list[Finding]:
    """Ask every configured platform: the page of the channels asks what the command asks."""
    try:
        channels = open_channels(settings)
    except ChannelTrouble as trouble:
        return [ill("渠道", str(trouble), "改好 linli.toml 里的这一项，再运行 linli doctor")]
    found = [one async for one in _asked(settings)]
    found += [one async for one in look_at_sockets(settings, folder)]
    found += [one async for one in look_at_wechat(settings, channels)]
    return found or [well("渠道", WEB)]


async def _asked(settings: Settings) -> AsyncIterator[Finding]:
    section = settings.channels
    if section.telegram is not None:
        yield await _telegram(section.telegram)
    if section.wecom_webhook is not None:
        url = section.wecom_webhook.url.get_secret_value()
        yield await _reached("渠道 wecom_webhook", url, "url")
    for name, hook in section.hook.items():
        if hook.out_url:
            yield await _reached(f"渠道 {name}", hook.out_url, "out_url")
        else:
            yield well(f"渠道 {name}", "只收不发（没有 out_url）")


async def _telegram(section: TelegramSection) -> Finding:
    name = "渠道 telegram"
    address = f"{section.api}/bot{section.token.get_secret_value()}/getMe"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session,
            session.get(address) as answer,
        ):
            status = answer.status
            said = await answer.json(content_type=None) if status == 200 else {}  # noqa: PLR2004 -- OK.
    except (aiohttp.ClientError, TimeoutError, ValueError) as trouble:
        return ill(name, f"api 连不上：{type(trouble).__name__}", UNREACHED)
    if status in (401, 404):
        return ill(name, "token 不对，Telegram 不认", "向 BotFather 要一个新的，写进 token_file")
    bot = said.get("result", {}) if isinstance(said, dict) else {}
    if not bot:
        return ill(name, f"getMe 答 {status}", "过一会儿再试；一直这样就看 api 写得对不对")
    if not bot.get("can_read_all_group_messages"):
        fix = "想让它听见所有的话：在 BotFather 里 /setprivacy 选 Disable，再把它移出群、拉回来"
        return well(name, "握手成功；隐私模式开着，只听得见叫它的话", fix)
    return well(name, "握手成功")


async def _reached(name: str, url: str, field: str) -> Finding:
    """Open a connection to the host of an address; nothing is sent."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(parts.hostname, port)
    except (OSError, TimeoutError) as trouble:
        return ill(name, f"{field} 连不上：{type(trouble).__name__}", UNREACHED)
    writer.close()
    return well(name, f"{field} 连得上")
