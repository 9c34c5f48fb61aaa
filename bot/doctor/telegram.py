"""Telegram: whether the token is right, whether we can be reached, and what the bot may hear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp

from bot.doctor.finding import ill, well

if TYPE_CHECKING:
    from bot.doctor.finding import Finding
    from bot.settings.channels import TelegramSection

NAME = "渠道 telegram"
PATIENCE = 5.0
"""Seconds that the platform is given."""
UNREACHED = "看网络和代理；这台机器要能访问它"
POLLED = "启动 linli run 会摘掉它；又挂上了，就是另一个程序在用这个令牌"
HTTPS = "看 [web] public_url、证书和端口（443、80、88、8443），从外面打开试一试"
DEAF = "握手成功；隐私模式开着，群里只听得见 @它、回复它和命令，没人叫它的急事听不见"
UNDEAFEN = "要听见所有的话：在 BotFather 里 /setprivacy 选 Disable，再把它移出群、拉回来"


async def look_at_telegram(section: TelegramSection, public_url: str) -> Finding:
    """Ask who we are and how the platform means to reach us; the token is never shown."""
    try:
        status, bot = await _asked(section, "getMe")
        if status in (401, 404):
            return ill(
                NAME, "token 不对，Telegram 不认", "向 BotFather 要一个新的，写进 token_file"
            )
        if not bot:
            return ill(NAME, f"getMe 答 {status}", "过一会儿再试；一直这样就看 api 写得对不对")
        _, hook = await _asked(section, "getWebhookInfo")
    except (aiohttp.ClientError, TimeoutError, ValueError) as trouble:
        return ill(NAME, f"api 连不上：{type(trouble).__name__}", UNREACHED)
    look = _polled if section.mode == "polling" else _called
    return look(hook, public_url) or _hears(bot)


def _polled(hook: dict[str, Any], _public_url: str) -> Finding | None:
    if not hook.get("url"):
        return None
    return ill(NAME, "令牌上挂着别处的回调，长轮询收不到消息", POLLED)


def _called(hook: dict[str, Any], public_url: str) -> Finding | None:
    fault = str(hook.get("last_error_message", ""))
    if not public_url.startswith("https://"):
        return ill(NAME, "[web] public_url 没有写，或不是 https：Telegram 找不到这里", HTTPS)
    if not str(hook.get("url", "")).startswith(public_url):
        return ill(NAME, "Telegram 还不知道这里的地址", "先 linli run，启动时会自己告诉它")
    return ill(NAME, f"Telegram 上一次没有送到：{fault[:80]}", HTTPS) if fault else None


def _hears(bot: dict[str, Any]) -> Finding:
    """Explain the privacy mode: most are surprised by it."""
    if bot.get("can_read_all_group_messages"):
        return well(NAME, "握手成功，群里的话都听得见")
    return well(NAME, DEAF, UNDEAFEN)


async def _asked(section: TelegramSection, method: str) -> tuple[int, dict[str, Any]]:
    """Return the status and the result, {} where there is none."""
    address = f"{section.api}/bot{section.token.get_secret_value()}/{method}"
    patience = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=patience) as session, session.get(address) as answer:
        status = answer.status
        said = await answer.json(content_type=None) if status == 200 else {}  # noqa: PLR2004 -- OK.
    result = said.get("result") if isinstance(said, dict) else None
    return status, result if isinstance(result, dict) else {}
