"""Files that are changed while the service runs: live at once, never half, told of once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.files.watch import Watch

if TYPE_CHECKING:
    from tests.world import World

ANSWER = "8:30–17:30"


async def notices(world: World) -> None:
    """Let a heartbeat go by."""
    world.news.clear()
    await world.app.refresh()
    await world.app.settle()


async def test_a_saved_file_answers_from_the_next_beat_and_a_slip_keeps_the_last_good(
    world: World,
) -> None:
    path = world.app.folder / "faq" / "hours.md"
    good = path.read_text("utf-8")
    李娭毑 = world["李娭毑"]

    path.write_text(good.replace(ANSWER, "9:00–17:00"), "utf-8")
    await notices(world)
    await 李娭毑.says("社区几点上班？")
    李娭毑.hears("9:00–17:00")

    path.write_text(good.replace("核对：", "核队："), "utf-8")
    await notices(world)
    admins = [out for out in world.news if "hours.md" in out.text]
    assert len(admins) == 1
    await 李娭毑.says("社区几点上班？")
    李娭毑.hears("9:00–17:00")

    path.write_text("前面加一行\n\n" + path.read_text("utf-8"), "utf-8")
    await notices(world)
    assert [out for out in world.news if "hours.md" in out.text] == []

    path.write_text(good, "utf-8")
    await notices(world)
    await 李娭毑.says("社区几点上班？")
    李娭毑.hears(ANSWER)


async def test_a_file_that_an_editor_empties_before_writing_it_loses_nothing(world: World) -> None:
    path = world.app.folder / "faq" / "hours.md"
    good = path.read_text("utf-8")
    李娭毑 = world["李娭毑"]

    path.write_bytes(b"")
    await notices(world)
    await 李娭毑.says("社区几点上班？")
    李娭毑.hears(ANSWER)
    path.write_text(good, "utf-8")
    await notices(world)
    await 李娭毑.says("社区几点上班？")
    李娭毑.hears(ANSWER)


def test_a_file_that_stays_empty_is_empty(tmp_path) -> None:
    path = tmp_path / "a.md"
    path.write_text("## 问", "utf-8")
    watch = Watch(tmp_path)
    assert watch.changed()
    path.write_bytes(b"")
    assert [watch.changed() for _ in range(3)] == [False, True, False]
