"""What has come in waits for the database, and is given up only when it is itself the trouble."""

from __future__ import annotations

from sqlalchemy.exc import DataError, OperationalError

from bot.insistence import LONGEST_PAUSE, insist, pause


async def told(*faults):
    """What the deed was told, try by try, while these faults happen."""
    left, seen = list(faults), []

    async def deed(failures):
        seen.append(failures)
        if left:
            raise left.pop(0)

    await insist(deed, "test", lambda _: 0.0)
    return seen


async def test_an_outage_of_the_database_is_nobodys_failure():
    assert await told(*[OperationalError("", {}, Exception())] * 9) == [0] * 10


async def test_what_breaks_the_storing_by_itself_is_counted():
    faults = [DataError("", {}, Exception()), OSError(), KeyError("x")]
    assert await told(*faults) == [0, 1, 1, 2]


def test_pauses_grow_to_ten_seconds():
    assert [pause(tries) for tries in (1, 2, 3)] == [0.4, 0.8, 1.6]
    assert pause(100) == LONGEST_PAUSE
