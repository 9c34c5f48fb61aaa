"""A month of chance, replayed: no orphan, every history proven, and a report that adds up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.pack import copy_pack
from tests.months.month import Month
from tests.months.recount import differences

if TYPE_CHECKING:
    from pathlib import Path

REQUESTS = 25
"""Enough for every branch of the story; the full month of 2,000 is a command (CONTRIBUTING)."""


def linli(folder: Path, *args: str) -> str:
    ran = CliRunner().invoke(main, ["--data", str(folder), *args], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def played(place: Path, url: str) -> tuple[Path, list[str]]:
    """A data folder whose database holds the month, and what the replay printed."""
    folder = place / "data"
    copy_pack(folder)
    story = folder / "story.jsonl"
    story.write_text(Month(seed=3).fill(REQUESTS), encoding="utf-8")
    return folder, linli(folder, "replay", str(story), "--db", url, "--json").splitlines()


@pytest.mark.long
def test_a_month_of_chance_leaves_no_orphan_proves_itself_and_adds_up(
    tmp_path, bare_url, monkeypatch
):
    """One test: the month is played once."""
    monkeypatch.setenv("LINLI_DATABASE__URL", bare_url)
    folder, lines = played(tmp_path, bare_url)
    _every_ticket_has_somebody_and_a_whole_history(folder)
    _the_report_agrees_with_another_count(folder, lines)
    _the_same_month_gives_the_same_bytes(folder, tmp_path)


def _every_ticket_has_somebody_and_a_whole_history(folder: Path) -> None:
    proof = json.loads(linli(folder, "ticket", "verify", "--json"))
    assert proof == {"tickets": REQUESTS, "bad": []}
    tickets = json.loads(linli(folder, "ticket", "list", "--all", "--json"))
    assert len(tickets) == REQUESTS
    assert [one["no"] for one in tickets if one["owner"] is None] == []


def _the_report_agrees_with_another_count(folder: Path, lines: list[str]) -> None:
    report: dict[str, Any] = json.loads(linli(folder, "report", "2026-11", "--json"))
    assert report["figures"]["filed"]["count"] == REQUESTS
    assert report["figures"]["joined"]["count"] > 0
    assert report["figures"]["redone"]["count"] > 0
    assert report["rates"]["content"]["denominator"] > 0
    assert differences(report, lines) == []


def _the_same_month_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    forms = []
    for turn, now in enumerate(("2026-11-30T12:00:00+08:00", "2027-03-01T12:00:00+08:00")):
        html, xlsx = tmp_path / f"{turn}.html", tmp_path / f"{turn}.xlsx"
        said = linli(
            *(folder, "--now", now, "report", "2026-11", "--json"),
            *("--html", str(html), "--xlsx", str(xlsx)),
        )
        forms.append((said, html.read_bytes(), xlsx.read_bytes()))
    assert forms[0] == forms[1]
