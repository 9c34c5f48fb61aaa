"""`[bot]`: what the assistant is called."""

from __future__ import annotations

from pydantic import Field

from bot.settings.section import Section


class AssistantSection(Section):
    """The names to which the bot answers in a group."""

    name: str = Field("社区小助手", min_length=1, description="机器人的名字，群里 @ 它用")
    aliases: tuple[str, ...] = Field(("小助手",), description="也听这些称呼")
    duty_phone: str = Field("", description="社区的 24 小时值班电话，紧急时告诉居民；不写就不提")

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name, the full one first."""
        return (self.name, *self.aliases)
