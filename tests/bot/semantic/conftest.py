"""The endpoint that the tests of this folder ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.semantic.stub import Stub, running

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def stub() -> Iterator[Stub]:
    with running() as made:
        yield made
