"""The WeChat family: whether the platform knows us, and whether it can call us."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import aiohttp

from bot.doctor.finding import ill, well
from bot.wechat.api import ApiTrouble
from bot.wechat.channel import WechatChannel
from bot.wechat.errcodes import meaning

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.config import Settings
    from bot.doctor.finding import Finding
    from handlers.messages import Channel

PATIENCE = 5.0
"""Seconds that our own address is given."""
UNREACHED = "看网络和代理；这台机器要能访问它"
ODD = "过一会儿再试；一直这样就看 api 写得对不对"
UNKNOWN = "照错误码在平台的文档里查一查"
NO_ADDRESS = "[web] public_url 没有写，平台够不着这台机器，收不到话"
ADDRESS = "写好 public_url（https），再在平台的后台把回调 URL 填成它加上 {path}"
UNANSWERED = "从外面打不开：邻里在运行吗？反向代理、域名、证书、防火墙一样样看"
WRONG_ECHO = "那里答的不是这一个渠道：token、aes_key、回调 URL 三样要和平台后台里的一模一样"


@runtime_checkable
class Known(Protocol):
    """A channel that can ask its platform whether it is known there."""

    name: str

    async def shake_hands(self) -> None:
        """Ask; raises ApiTrouble."""
        ...


async def look_at_wechat(settings: Settings, channels: Sequence[Channel]) -> AsyncIterator[Finding]:
    """Ask the platform of every channel of the family, then call our own address as it would."""
    for channel in channels:
        if isinstance(channel, Known):
            yield await _known(channel)
        if isinstance(channel, WechatChannel):
            yield await _callable(channel, settings.web.public_url)


async def _known(channel: Known) -> Finding:
    name = f"渠道 {channel.name}"
    try:
        await channel.shake_hands()
    except ApiTrouble as trouble:
        return _trouble(name, trouble)
    return well(name, "握手成功")


def _trouble(name: str, trouble: ApiTrouble) -> Finding:
    if trouble.code is None:
        unreached = not trouble.receipt.detail[:1].isdigit()
        said = "连不上" if unreached else "答"
        what = f"api {said}：{trouble.receipt.detail}"
        return ill(name, what, UNREACHED if unreached else ODD)
    found = meaning(trouble.code)
    field = found.field or "api"
    return ill(name, f"{field} 有问题：平台答 {trouble.code}", found.mend or UNKNOWN)


async def _callable(channel: WechatChannel, public_url: str) -> Finding:
    """Verify our own address as the platform does."""
    name = f"渠道 {channel.name} 的回调"
    path = f"/{channel.gate}/{channel.address}"
    if not public_url:
        return well(name, NO_ADDRESS, ADDRESS.format(path=path))
    query, expected = channel.proof()
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session,
            session.get(public_url + path, params=query, allow_redirects=False) as answer,
        ):
            right = answer.status == HTTPStatus.OK and await answer.text() == expected
    except (aiohttp.ClientError, TimeoutError, ValueError) as fault:
        return ill(name, f"{public_url}{path} 连不上：{type(fault).__name__}", UNANSWERED)
    if not right:
        return ill(name, f"{public_url}{path} 答错了（{answer.status}）", WRONG_ECHO)
    return well(name, f"{public_url}{path} 答得对")
