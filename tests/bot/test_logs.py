"""Log lines: machine words, no phone, JSON when nobody watches."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clocks import SystemClock
from bot.logs import mask, trace

ROOT = Path(__file__).parent.parent.parent
PROGRAM = """
import logging
from bot.logs import set_up_logs
from knowledge.files.logbook import Logbook
set_up_logs()
log = Logbook()
log.info("Filed.", action="ticket.filed", ticket="0127")
logging.getLogger("aiohttp").error("call %s", "13812345678")
kept = "SEC" + "RET"
try:
    int("电话13812345678")
except ValueError:
    log.exception("Failed.", action="message.failed")
"""
TERMINAL = """
import sys
sys.stderr.isatty = lambda: True
"""


def test_a_phone_is_masked_wherever_it_stands():
    line = {"event": "x", "phone": "13812345678", "count": 3}

    assert mask(None, "", line) == {"event": "x", "phone": "138****5678", "count": 3}


def test_lines_are_json_and_even_a_librarys_line_hides_a_phone():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == ""
    ours, theirs, failed = (json.loads(line) for line in done.stderr.splitlines())
    assert (ours["action"], ours["ticket"], ours["level"]) == ("ticket.filed", "0127", "info")
    at = datetime.fromisoformat(ours["timestamp"])
    assert at.utcoffset() == timedelta(hours=8), "also on a machine that stands in UTC"
    assert abs(SystemClock().now() - at) < timedelta(minutes=1)
    assert theirs["event"] == "call 138****5678"
    assert "ValueError" in failed["exception"]
    assert "13812345678" not in failed["exception"]


def fault_of(statement):
    """What a database that refuses a row says: with the row."""
    words = "null value in column\nDETAIL:  Failing row contains (1, {我的腿不好})."
    fault = RuntimeError(f"(IntegrityError) {words}\n[SQL: {statement}]")
    fault.__cause__ = ValueError(words)
    return fault


@pytest.mark.parametrize("given", ["fault", "tuple", "current"])
def test_of_an_exception_only_the_first_line_and_the_way_are_told(given):
    fault = fault_of("INSERT 我的腿不好")
    try:
        raise fault
    except RuntimeError:
        info = {"fault": fault, "tuple": sys.exc_info(), "current": True}[given]
        line = trace(None, "", {"event": "x", "exc_info": info})

    told = line["exception"]
    assert "exc_info" not in line
    assert "腿" not in told
    assert "builtins.ValueError: null value in column" in told
    assert "builtins.RuntimeError: (IntegrityError) null value in column" in told
    assert "test_logs.py" in told
    assert trace(None, "", {"event": "x", "exc_info": None}) == {"event": "x"}


def test_a_traceback_on_a_terminal_shows_no_values():
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL + PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "ValueError" in done.stderr
    assert "SECRET" not in done.stderr


def test_who_sets_the_logs_up_again_is_heard_before_and_after_the_first_line():
    again = """
import logging
from bot.logs import set_up_logs
from knowledge.files.logbook import Logbook
log = Logbook()
set_up_logs()
set_up_logs(logging.ERROR)
log.info("One.")
set_up_logs()
log.info("Two.")
set_up_logs(logging.ERROR)
log.info("Three.")
"""
    done = subprocess.run(
        [sys.executable, "-c", again], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert [json.loads(line)["event"] for line in done.stderr.splitlines()] == ["Two."]
