"""`[semantic]`: a language model that may be asked which entry is meant; absent = switched off."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from bot.settings.findings import label
from bot.settings.lines import line_of
from bot.settings.secrets import SecretSection
from knowledge.files.problem import Problem

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class SemanticSection(SecretSection):
    """An endpoint that speaks as OpenAI's does; the bot is complete without it."""

    url: str = Field(
        pattern=r"^https?://\S*[^/\s]$",
        description="接口地址，写到 /v1 为止，例如 http://127.0.0.1:11434/v1",
    )
    model: str = Field(min_length=1, description="模型的名字")
    kind: Literal["embedding", "chat"] = Field(
        "embedding", description="哪一种接口：向量（embedding）还是对话（chat）"
    )
    key: SecretStr = Field(SecretStr(""), description="接口的密钥；不要密钥就不写")
    timeout: float = Field(2.0, gt=0, le=10, description="最多等几秒；等不到就照没有模型的办法答")


def overheard(section: SemanticSection | None, text: str) -> tuple[Problem, ...]:
    """Return a warning when what residents ask would leave this machine unencrypted."""
    if section is None or section.url.startswith("https"):
        return ()
    if urlsplit(section.url).hostname in _HERE:
        return ()
    path = ("semantic", "url")
    fix = "换成 https:// 的地址，或者把模型放在这台机器上"
    message = "居民问的话会不加密地送出去"
    return (Problem("linli.toml", line_of(text, path) or 1, label(path), "warning", message, fix),)
