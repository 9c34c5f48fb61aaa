"""`[faq]`: how sure the bot must be, and where its answers may link to."""

from __future__ import annotations

from pydantic import Field

from bot.settings.section import Section


class FaqSection(Section):
    """Two thresholds on the calibrated scale 0..1; unset means the calibrated values."""

    allow_links: tuple[str, ...] = Field(
        (), description="答案里可以出现的网址域名，例如 changsha.gov.cn；别的链接算错误"
    )
    threshold: float | None = Field(
        None, ge=0, le=1, description="被问到时，把握到多少才直接回答；不写就用校准好的值"
    )
    threshold_unasked: float | None = Field(
        None, ge=0, le=1, description="没人叫它时，把握到多少才主动回答；不写就用校准好的值"
    )
    two_person: bool = Field(
        default=False, description="两个人才能改答案：一个编辑改好，另一个编辑发布以后才生效"
    )
