"""Rows that a transaction has made and not written yet: bound together, a statement for each table.

Hardly ever does anybody ask for what was just told, offered or noted before the transaction ends:
so a batch of messages writes all of it at once. Whoever asks through the session finds it written:
every statement binds the sheaf first, but for one with the execution option `autoflush` False,
which the ORM knows as well: what waits to be written has nothing to do with that one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from knowledge.store.rows.dialogues import MenuRow, OptionRow
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.questions import AnswerRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow, TicketTextRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Table
    from sqlalchemy.orm import ORMExecuteState, SessionTransaction

    from knowledge.store.base import Model

APART: dict[str, Any] = {"autoflush": False}
"""Execution options of a statement that what waits to be written has nothing to do with."""

_TABLES = OutboxRow.metadata.tables
MESSAGES, MENUS, EVENTS, TICKETS, ANSWERS = (
    _TABLES[kind.__tablename__]
    for kind in (OutboxRow, MenuRow, TicketEventRow, TicketRow, AnswerRow)
)
_BELONGS = {
    MENUS: _TABLES[OptionRow.__tablename__].c.menu_id,
    EVENTS: _TABLES[TicketTextRow.__tablename__].c.event_id,
}
"""By which column the parts of a row belong to it: the lines of a menu, the words of an event."""
_WHOLES = {
    table: insert(table).returning(table.c.id, sort_by_parameter_order=True) for table in _BELONGS
}
_PLAIN = {
    table: insert(table)
    for table in (MESSAGES, TICKETS, ANSWERS, *(column.table for column in _BELONGS.values()))
}
"""Executed with every batch: built once."""
_WAITING, _BEFORE = "sheaf", "sheaf before a savepoint"

Row = dict[str, Any]


class Laid(NamedTuple):
    """A row that waits, with its parts."""

    row: Row
    parts: tuple[Row, ...]


Waiting = dict["Table", list[Laid]]


def lay(session: Session, table: Table, row: Row, parts: Iterable[Row] = ()) -> None:
    """Have a row of MESSAGES, ANSWERS, MENUS, EVENTS or TICKETS written with its parts, at the end if nobody asks.

    The rows of a table name the same columns, and keep the order in which they were laid.
    """
    waiting: Waiting = session.info.setdefault(_WAITING, defaultdict(list))
    waiting[table].append(Laid(row, tuple(parts)))


def settle(session: Session, *kinds: type[Model]) -> None:
    """Write what rows of these kinds have become, before a statement that is about them APART.

    Whatever of other kinds waits to be written, in the session or in its sheaf, goes on waiting.
    """
    flush_touched(session, *kinds)
    if TicketRow in kinds:
        _bind_tickets(session)


def flush_touched(session: Session, *kinds: type[Model]) -> None:
    """The same for what the session itself has to write; the sheaf stays as it is."""
    touched = {*map(type, session.new), *map(type, session.dirty), *map(type, session.deleted)}
    if not touched.isdisjoint(kinds):
        session.flush()


def bind(session: Session) -> None:
    """Write what waits."""
    _bind_tickets(session)  # all the others may name them
    waiting: Waiting = session.info.pop(_WAITING, {})
    for table, laid in waiting.items():
        if table in _BELONGS:
            _write_with_parts(session, table, laid)
        else:
            session.connection().execute(_PLAIN[table], [one.row for one in laid])


def _bind_tickets(session: Session) -> None:
    waiting: Waiting = session.info.get(_WAITING, {})
    if laid := waiting.pop(TICKETS, ()):
        session.connection().execute(_PLAIN[TICKETS], [one.row for one in laid])


def _write_with_parts(session: Session, table: Table, laid: list[Laid]) -> None:
    connection = session.connection()  # the session would write its own rows first
    ids = connection.scalars(_WHOLES[table], [one.row for one in laid])
    belongs = _BELONGS[table]
    parts = [
        {**part, belongs.name: row_id}
        for row_id, one in zip(ids, laid, strict=True)
        for part in one.parts
    ]
    if parts:
        connection.execute(_PLAIN[belongs.table], parts)


event.listen(Session, "before_commit", bind)
event.listen(Session, "before_flush", lambda session, *_: _bind_tickets(session))


@event.listens_for(Session, "do_orm_execute")
def _before_a_statement(state: ORMExecuteState) -> None:
    if state.execution_options.get("autoflush", True):
        bind(state.session)


@event.listens_for(Session, "after_transaction_create")
def _remember(session: Session, begun: SessionTransaction) -> None:
    """Note what waits when a savepoint begins: once that is undone it waits again.

    By a weak key, as a savepoint knows its session, which would hold itself for ever after.
    """
    if begun.nested:
        waiting: Waiting = session.info.get(_WAITING, {})
        before = {table: list(laid) for table, laid in waiting.items()}
        session.info.setdefault(_BEFORE, WeakKeyDictionary())[begun] = before


@event.listens_for(Session, "after_soft_rollback")
def _undo(session: Session, undone: SessionTransaction) -> None:
    if undone.nested:
        session.info[_WAITING] = defaultdict(list, session.info[_BEFORE].pop(undone))
    elif undone.parent is None:
        session.info.pop(_WAITING, None)
