"""What browsers load comes from here, is what its makers published, and is small."""

from __future__ import annotations

import gzip
import hashlib
import re
import tomllib

import pytest

from bot.web.assets import STATIC, Assets
from bot.web.templating import FOLDER

VENDORED = tomllib.loads((STATIC / "vendor" / "VENDORED.toml").read_text("utf-8"))["file"]
FIRST = ("linli.css", "linli.js", "report.css", "house.svg")
OWN = ("poster.css", *FIRST, "board.css", "board.js")
BOARD = "echarts"
FIRST_PAGE, BOARD_PAGE = 60_000, 250_000
"""Bytes of the files of the first page and of the board's, compressed (issue 7, ux.md G40)."""


@pytest.mark.parametrize("row", VENDORED, ids=lambda row: row["name"])
def test_a_vendored_file_is_what_was_published_and_has_its_licence(row):
    data = (STATIC / "vendor" / row["name"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == row["sha256"]
    assert row["version"] in row["name"]
    assert (STATIC / "vendor" / row["licence_text"]).stat().st_size > 300


def test_every_file_is_our_own_or_in_the_table():
    known = {f"vendor/{row['name']}" for row in VENDORED}
    known |= {f"vendor/{row['licence_text']}" for row in VENDORED}
    known |= {"vendor/VENDORED.toml", *OWN}
    found = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()}
    assert found == known


@pytest.mark.parametrize("name", ["linli.css", "linli.js", "board.css", "board.js", "poster.css"])
def test_our_own_files_name_no_foreign_address(name):
    text = (STATIC / name).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|//[a-z]+\.[a-z]", text)


def test_the_first_page_is_small_and_the_board_alone_has_charts():
    vendored = [STATIC / "vendor" / row["name"] for row in VENDORED if row["package"] != BOARD]
    assert _packed(vendored + [STATIC / one for one in FIRST]) < FIRST_PAGE
    every = [STATIC / "vendor" / row["name"] for row in VENDORED] + [STATIC / one for one in OWN]
    assert _packed(every) < BOARD_PAGE
    using = [one.name for one in FOLDER.iterdir() if "vendor/echarts" in one.read_text("utf-8")]
    assert using == ["board.html"]


def _packed(files):
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)


async def test_a_file_is_kept_for_ever_under_a_name_that_changes_with_it(stage, browser_session):
    path = Assets().url("linli.css")
    async with browser_session.get(stage.address + path) as response:
        assert response.status == 200
        assert response.headers["Content-Encoding"] == "gzip"
        assert "immutable" in response.headers["Cache-Control"]
        assert await response.read() == (STATIC / "linli.css").read_bytes()


@pytest.mark.parametrize(
    "name",
    ["../server.py", "..%2f..%2fserver.py", "vendor/VENDORED.toml", "vendor", "%2fetc%2fpasswd"],
)
async def test_nothing_else_can_be_reached(stage, browser_session, name):
    async with browser_session.get(f"{stage.address}/static/x/{name}") as response:
        assert response.status == 404
