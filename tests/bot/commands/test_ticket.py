"""`linli ticket`: looking at requests and proving them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot.__main__ import main
from bot.config import read_settings
from handlers.actions.tickets import working
from knowledge.store import migrate
from knowledge.store.database import Database
from tests.handlers.actions.tickets.lane import LEAK, LIGHT, LaneOf


@pytest.fixture
def lane(tmp_path, clock):
    """A lane whose database lies in the data folder of the commands."""
    settings, _ = read_settings(tmp_path)
    assert settings is not None
    database = Database(settings.database.address(tmp_path), durable=False)
    migrate.prepare(database.engine)
    yield LaneOf(database, clock)
    database.close()


@pytest.fixture
def ticket(tmp_path):
    """Call `linli ticket …` on that data folder."""

    def call(*args):
        return CliRunner().invoke(main, ["--data", str(tmp_path), "ticket", *args])

    return call


def test_the_list_shows_what_is_open_and_on_demand_everything(lane, ticket):
    lane.filed("li", LIGHT)
    lane.report("zhao", LEAK)
    lane.does("zhang", working.finish, 1, "换了新灯")
    assert "0001" in ticket("list").output
    assert "共 2 件" in ticket("list").output
    rows = json.loads(ticket("list", "--json").output)
    assert [(row["no"], row["state"], row["owner"]) for row in rows] == [
        ("0001", "handled", "zhang"),
        ("0002", "new", "zhang"),
    ]


def test_one_ticket_is_shown_with_its_whole_history(lane, ticket):
    lane.filed("li", LIGHT)
    shown = json.loads(ticket("show", "1", "--json").output)
    assert [(step["step"], step["to"]) for step in shown["events"]] == [
        ("drafted", "draft"),
        ("filed", "new"),
    ]
    assert shown["events"][0]["text"] == "三栋二单元楼道灯又不亮哒"
    assert "待受理" in ticket("show", "0001").output


@pytest.mark.parametrize("no", ["9", "abc", "99999999999999999999"])
def test_a_number_that_is_not_there_is_refused(lane, ticket, no):
    result = ticket("show", no)
    assert result.exit_code == 1
    assert f"没有 {no} 这个编号" in result.output


def test_untouched_histories_prove_themselves(lane, ticket):
    lane.filed("li", LIGHT)
    lane.report("zhao", LEAK)
    result = ticket("verify", "--json")
    assert json.loads(result.output) == {"tickets": 2, "bad": []}
    assert result.exit_code == 0
    assert "都对得上" in ticket("verify").output


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE ticket_event SET actor = 'x' WHERE seq = 2", 2),
        ("UPDATE ticket_event SET at = '2026-11-01 00:00:00' WHERE seq = 1", 1),
        ("DELETE FROM ticket_event WHERE seq = 2", 2),
        ("UPDATE ticket_text SET text = '别的话'", 1),
        ("UPDATE ticket SET state = 'closed_confirmed'", 0),
        ("UPDATE ticket SET solve_due = '2030-01-01 00:00:00'", 0),
        ("UPDATE ticket_event SET step = 'nonsense' WHERE seq = 2", 0),
    ],
)
def test_whatever_was_changed_behind_our_back_is_named(lane, ticket, change, seq):
    lane.filed("li", LIGHT)
    with lane.database.transaction() as session:
        session.execute(text(change))
    result = ticket("verify", "--json")
    assert result.exit_code == 1
    assert [(bad["no"], bad["seq"]) for bad in json.loads(result.output)["bad"]] == [("0001", seq)]
    assert "1 件有问题" in ticket("verify").output


def test_erased_words_leave_the_chain_whole(lane, ticket):
    lane.filed("li", LIGHT)
    with lane.database.transaction() as session:
        session.execute(text("DELETE FROM ticket_text"))
    assert json.loads(ticket("verify", "--json").output)["bad"] == []
