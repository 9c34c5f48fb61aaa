"""Each configured channel: whether its platform answers, and which field is wrong if not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import ClientError

from bot.channels.wecom_webhook import NO_ROBOT, WecomWebhook
from bot.doctor.clock import look_at_clock
from bot.doctor.finding import ill, well
from bot.doctor.sockets import look_at_sockets
from bot.doctor.telegram import look_at_telegram
from bot.doctor.wechat import look_at_wechat
from bot.opening import ChannelTrouble, open_channels

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.config import Settings
    from bot.doctor.finding import Finding
    from bot.settings.channels import WecomWebhookSection

PATIENCE = 5.0
"""Seconds that a platform is given."""
UNREACHED = "看网络和代理；这台机器要能访问它"
ROBOT = "渠道 wecom_webhook"
WRONG_URL = "在群的“消息推送”里把 Webhook 地址整条重新复制一次，写进 url_file；机器人删了要新建一个"
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
    found += [one async for one in look_at_clock(settings)]
    found += [one async for one in look_at_sockets(settings, folder)]
    found += [one async for one in look_at_wechat(settings, channels)]
    return found or [well("渠道", WEB)]


async def _asked(settings: Settings) -> AsyncIterator[Finding]:
    section = settings.channels
    if section.telegram is not None:
        yield await look_at_telegram(section.telegram, settings.web.public_url)
    if section.wecom_webhook is not None:
        yield await _robot(section.wecom_webhook)
    for name, hook in section.hook.items():
        if hook.out_url:
            yield await _reached(f"渠道 {name}", hook.out_url, "out_url")
        else:
            yield well(f"渠道 {name}", "只收不发（没有 out_url）")


async def _robot(section: WecomWebhookSection) -> Finding:
    """Say nothing to the robot: whether the key in its address is one."""
    found = await _reached(ROBOT, section.url.get_secret_value(), "url")
    if not found.ok:
        return found
    try:
        code = await WecomWebhook(section).knock()
    except (ClientError, TimeoutError, ValueError) as trouble:
        return ill(ROBOT, f"url 没有答：{type(trouble).__name__}", WRONG_URL)
    if code is None or code == NO_ROBOT:
        return ill(ROBOT, f"url 不对：平台答 {code or '的不是机器人的话'}", WRONG_URL)
    return well(ROBOT, "url 认得")


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
