"""What others search with, over the same texts in characters and pairs: optional, never needed."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from importlib.util import find_spec
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.faq.entry import Entry

    Ask = Callable[[str], object]

BEST = 3
TABLE = "CREATE VIRTUAL TABLE said USING fts5(grams, content='', tokenize='unicode61')"
FIND = "SELECT rowid FROM said WHERE grams MATCH ? ORDER BY rank LIMIT ?"


def installed() -> tuple[str, ...]:
    """Return the peers that can be measured here; SQLite always can."""
    return tuple(name for name in PEERS if name == "sqlite_fts5" or find_spec(name))


def grams(text: str) -> list[str]:
    """Return characters and pairs of a text without signs."""
    plain = "".join(char for char in text.lower() if char.isalnum())
    return [*plain, *map(add, plain, plain[1:])]


def text_of(entry: Entry) -> str:
    """Return all that the index of ours sees of an entry."""
    return " ".join((*entry.wordings, *entry.keywords, entry.topic, entry.short))


def rank_bm25(entries: list[Entry]) -> Ask:
    """Build BM25Okapi of rank_bm25."""
    index = import_module("rank_bm25").BM25Okapi([grams(one) for one in map(text_of, entries)])
    numbers = range(len(entries))
    return lambda question: index.get_top_n(grams(question), numbers, BEST)


def bm25s(entries: list[Entry]) -> Ask:
    """Build BM25 of bm25s."""
    index = import_module("bm25s").BM25()
    index.index([grams(one) for one in map(text_of, entries)], show_progress=False)
    return lambda question: index.retrieve([grams(question)], k=BEST, show_progress=False)


def sqlite_fts5(entries: list[Entry]) -> Ask:
    """Build SQLite's FTS5 over tokens with spaces between them, in memory."""
    database = sqlite3.connect(":memory:")
    database.execute(TABLE)
    database.executemany(
        "INSERT INTO said(grams) VALUES (?)",
        ((" ".join(grams(one)),) for one in map(text_of, entries)),
    )

    def ask(question: str) -> object:
        wanted = " OR ".join(f'"{gram}"' for gram in dict.fromkeys(grams(question)))
        return database.execute(FIND, (wanted, BEST)).fetchall()

    return ask


PEERS: dict[str, Callable[[list[Entry]], Ask]] = {
    "rank_bm25": rank_bm25,
    "bm25s": bm25s,
    "sqlite_fts5": sqlite_fts5,
}
"""Name of the importable module (but for SQLite) → what builds it."""
