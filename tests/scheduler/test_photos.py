"""Bare photos: asked about once in private, forgotten after ten minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from knowledge.store.rows.dialogues import HeldPhotoRow
from tests.bot.test_media import picture
from tests.world import GROUP

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.world import World


def held(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(HeldPhotoRow)) or 0


async def test_a_bare_private_photo_is_asked_about_once_after_a_pause(world: World) -> None:
    李娭毑 = world["李娭毑"]

    await world.happens(李娭毑.event(images=("p1",)), 李娭毑.event(images=("p2",)))
    李娭毑.hears_nothing()
    await world.passes(seconds=19)
    李娭毑.hears_nothing()
    await world.passes(seconds=1)
    李娭毑.hears("照片")
    await world.passes(minutes=9)
    李娭毑.hears_nothing()


async def test_words_in_time_take_the_photos_with_them(world: World) -> None:
    李娭毑 = world["李娭毑"]

    await 李娭毑.says("", photos=2)
    await world.passes(seconds=15)
    await 李娭毑.says("3栋2单元楼道灯不亮")
    李娭毑.hears("照片 2 张")
    await world.passes(minutes=1)

    李娭毑.hears_nothing()
    assert await world.looks(held) == 0


async def test_a_photo_without_words_is_forgotten_after_ten_minutes(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("", GROUP, photos=1)
    assert await world.looks(held) == 1

    await world.passes(minutes=10)

    assert await world.looks(held) == 0
    assert world.news == [], "in a group nobody is asked about a picture"


async def test_somebody_elses_words_do_not_take_my_photo(world: World) -> None:
    李娭毑, 周爹爹 = world["李娭毑"], world["周爹爹"]
    await 李娭毑.says("", GROUP, photos=1)

    await 周爹爹.says("3栋1单元楼道灯不亮", GROUP)

    assert "照片" not in 周爹爹.reads("这样登记")
    assert await world.looks(held) == 1


async def test_a_photo_that_is_let_go_leaves_no_file(world: World) -> None:
    photo = await world.app.media.keep(picture(), "li")
    await world.happens(world["李娭毑"].event(images=(photo,)))
    assert world.app.media.path(photo) is not None

    await world.passes(minutes=11)

    assert await world.looks(held) == 0
    assert world.app.media.path(photo) is None
