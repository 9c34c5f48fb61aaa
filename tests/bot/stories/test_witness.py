"""What an `assert` line looks at."""

from __future__ import annotations

from typing import Any

import pytest

from bot.stories.story import Line
from bot.stories.witness import AssertionFailed, Witness
from handlers.messages import ChatRef, Outgoing
from tests.conftest import MONDAY


@pytest.fixture
def witness() -> Witness:
    """Line 1 sent 早 to g; line 2 sent 好 to g and 您好 to @li; line 3 sent nothing."""
    seen = Witness(lambda document: None)
    for sends in ((("g", "早"),), (("g", "好"), ("@li", "您好")), ()):
        seen.next_line()
        for chat, text in sends:
            seen.see_send(MONDAY, Outgoing(text, ChatRef("replay", chat), text))
    return seen


def check(witness: Witness, **fields: Any) -> bool:
    try:
        witness.check(Line(9, MONDAY, "assert", fields))
    except AssertionFailed:
        return False
    return True


@pytest.mark.parametrize(
    "fields",
    [
        {"count": 0},
        {"after": 2, "count": 2},
        {"after": 3, "count": 3},
        {"after": 99, "count": 3},
        {"after": 2, "chat": "@li", "count": 1},
        {"after": 2, "contains": "好"},
        {"after": 2, "contains": "好", "count": 2},
        {"after": 2, "contains": "早", "count": 0},
        {"after": 2, "not_contains": "早"},
        {"after": 3, "chat": "@li", "not_contains": "早"},
        {"after": 2, "contains": "好", "not_contains": "早", "chat": "g", "count": 1},
    ],
)
def test_it_holds(witness: Witness, fields: dict[str, Any]) -> None:
    assert check(witness, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"count": 1},
        {"contains": "好"},
        {"after": 2, "contains": "早"},
        {"after": 2, "contains": "好", "count": 1},
        {"after": 3, "not_contains": "早"},
        {"after": 2, "chat": "g", "contains": "您"},
        {"after": 2, "contains": "好", "not_contains": "您"},
    ],
)
def test_it_does_not_hold(witness: Witness, fields: dict[str, Any]) -> None:
    assert not check(witness, **fields)


def test_a_failure_shows_what_was_seen_instead(witness: Witness) -> None:
    with pytest.raises(AssertionFailed, match=r"第 9 行的 assert 不成立") as caught:
        witness.check(Line(9, MONDAY, "assert", {"after": 2, "contains": "晚"}))

    assert "[@li] 您好" in str(caught.value)
