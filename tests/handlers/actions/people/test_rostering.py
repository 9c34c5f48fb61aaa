"""A roster is taken in as a whole or not at all."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from handlers.actions.people.rostering import import_folder
from tests.world import DATA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.world import World


async def test_a_faulty_roster_changes_nothing_and_says_where(world: World, tmp_path: Path) -> None:
    shutil.copytree(DATA / "roster", tmp_path / "roster")
    people = tmp_path / "roster" / "people.csv"
    people.write_text(
        people.read_text(encoding="utf-8").replace("hy-3-2", "hy-99"), encoding="utf-8"
    )
    before = dict(world.app.town.hood.people)

    problems = await world.app.act("t", lambda work: import_folder(work, tmp_path / "roster"))
    await world.app.refresh()

    assert any("hy-99" in str(problem) for problem in problems)
    assert dict(world.app.town.hood.people) == before


async def test_who_is_missing_is_disabled_and_comes_back(world: World, tmp_path: Path) -> None:
    shutil.copytree(DATA / "roster", tmp_path / "roster")
    people = tmp_path / "roster" / "people.csv"
    whole = people.read_text(encoding="utf-8")
    people.write_text(
        "\n".join(line for line in whole.splitlines() if not line.startswith("he,")),
        encoding="utf-8",
    )

    await world.app.act("t", lambda work: import_folder(work, tmp_path / "roster"))
    await world.app.refresh()
    assert world.app.town.hood.people["he"].active is False
    people.write_text(whole, encoding="utf-8")
    await world.app.act("t", lambda work: import_folder(work, tmp_path / "roster"))
    await world.app.refresh()

    assert world.app.town.hood.people["he"].active is True
