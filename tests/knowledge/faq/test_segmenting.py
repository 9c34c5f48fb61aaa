"""Words are cut as jieba cuts them, from a dictionary that is read faster."""

from __future__ import annotations

from pathlib import Path

import jieba

from knowledge.faq.segmenting import Segmenter
from knowledge.faq.words import normalise

SENTENCES = Path(__file__).parents[2] / "handlers" / "sentences" / "asked.txt"


def test_every_sentence_is_cut_as_jieba_cuts_it_without_its_table_of_beginnings() -> None:
    theirs, ours = jieba.Tokenizer(), Segmenter()
    theirs.FREQ, theirs.total = theirs.gen_pfdict(theirs.get_dict_file())
    theirs.initialized = True
    said = [line.split("\t")[-1] for line in SENTENCES.read_text("utf-8").splitlines()]

    for text in map(normalise, said):
        assert ours.lcut(text) == theirs.lcut(text)
    assert all(ours.FREQ.values()), "no beginnings: they are most of what its own loading costs"
    assert len(ours.FREQ) < len(theirs.FREQ)
    assert ours.total == theirs.total
