"""The table in the README says what the adapters declare, and none of them is left out."""

from __future__ import annotations

from pathlib import Path

from tests.channels.conftest import RIGS, SPEAKERS
from tests.channels.table import DECLARED, README, filled
from tests.channels.town import PARTNER

ADAPTERS = Path(__file__).parent.parent.parent / "bot/channels"


def test_the_readme_is_as_the_command_writes_it():
    said = README.read_text("utf-8")
    assert filled(said) == said, "python -m tests.channels.table writes it"
    other = said.replace("| Telegram | 所有的话 |", "| Telegram | 听不到 |")
    assert other != said
    assert filled(other) == said


def test_every_adapter_stands_in_the_table_and_keeps_the_contract():
    adapters = {one.stem for one in ADAPTERS.iterdir() if not one.name.startswith("_")}
    kept = {"hook" if kind.name == PARTNER else kind.name for kind in (*RIGS, *SPEAKERS)}
    assert kept == adapters
    assert len(DECLARED) == len(adapters - {"replay"}), "stories are no channel of anybody"
