"""`[community]`: where residents find the community's office."""

from __future__ import annotations

from pydantic import Field

from bot.settings.section import Section


class CommunitySection(Section):
    """What is left empty is never mentioned."""

    address: str = Field("", description="社区办事的地方，例如 桂花路 1 号一楼；不写就不提")
    phone: str = Field("", description="社区办事的电话；不写就不提")
    hours: str = Field("", description="什么时候有人，例如 工作日 8:30–17:30；不写就不提")

    @property
    def office(self) -> str:
        """Return what is known of it in one line, "" for nothing."""
        return "，".join(filter(None, (self.address, self.phone, self.hours)))
