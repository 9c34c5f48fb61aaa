"""Sends our workbooks through LibreOffice and back: `python -m tests.libreoffice`, exit 1 on a change."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import knowledge.pack
from knowledge.community.roster.roster import read_roster
from knowledge.community.roster.rosterbook import book_of as roster_book
from knowledge.community.roster.rosterbook import read_book as read_roster_book
from knowledge.faq.book import book_of, read_book
from knowledge.faq.importing import plan_import
from knowledge.faq.sheet import read_sheet

PACK = Path(knowledge.pack.__file__).parent
XLSX = "xlsx:Calc MS Excel 2007 XML"


def through(raw: bytes, folder: Path) -> bytes:
    """Let LibreOffice open a workbook and save it as its own."""
    source = folder / "in.xlsx"
    source.write_bytes(raw)
    command = ["soffice", "--headless", "--convert-to", XLSX, "--outdir", str(folder / "out")]
    subprocess.run([*command, str(source)], check=True, capture_output=True)
    return (folder / "out" / "in.xlsx").read_bytes()


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Say for both workbooks what is different afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(PACK / "faq", folder / "faq")
        answers, _ = book_of(read_sheet(folder / "faq"))
        table = read_book(through(answers, folder), "faq.xlsx")
        plan = plan_import(folder / "faq", table, date(2026, 11, 25))
        differing = [one.id for one in plan.changes if one.kind != "没有变"]
        say(f"faq: {plan.rows} rows, {len(differing)} changed {differing[:5]}")

        roster, _ = read_roster(PACK / "roster")
        assert roster is not None
        again, problems = read_roster_book(through(roster_book(roster), folder), "roster.xlsx")
        same = again == roster
        say(f"roster: {len(roster.people)} people, {'same' if same else 'changed'} {problems[:3]}")
    return 0 if same and not differing and plan.rows else 1


if __name__ == "__main__":
    sys.exit(main())
