"""删除我的数据 in the built-in chat: no table and no file holds what was said or shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge.store.base import Model
from tests.bot.test_media import picture
from tests.bot.web.visitor import Visitor

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GROUP, HOME = "g-gh3", "@li"
CANARY, PHONE = "我的腿脚不方便怕摔跤", "13812345678"


def everything(session: Session) -> str:
    """Every row of every table as text."""
    return "\n".join(
        f"{table.name}: {row!r}"
        for table in Model.metadata.sorted_tables
        for row in session.execute(select(table))
    )


async def test_nothing_said_or_shown_is_left(li, zhang, stage):
    told = f"{CANARY}，电话{PHONE}"
    mei = Visitor(stage, zhang.session, "mei")
    await li.says(GROUP, f"三栋二单元水管爆裂，水往楼下灌！{told}", photo=picture())
    await mei.says(GROUP, "三栋二单元水管爆裂，水往楼下灌！", photo=picture())
    await li.says(HOME, f"补充1 {told}")
    await li.says(HOME, f"{told}，老屋的证能不能过户给女婿")
    await li.says(HOME, "", photo=picture())
    spoken = await stage.app.media.keep_voice(b"OggS" + bytes(99), "li")
    files = set((stage.app.folder / "media").glob("*/*.*"))
    before = await stage.app.look(everything)
    assert CANARY in before
    assert PHONE in before
    assert len(files) == 4

    await li.says(HOME, "删除我的数据")
    await li.says(HOME, "1")
    await stage.app.settle()

    after = await stage.app.look(everything)
    assert [line for line in after.splitlines() if CANARY in line or PHONE in line] == []
    assert "138****5678" not in after
    assert len(set((stage.app.folder / "media").glob("*/*.*"))) == 1
    assert stage.app.media.path(spoken) is None
    bubbles = await mei.chat(GROUP)
    assert any("水往楼下灌" in text for who, text in bubbles if who == "me")
