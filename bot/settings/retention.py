"""`[retention]`: how long what is not needed any more is kept."""

from __future__ import annotations

from pydantic import Field

from bot.settings.section import Section


class RetentionSection(Section):
    """Shortest necessary times (Personal Information Protection Law, article 19)."""

    raw_hours: int = Field(
        72, ge=1, le=24 * 30, description="收到的原始消息处理完以后保留几小时，然后删除"
    )
