"""The audit log over four histories, and the chain of the office's own deeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update

from knowledge.store.audit import Noted, append, first_break
from knowledge.store.auditlog import Line, Wanted, lines
from knowledge.store.rows.audit import AuditRow
from knowledge.store.rows.faq import ChangeRow
from knowledge.store.rows.notices import RoundRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from sqlalchemy import Delete, Update
    from sqlalchemy.orm import Session

    from knowledge.store.database import Database


def happen(session: Session, who: str = "chen") -> None:
    """At one and the same moment: two steps, four changes, a round, three deeds."""
    ticket = TicketRow(
        no=7, kind="repair", category="x", lane="P2", state="new", matter="灯", reporter="li",
        channel="web", chat_id="@li", claimants=[], images=[], created_at=MONDAY,
    )  # fmt: skip
    session.add(ticket)
    session.flush()
    session.add_all(
        TicketEventRow(
            ticket_id=ticket.id, seq=seq, at=MONDAY, step="filed", to_state="new", actor="li",
            facts={}, prev="", hash=str(seq),
        )
        for seq in (1, 2)
    )  # fmt: skip
    session.add_all(
        ChangeRow(faq_id=faq_id, number=number, at=MONDAY, who=who, how="page", text="")
        for faq_id in ("a", "b-c")
        for number in (1, 2)
    )
    session.add(RoundRow(notice_id="n", planned=MONDAY, code="A", title="关窗", begun_at=MONDAY))
    for number in range(3):
        append(session, Noted(MONDAY, who, "sign", "sign.in", f"p{number}", ""))


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_pages_of_one_moment_lose_and_double_nothing(database: Database, size: int) -> None:
    with database.transaction() as session:
        happen(session)
    with database.view() as session:
        everything = lines(session, Wanted(), 100)
        shown: list[Line] = []
        while page := lines(session, _behind(shown), size):
            shown += page
    assert len(everything) == 10
    assert shown == everything


def _behind(shown: list[Line]) -> Wanted:
    last = shown[-1] if shown else None
    return Wanted(after=(last.at, *last.place) if last else None)


def test_the_log_finds_by_person_kind_and_object(database: Database) -> None:
    with database.transaction() as session:
        happen(session)
        append(session, Noted(MONDAY, "xie", "person", "person.give", "chen", ""))
    with database.view() as session:
        assert [line.who for line in lines(session, Wanted(people=frozenset({"clock"})), 9)] == [
            "clock"
        ]
        chen = lines(session, Wanted(people=frozenset({"chen"})), 100)
        assert [line.kind for line in chen] == ["faq"] * 4 + ["person"] + ["sign"] * 3
        assert {line.deed for line in lines(session, Wanted(kind="ticket"), 9)} == {"filed:new"}
        assert [line.kind for line in lines(session, Wanted(subject="7"), 9)] == ["ticket"] * 2
        assert [line.deed for line in lines(session, Wanted(kind="notice"), 9)] == ["begun"]


MIDDLE, LAST = 2, 3
DAMAGE: dict[str, tuple[Update | Delete, int]] = {
    "changed": (update(AuditRow).where(AuditRow.id == MIDDLE).values(who="xie"), MIDDLE),
    "cut out": (delete(AuditRow).where(AuditRow.id == MIDDLE), LAST),
    "cut off": (delete(AuditRow).where(AuditRow.id == LAST), LAST),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_line_that_was_changed_or_taken_out_is_found(database: Database, damage: str) -> None:
    with database.transaction() as session:
        happen(session)
        assert first_break(session) is None
    statement, found = DAMAGE[damage]
    with database.transaction() as session:
        session.execute(statement)
        assert first_break(session) == found
