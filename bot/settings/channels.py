"""`[channels.*]`: the networks on which the bot speaks; a table that is absent is switched off."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, field_validator

from bot.settings.secrets import SecretSection
from bot.settings.section import Section


def _is_web_address(url: str) -> str:
    if url and not re.match(r"https?://[^/\s]", url):
        message = "要写以 http:// 或 https:// 开头的网址"
        raise ValueError(message)
    return url


def _is_secret_web_address(url: SecretStr) -> SecretStr:
    _is_web_address(url.get_secret_value())
    return url


WebAddress = Annotated[str, AfterValidator(_is_web_address)]
"""An address that is called with HTTP, or nothing."""


class TelegramSection(SecretSection):
    """`[channels.telegram]`; a webhook without a secret is refused when the channel opens."""

    token: SecretStr = Field(description="BotFather 给的令牌")
    mode: Literal["polling", "webhook"] = Field("polling", description="收消息的方式")
    secret: SecretStr | None = Field(None, description="webhook 的密钥")
    api: WebAddress = Field("https://api.telegram.org", description="接口地址")


class WecomBotSection(SecretSection):
    """`[channels.wecom_bot]`: the intelligent bot of WeCom."""

    bot_id: str = Field(min_length=1, description="机器人的 BotID")
    secret: SecretStr = Field(min_length=1, description="长连接的 Secret")
    url: str = Field("wss://openws.work.weixin.qq.com", description="长连接地址")

    @field_validator("url")
    @classmethod
    def _is_a_socket(cls, url: str) -> str:
        if not url.startswith(("wss://", "ws://")):
            message = "要写以 wss:// 开头的网址；一般不用写这一行"
            raise ValueError(message)
        return url


class WecomWebhookSection(SecretSection):
    """`[channels.wecom_webhook]`: the group robot; its address holds its key."""

    url: Annotated[SecretStr, AfterValidator(_is_secret_web_address)] = Field(
        description="群机器人的地址，里面带密钥"
    )


class WecomAppSection(SecretSection):
    """`[channels.wecom_app]`: a self-built application of WeCom."""

    corp_id: str = Field(description="企业 ID")
    agent_id: str = Field(description="应用的 AgentId，加引号写")
    secret: SecretStr = Field(description="应用的 Secret")
    token: SecretStr = Field(description="回调的 Token")
    aes_key: SecretStr = Field(description="回调的 EncodingAESKey")
    api: WebAddress = Field("https://qyapi.weixin.qq.com", description="接口地址")
    group_sender: str = Field(
        "", description="以哪个员工的名义向居民微信群群发（员工账号）；不写就不群发"
    )


class MpSection(SecretSection):
    """`[channels.mp]`: an official account; without `aes_key` its messages come in plain text."""

    app_id: str = Field(description="公众号的 AppID")
    secret: SecretStr = Field(description="公众号的 AppSecret")
    token: SecretStr = Field(description="回调的 Token")
    aes_key: SecretStr | None = Field(
        None, description="回调的 EncodingAESKey；公众号后台选“明文模式”就不写"
    )
    api: WebAddress = Field("https://api.weixin.qq.com", description="接口地址")


class KfSection(SecretSection):
    """`[channels.kf]`: one account of WeChat customer service."""

    corp_id: str = Field(description="企业 ID")
    open_kfid: str = Field(description="客服账号的 ID，以 wk 开头")
    secret: SecretStr = Field(description="微信客服的 Secret")
    token: SecretStr = Field(description="回调的 Token")
    aes_key: SecretStr = Field(description="回调的 EncodingAESKey")
    api: WebAddress = Field("https://qyapi.weixin.qq.com", description="接口地址")


class OnebotSection(SecretSection):
    """`[channels.onebot]`: a OneBot 11 client that dials in."""

    token: SecretStr = Field(description="客户端要带的令牌；写成空的，只让这台机器上的客户端连进来")


class HookSection(SecretSection):
    """`[channels.hook.NAME]`: the generic signed channel."""

    secret: SecretStr = Field(description="签名用的密钥")
    out_url: WebAddress = Field("", description="发出的消息 POST 到这个地址；不写就只收不发")
    loudspeaker: bool = Field(
        default=False, description="这是广播（喇叭）平台：只送通知里【广播】那一段，只在白天送"
    )


class ChannelsSection(Section):
    """All networks; the built-in web chat needs no table."""

    telegram: TelegramSection | None = Field(None, description="Telegram")
    wecom_bot: WecomBotSection | None = Field(None, description="企业微信智能机器人")
    wecom_webhook: WecomWebhookSection | None = Field(None, description="企业微信群机器人")
    wecom_app: WecomAppSection | None = Field(None, description="企业微信自建应用")
    mp: MpSection | None = Field(None, description="公众号")
    kf: KfSection | None = Field(None, description="微信客服")
    onebot: OnebotSection | None = Field(None, description="OneBot 11")
    hook: dict[str, HookSection] = Field({}, description="通用接口，一个名字一张表")
