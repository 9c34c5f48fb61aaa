"""A small table for the tests of tables."""

from __future__ import annotations

from knowledge.files.sheets import Columns

COLUMNS = Columns(("编号", "名称"), frozenset({"编号"}))
