"""`[open311]`: the ledger that other systems may read and feed (GeoReport v2)."""

from __future__ import annotations

from pydantic import Field

from bot.settings.section import Section


class Open311Section(Section):
    """Public requests under `/open311`; posting needs a key of `linli user key`."""

    enabled: bool = Field(default=True, description="别的系统能不能读公开的诉求（没有姓名和电话）")
    jurisdiction: str = Field(
        "", pattern=r"^[\w.-]*$", description="辖区代码；写了，问别的辖区就答没有"
    )
    contact: str = Field("", description="对接的人怎么联系，写在 discovery 里")
    lat: float = Field(
        28.2, ge=-90, le=90, description="社区的纬度：标准要每件诉求有坐标，我们只记地点编号"
    )
    long: float = Field(113.0, ge=-180, le=180, description="社区的经度；默认是长沙，不精确")
    per_minute: int = Field(
        60, ge=1, le=6000, description="一个钥匙一分钟最多用几次，练习和写错的也算"
    )
