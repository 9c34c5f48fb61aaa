"""Killed at every named step between "stored" and "receipt written": nothing lost, nothing twice."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from handlers.phrases.quarantine import AGAIN
from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.hours import Hours
from knowledge.store.database import Database
from knowledge.store.proof import verify_all
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.tickets import TicketRow
from knowledge.store.rows.web import WebMessageRow
from tests.chaos.estate import lay_out
from tests.chaos.runner import GROUP, STEPS, TRIALS, lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

REPORTS = len(STEPS) * TRIALS + 1
TWICE = 2
"""A push that died in the sending two times stays in doubt, and says so in its row."""

pytestmark = pytest.mark.chaos


@pytest.fixture
def survived(
    tmp_path: Path, on_postgres: str, request: pytest.FixtureRequest
) -> Iterator[tuple[Path, Session]]:
    """A folder and its database after a process has died at every step of the channel."""
    lay_out(tmp_path, REPORTS, [("web", GROUP), ("plain", GROUP)], "plain:zhang")
    command = [sys.executable, "-m", "tests.chaos.runner", str(tmp_path), request.param]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    database = Database(on_postgres or f"sqlite:///{tmp_path / 'linli.db'}")
    with database.view() as session:
        yield tmp_path, session
    database.close()


def every_report_is_one_ticket(folder: Path, session: Session) -> None:
    """Nothing acknowledged is lost, no ticket is there twice, every history proves itself."""
    acked = {line["event"] for line in lines(folder / "acked")}
    rows = session.scalars(select(InboxRow)).all()
    assert {row.event_id for row in rows} == acked == {f"e{n}" for n in range(1, REPORTS + 1)}
    assert {row.state for row in rows} == {"done"}
    assert all(row.attempts == 0 for row in rows), "a killed process is no failure of the handler"
    places = Counter(session.scalars(select(TicketRow.place_id)))
    assert places == {f"u{number}": 1 for number in range(1, REPORTS + 1)}
    assert verify_all(session, WorkCalendar(), Hours()) == (REPORTS, [])
    if session.get_bind().dialect.name == "sqlite":
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"


@pytest.mark.parametrize("survived", ["web"], indirect=True)
def test_on_the_web_every_message_shows_exactly_once(survived: tuple[Path, Session]) -> None:
    folder, session = survived

    every_report_is_one_ticket(folder, session)
    outbox = session.scalars(select(OutboxRow)).all()
    shown = Counter(session.scalars(select(WebMessageRow.key).where(WebMessageRow.sender == "bot")))
    assert {row.state for row in outbox} == {"sent"}
    assert shown == {row.key: 1 for row in outbox}
    assert not any(row.text.startswith(AGAIN) for row in outbox)


@pytest.mark.parametrize("survived", ["plain"], indirect=True)
def test_elsewhere_a_broadcast_is_never_repeated_and_a_push_once_more_marked(
    survived: tuple[Path, Session],
) -> None:
    folder, session = survived

    every_report_is_one_ticket(folder, session)
    seen: dict[str, list[str]] = {}
    for line in lines(folder / "seen"):
        seen.setdefault(line["key"], []).append(line["text"])
    for row in session.scalars(select(OutboxRow)):
        texts = seen.get(row.key, [])
        assert row.state in ("sent", "unknown")
        assert texts or row.state == "unknown", f"lost: {row.text}"
        if row.repeatable:
            assert row.state == "sent" or (row.text.startswith(AGAIN) and row.attempts == TWICE)
            assert [text.startswith(AGAIN) for text in texts[1:]] in ([], [True])
        else:
            assert len(texts) <= 1
