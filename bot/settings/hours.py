"""`[hours]`: when people are at work and when groups are left in peace."""

from __future__ import annotations

from datetime import date, time
from typing import Self

from pydantic import Field, model_validator

from bot.settings.section import Section, Span


class HoursSection(Section):
    """Times of day in the community's zone (DESIGN: service 08:30–21:00, quiet at night and noon)."""

    service: Span = Field(
        (time(8, 30), time(21, 0)), description="工作日的服务时间，诉求单的时限按它算"
    )
    quiet: tuple[Span, ...] = Field(
        ((time(21, 30), time(8, 0)), (time(12, 30), time(14, 30))),
        description="免打扰时段：通知和不急的派单等它结束，紧急的照发",
    )

    holidays: tuple[date, ...] = Field(
        (), description='放假的日子（调休表里还没有的年份才要写），例如 ["2028-01-24"]'
    )
    workdays: tuple[date, ...] = Field((), description="要上班的周末，写法同上")
    push_budget: int = Field(
        20,
        ge=1,
        le=500,
        description="一个人一天最多单独收几条不急的任务消息，再多的汇总着发；紧急的不限",
    )

    @model_validator(mode="after")
    def _within_a_day(self) -> Self:
        if self.service[0] >= self.service[1]:
            message = "service 的结束时间要晚于开始时间"
            raise ValueError(message)
        return self
