"""Log lines: machine words, no phone, JSON when nobody watches."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bot.logs import mask

ROOT = Path(__file__).parent.parent.parent
PROGRAM = """
import logging, structlog
from bot.logs import set_up_logs
set_up_logs()
structlog.get_logger().info("Filed.", action="ticket.filed", ticket="0127")
logging.getLogger("aiohttp").error("call %s", "13812345678")
kept = "SEC" + "RET"
try:
    int("电话13812345678")
except ValueError:
    structlog.get_logger().exception("Failed.", action="message.failed")
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
    assert theirs["event"] == "call 138****5678"
    assert "ValueError" in failed["exception"]
    assert "13812345678" not in failed["exception"]


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
