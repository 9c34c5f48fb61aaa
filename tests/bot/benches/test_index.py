"""What the index is measured with, and beside."""

from __future__ import annotations

from bot.benches.index import ASKED, contend, neighbourhood_of, reload_ms
from bot.benches.peers import grams, installed, sqlite_fts5
from knowledge.faq.entry import Entry
from knowledge.faq.index import Index


def test_the_invented_entries_are_as_many_as_wanted_different_and_the_same_every_time():
    entries, questions = neighbourhood_of(500)
    assert len({entry.id for entry in entries}) == len({one.question for one in entries}) == 500
    assert len(questions) == 2 * ASKED[500]
    assert neighbourhood_of(500) == (entries, questions)


def test_every_question_finds_an_entry():
    entries, questions = neighbourhood_of(500)
    index = Index.build(entries)
    assert all(index.search(question) for question in questions[:20])


def test_a_contender_has_four_figures():
    figures = contend("sqlite_fts5", 500)
    assert set(figures) == {"build_s", "p50_ms", "p95_ms", "memory_mb"}


def test_a_saved_file_of_500_entries_is_read_again():
    assert reload_ms() > 0


def test_sqlite_is_always_there_and_finds_what_was_asked():
    asked = ("老年卡怎么办", "停水打什么电话", "狗证在哪里办", "垃圾怎么分")
    ask = sqlite_fts5([Entry(one, one) for one in asked])
    assert "sqlite_fts5" in installed()
    assert ask("养狗的狗证")[0] == (3,)


def test_peers_see_characters_and_pairs_without_signs():
    assert grams("办卡？A") == ["办", "卡", "a", "办卡", "卡a"]
