"""`[notices]`: how often a group may be told something."""

from __future__ import annotations

from pydantic import Field

from bot.settings.section import Section


class NoticesSection(Section):
    """Budgets per group (CONTRACT §3.2); what does not fit is moved within 3 days or dropped."""

    per_day: int = Field(1, ge=1, le=10, description="一个群一天最多几条通知")
    per_week: int = Field(2, ge=1, le=70, description="一个群一周（周一到周日）最多几条通知")
    per_theme_week: int = Field(1, ge=1, le=70, description="同一主题一周最多几条")
    jitter_minutes: int = Field(
        0, ge=0, le=60, description="随机推迟 0 到几分钟，免得所有群同时收到；只会推迟"
    )
    apart_minutes: int = Field(
        0,
        ge=0,
        le=180,
        description="小区群和它里面的楼栋群错开几分钟发，免得一个人一小时里收到两遍；建议 60，0 = 同时发",
    )
