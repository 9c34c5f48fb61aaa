"""`[web]`: where the pages are served."""

from __future__ import annotations

from pydantic import Field

from bot.settings.section import Section


class WebSection(Section):
    """The server's address, and the address that people use for it."""

    host: str = Field("127.0.0.1", description="监听的地址；默认只有本机能打开")
    port: int = Field(8080, ge=0, le=65535, description="监听的端口；0 = 任选一个空的")
    public_url: str = Field(
        "",
        pattern=r"^(https?://\S*[^/\s])?$",
        description="居民打开网页用的地址，写在消息的链接里；不写就用本机地址",
    )
