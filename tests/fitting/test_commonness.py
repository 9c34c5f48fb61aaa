"""The shipped table can be made again."""

from __future__ import annotations

from importlib.resources import files

from tests.fitting.commonness import table


def test_the_shipped_table_is_what_its_generator_makes():
    shipped = files("knowledge.faq").joinpath("commonness.txt").read_text(encoding="utf-8")
    assert table() == shipped
