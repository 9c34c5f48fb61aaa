"""Figures for Prometheus: read from the database when asked, so any process tells the same."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot import __version__
from bot.build import commit
from knowledge.community.tickets.ticket import OPEN
from knowledge.files.logbook import Logbook
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.tickets import TicketRow
from knowledge.store.troubles import why

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from prometheus_client.core import Metric
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from bot.web.application import Application
    from bot.web.visit import Visit

Values = dict[tuple[str, ...], float]
"""A figure for each combination of labels."""

RECENT = timedelta(days=1)
"""How far back sends are counted."""
PATIENCE = 5.0
"""Seconds that the database is given: who asks gives us ten."""

log = Logbook()


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure: what it means, its labels, and the value of each combination of them."""

    meaning: str
    labels: tuple[str, ...]
    values: Values


async def metrics(visit: Visit) -> web.Response:
    """Return what is counted, in Prometheus text; nothing in it is about a person."""
    from prometheus_client import (
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        ProcessCollector,
        generate_latest,
    )

    counted = await _of_the_database(visit)
    build = await asyncio.to_thread(commit)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(counted | _of_this_process(visit.app, build)))
    ProcessCollector(registry=registry)
    body = generate_latest(registry)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _of_the_database(visit: Visit) -> dict[str, Gauge]:
    """Return what is counted there; of a database that does not answer only that."""
    now = visit.now
    counted: dict[str, Gauge] = {}
    try:
        async with asyncio.timeout(PATIENCE):
            counted = await visit.app.look(lambda session: _counted(session, now))
    except (TimeoutError, SQLAlchemyError) as fault:
        log.warning("Not counted.", action="metrics.away", why=why(fault))
    answers: Values = {(): float(bool(counted))}
    return counted | {"database_up": Gauge("Whether the database answers.", (), answers)}


class _Collected:
    def __init__(self, gauges: Mapping[str, Gauge]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        for name, gauge in self._gauges.items():
            family = GaugeMetricFamily(f"linli_{name}", gauge.meaning, labels=gauge.labels)
            for labels, value in sorted(gauge.values.items()):
                family.add_metric(labels, value)
            yield family


def _of_this_process(app: Application, at: str) -> dict[str, Gauge]:
    view = app.papers.faq.current
    build: Values = {(__version__, at): 1.0}
    entries: Values = {("served",): float(len(view.entries)), ("draft",): float(len(view.drafts))}
    stall: Values = {(): app.stalls.longest()}
    lately: Values = {(): app.stalls.longest(60)}
    return {
        "build_info": Gauge("Which build this is.", ("version", "commit"), build),
        "faq_entries": Gauge("FAQ entries by state.", ("state",), entries),
        "loop_stall_seconds": Gauge("Longest stall of the loop in five minutes.", (), stall),
        "loop_stall_minute_seconds": Gauge("Longest stall of the last minute.", (), lately),
    }


def _counted(session: Session, now: datetime) -> dict[str, Gauge]:
    oldest: Values = {
        ("inbox",): _age(_oldest_heard(session), now),
        ("outbox",): _age(_oldest_due(session, now), now),
    }
    return {
        "inbox": Gauge("Stored messages by state.", ("state",), _by(session, InboxRow.state)),
        "outbox": Gauge("Messages to send by state.", ("state",), _by(session, OutboxRow.state)),
        "open_tickets": Gauge("Open tickets by state.", ("state",), _open_tickets(session)),
        "oldest_seconds": Gauge("Age of what waits longest.", ("queue",), oldest),
        "sends": Gauge(
            "Sends of the last day by what became of them.",
            ("channel", "state"),
            _sends(session, now),
        ),
        "deadlines_missed": Gauge(
            "Open tickets past their deadline.", ("lane",), _missed(session, now)
        ),
    }


def _by(session: Session, state: InstrumentedAttribute[str]) -> Values:
    found = session.execute(select(state, func.count()).group_by(state))
    return {(name,): float(count) for name, count in found}


def _open_tickets(session: Session) -> Values:
    state = TicketRow.state
    found = session.execute(select(state, func.count()).where(state.in_(OPEN)).group_by(state))
    return {(name,): float(count) for name, count in found}


def _missed(session: Session, now: datetime) -> Values:
    """Tickets that nobody has claimed in time, or that are not solved in time."""
    late = (TicketRow.state == "new") & (TicketRow.claim_due < now) | (TicketRow.solve_due < now)
    found = session.execute(
        select(TicketRow.lane, func.count())
        .where(TicketRow.state.in_(OPEN), late)
        .group_by(TicketRow.lane)
    )
    return {(lane,): float(count) for lane, count in found}


def _sends(session: Session, now: datetime) -> Values:
    labels = (OutboxRow.channel, OutboxRow.state)
    found = session.execute(
        select(*labels, func.count()).where(OutboxRow.sent_at > now - RECENT).group_by(*labels)
    )
    return {(channel, state): float(count) for channel, state, count in found}


def _oldest_heard(session: Session) -> datetime | None:
    return session.scalar(select(func.min(InboxRow.received_at)).where(InboxRow.state == "new"))


def _oldest_due(session: Session, now: datetime) -> datetime | None:
    return session.scalar(
        select(func.min(OutboxRow.not_before)).where(
            OutboxRow.state == "pending", OutboxRow.not_before <= now
        )
    )


def _age(since: datetime | None, now: datetime) -> float:
    return (now - since).total_seconds() if since else 0.0
