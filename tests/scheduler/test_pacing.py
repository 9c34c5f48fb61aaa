"""Sliding windows: compared with a brute force that looks at every moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.messages import Window
from knowledge.store.rows.messages import OutboxRow
from scheduler.pacing import Pacer
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from knowledge.store.database import Database

WINDOWS = (Window(3, 10, per_chat=True), Window(5, 4, per_chat=False))


def seconds(count: float) -> datetime:
    return MONDAY + timedelta(seconds=count)


def sent(
    session: Session,
    number: int,
    chat: str,
    at: datetime,
    channel: str = "replay",
    *,
    landed: datetime | None = None,
) -> None:
    session.add(
        OutboxRow(
            key=f"k{number}",
            channel=channel,
            chat_id=chat,
            kind="group",
            text="",
            buttons=[],
            images=[],
            state="sent",
            not_before=at,
            created_at=at,
            sent_at=at,
            landed_at=landed,
        )
    )


def fits(log: list[tuple[str, datetime]], chat: str, at: datetime) -> bool:
    """Whether one more sending at that moment keeps every window, counted by hand."""
    for window in WINDOWS:
        length = timedelta(seconds=window.seconds)
        inside = [when for who, when in log if who == chat or not window.per_chat]
        if sum(at - length < when <= at for when in inside) >= window.count:
            return False
    return True


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 40)), max_size=25),
    st.sampled_from("ab"),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_the_first_free_moment_is_the_one_that_counting_by_hand_finds(
    database: Database, tries: list[tuple[str, int]], chat: str
) -> None:
    log: list[tuple[str, datetime]] = []
    for who, second in sorted(tries, key=lambda one: one[1]):
        if fits(log, who, seconds(second)):
            log.append((who, seconds(second)))
    now = max((when for _, when in log), default=MONDAY)
    with database.view() as session:
        for number, (who, when) in enumerate(log):
            sent(session, number, who, when)
        session.flush()

        found = Pacer(session, WINDOWS, now).earliest("replay", chat)

    steps = (now + timedelta(seconds=step) for step in range(60))
    assert found == next(moment for moment in steps if fits(log, chat, moment))


def test_what_is_counted_in_memory_paces_like_rows(database: Database) -> None:
    with database.view() as session:
        pacer = Pacer(session, WINDOWS, MONDAY)
        for _ in range(3):
            assert pacer.earliest("replay", "a") == MONDAY
            pacer.count("replay", "a")

        assert pacer.earliest("replay", "a") == seconds(10)
        assert pacer.earliest("replay", "b") == MONDAY
        for _ in range(2):
            pacer.count("replay", "b")
        assert pacer.earliest("replay", "b") == seconds(4)


def test_a_chat_and_a_long_window_count_from_the_receipt_a_short_one_from_the_start(
    database: Database,
) -> None:
    windows = (Window(1, 1, per_chat=True), Window(2, 60, per_chat=False))
    with database.view() as session:
        sent(session, 1, "a", MONDAY, landed=seconds(0.2))
        sent(session, 2, "b", seconds(0.1), landed=seconds(0.9))
        session.flush()
        now = seconds(0.95)
        assert Pacer(session, windows[:1], now).earliest("replay", "a") == seconds(1.2)
        assert Pacer(session, windows, now).earliest("replay", "c") == seconds(60.2)
        brief = (Window(2, 1, per_chat=False),)
        assert Pacer(session, brief, now).earliest("replay", "c") == seconds(1)


def test_a_clock_that_was_put_back_an_hour_silences_nobody(database: Database) -> None:
    with database.view() as session:
        for number in range(9):
            sent(session, number, "a", seconds(3600 + number))
        session.flush()

        assert Pacer(session, WINDOWS, MONDAY).earliest("replay", "a") == MONDAY
        assert Pacer(session, WINDOWS, seconds(3608)).earliest("replay", "a") == seconds(3616)


def test_another_channel_has_windows_of_its_own(database: Database) -> None:
    with database.view() as session:
        for number in range(9):
            sent(session, number, "a", MONDAY, channel="web")
        session.flush()

        assert Pacer(session, WINDOWS, MONDAY).earliest("replay", "a") == MONDAY


def test_without_windows_everything_may_go_at_once(database: Database) -> None:
    with database.view() as session:
        assert Pacer(session, (), MONDAY).earliest("web", "a") == MONDAY


def test_whoever_is_next_never_goes_before_a_moment_that_was_given_out_ahead(
    database: Database,
) -> None:
    with database.view() as session:
        pacer = Pacer(session, (Window(2, 10, per_chat=False),), MONDAY)
        pacer.count("replay", "a", seconds(3))
        assert pacer.earliest("replay", "b") == seconds(3)
        pacer.count("replay", "b", seconds(3))
        assert pacer.earliest("replay", "c") == seconds(13)
