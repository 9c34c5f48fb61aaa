"""Keys of other systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.actions.keys import make_key, revoke_key, use_key
from knowledge.community.refusals import NotAllowed, NotFound
from knowledge.store.rows.keys import ApiKeyRow

if TYPE_CHECKING:
    from tests.world import World


async def test_a_key_is_kept_as_a_hash_and_its_name_is_its_own_for_ever(world: World) -> None:
    key = await world.app.act("a", lambda work: make_key(work, "fixmystreet"))
    [row] = await world.app.look(lambda session: list(session.scalars(select(ApiKeyRow))))
    assert key not in str(vars(row))
    await world.app.act("b", lambda work: revoke_key(work, "fixmystreet"))
    with pytest.raises(NotAllowed):
        await world.app.act("c", lambda work: make_key(work, "fixmystreet"))
    with pytest.raises(NotFound):
        await world.app.act("d", lambda work: revoke_key(work, "fixmystreet"))
    with pytest.raises(NotAllowed):
        await world.app.act("e", lambda work: use_key(work, key, 60))
