"""What `linli doctor` says of the language model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.config import Settings
from bot.doctor.model import look_at_model
from tests.bot.semantic.stub import choosing, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.semantic.stub import Stub


@pytest.fixture
def stub() -> Iterator[Stub]:
    with running() as made:
        yield made


@pytest.mark.parametrize(
    ("picked", "status", "ok", "says"),
    [
        ("power", 200, True, "分得清"),
        ("water", 200, False, "分不清"),
        ("power", 401, False, "status_401"),
    ],
)
def test_a_model_is_tried_on_something_easy(
    stub: Stub, picked: str, status: int, *, ok: bool, says: str
) -> None:
    stub.says, stub.status = choosing(picked), status
    (found,) = look_at_model(Settings(semantic=stub.section()))
    assert found.ok is ok
    assert says in found.message
    assert ok or found.fix


def test_without_a_model_there_is_nothing_to_look_at() -> None:
    assert look_at_model(Settings()) == []
