"""Opening the channels that are configured, and giving them a house to live in."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.apphouse import AppHouse
from bot.house import Housed, Visited
from knowledge.community.roster.chatsheet import CHANNEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.app import App
    from bot.config import Settings
    from bot.settings.channels import OnebotSection
    from handlers.messages import Channel

Section = TypeVar("Section")

RESERVED = frozenset(
    {
        "web",
        "replay",
        "telegram",
        "wecom",
        "wecom_bot",
        "wecom_webhook",
        "wecom_app",
        "wecom_group",
        "mp",
        "kf",
        "onebot",
    }
)
"""Names that belong to other channels: a generic one must not take them."""

OPEN_TO_ALL = (
    '[channels.telegram] mode = "webhook" 要有 secret（一串随便的字母和数字），'
    '不然谁都能冒充 Telegram 发消息。加上 secret，或改成 mode = "polling"。'
)
WRONG_FIELD = "[channels.{name}] {field} 不对：{mend}。"
MENDS = {
    "token": "token 不能空着，和平台后台里填的一模一样",
    "aes_key": "EncodingAESKey 正好 43 个字母和数字，从后台原样抄来",
    "agent_id": "agent_id 只有数字，在应用的页面上看 AgentId",
}
"""What an adapter of the WeChat family can refuse to be made with, and what to write."""
NO_TOKEN = "[channels.telegram] token 不对：要像 123456:ABC… 这样，向 BotFather 要。"  # noqa: S105 -- a sentence.
OPEN_DOOR = (
    "[channels.onebot] token 空着，谁都能冒充 QQ 客户端：写一串随便的字母和数字，"
    "客户端里填一样的。只有客户端和邻里在同一台机器上、又没有公网网址，才可以空着。"
)
TAKEN = "[channels.hook.{name}]：{name} 是别的渠道的名字，请换一个。"
ODD_NAME = "[channels.hook.{name}]：名字只用小写字母、数字、_、-，以字母开头，例如 partner。"
UNSIGNED = "[channels.hook.{name}] 要有 secret，不能空着：没有它谁都能冒充。"


class ChannelTrouble(Exception):
    """A channel cannot be opened; the Chinese message says what to write."""


def open_channels(settings: Settings) -> tuple[Channel, ...]:
    """Return the configured channels in the order in which people are pushed to.

    Libraries are imported for these only. The built-in web chat is not among them: it comes last.

    Raises:
        ChannelTrouble: a setting is missing or wrong.
    """
    channels: list[Channel] = []
    if settings.channels.telegram is not None:
        channels.append(_telegram(settings))
    channels.extend(_members(settings))
    if settings.channels.hook:
        channels.extend(_hooks(settings))
    if settings.channels.mp is not None:
        from bot.channels.mp.adapter import Mp

        channels.append(_keyed(Mp, settings.channels.mp, "mp"))
    if settings.channels.kf is not None:
        from bot.channels.kf.adapter import Kf

        channels.append(_keyed(Kf, settings.channels.kf, "kf"))
    if settings.channels.onebot is not None:
        channels.append(_onebot(settings.channels.onebot, settings.web.public_url))
    return tuple(channels)


def _members(settings: Settings) -> list[Channel]:
    """Return the channels of a company's members, in WeCom."""
    channels: list[Channel] = []
    if settings.channels.wecom_bot is not None:
        from bot.channels.wecom_bot.adapter import WecomBot

        channels.append(WecomBot(settings.channels.wecom_bot))
    if settings.channels.wecom_app is not None:
        from bot.channels.wecom_app.adapter import WecomApp

        channels.append(_keyed(WecomApp, settings.channels.wecom_app, "wecom_app"))
    if settings.channels.wecom_app is not None and settings.channels.wecom_app.group_sender:
        from bot.channels.wecom_group import WecomGroup

        channels.append(WecomGroup(settings.channels.wecom_app))
    if settings.channels.wecom_webhook is not None:
        from bot.channels.wecom_webhook import WecomWebhook

        channels.append(WecomWebhook(settings.channels.wecom_webhook))
    return channels


def pushing(settings: Settings) -> tuple[str, ...]:
    """Return the names of the channels that push to people, in order, without opening any."""
    configured = settings.channels
    names = (
        *(("telegram",) if configured.telegram is not None else ()),
        *(("wecom_bot",) if configured.wecom_bot is not None else ()),
        *(("wecom_app",) if configured.wecom_app is not None else ()),
        *(("wecom_group",) if configured.wecom_app and configured.wecom_app.group_sender else ()),
        *(("wecom_webhook",) if configured.wecom_webhook is not None else ()),
        *(name for name, hook in configured.hook.items() if hook.out_url),
        *(("mp",) if configured.mp is not None else ()),
        *(("kf",) if configured.kf is not None else ()),
        *(("onebot",) if configured.onebot is not None else ()),
    )
    return (*names, "web")


def settle_in(app: App) -> None:
    """Let every channel that needs it know the application."""
    for channel in app.channels.values():
        if isinstance(channel, Housed):
            channel.move_in(AppHouse(app))


async def hang_up(app: App) -> None:
    """Send the clients away that hold a connection to our web server, before it stops."""
    for channel in app.channels.values():
        if isinstance(channel, Visited):
            await channel.hang_up()


def _telegram(settings: Settings) -> Channel:
    section = settings.channels.telegram
    if section is None:
        raise ChannelTrouble(NO_TOKEN)
    if section.mode == "webhook" and not (section.secret and section.secret.get_secret_value()):
        raise ChannelTrouble(OPEN_TO_ALL)
    from aiogram.utils.token import TokenValidationError

    from bot.channels.telegram.adapter import Telegram

    try:
        return Telegram(section, settings.web.public_url)
    except TokenValidationError:
        raise ChannelTrouble(NO_TOKEN) from None


def _keyed(make: Callable[[Section], Channel], section: Section, name: str) -> Channel:
    """Open a channel of the WeChat family; what can be wrong there is one of three fields."""
    try:
        return make(section)
    except ValueError as wrong:
        field = str(wrong)
        mend = MENDS[field]
        raise ChannelTrouble(WRONG_FIELD.format(name=name, field=field, mend=mend)) from None


def _onebot(section: OnebotSection, public_url: str) -> Channel:
    if public_url and not section.token.get_secret_value():
        raise ChannelTrouble(OPEN_DOOR)
    from bot.channels.onebot.adapter import OneBot

    return OneBot(section)


def _hooks(settings: Settings) -> list[Channel]:
    from bot.channels.hook.adapter import Hook

    for name, section in settings.channels.hook.items():
        if name in RESERVED:
            raise ChannelTrouble(TAKEN.format(name=name))
        if not CHANNEL.fullmatch(name):
            raise ChannelTrouble(ODD_NAME.format(name=name))
        if not section.secret.get_secret_value():
            raise ChannelTrouble(UNSIGNED.format(name=name))
    return [Hook(name, section) for name, section in settings.channels.hook.items()]
