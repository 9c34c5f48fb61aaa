"""Drafts: entries in the ordinary files that wait for an editor, behind the line `状态：草稿`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.faq.editing import (
    CannotEdit,
    Draft,
    add_entry,
    find_entry,
    replace_block,
    restated,
)
from knowledge.faq.entry import DRAFT, STATE, bare, derived_id
from knowledge.faq.sheet import read_sheet
from knowledge.faq.trial import refuse_errors
from knowledge.files.bodies import SHORT_LIMIT, cut_at_sentence

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def fitted(question: str, answer: str, source: str = "") -> Draft:
    """Return a person's own words as a draft: what is too long for a chat goes behind 更多."""
    answer = "\n".join(line.lstrip("#＃ ") for line in answer.strip().splitlines())
    short = cut_at_sentence(answer)
    long = answer if len(answer) > SHORT_LIMIT else ""
    return Draft(question.strip().lstrip("#＃ "), (), short, long, source, "长期")


def add_draft(folder: Path, draft: Draft) -> str:
    """Write a draft at the end of the pages' own file and return its 编号; it answers nobody.

    Raises:
        CannotEdit: the question stands already (as an answer or a draft), or cannot be kept.
    """
    sheet = read_sheet(folder)
    standing = [block.title for block in (*sheet.blocks.values(), *sheet.drafts.values())]
    if bare(draft.question) in map(bare, standing):
        raise CannotEdit("这个问题已经有了，没有存成草稿。请到原来那一条里改。")
    entry_id = derived_id(draft.question)
    add_entry(folder, entry_id, draft, head=f"{STATE}：{DRAFT}\n")
    return entry_id


def publish(folder: Path, entry_id: str, version: str, links: Collection[str] = ()) -> None:
    """Let a draft answer from now on: its line `状态：草稿` is taken out.

    Raises:
        CannotEdit: no such draft, changed since `version`, or it would be an error as an answer.
    """
    found = find_entry(folder, entry_id)
    if found is None or found.block.first(STATE) is None:
        raise CannotEdit("这份草稿已经不在了，没有发布。请刷新看看。")
    text = restated(found.block, "")
    refuse_errors(folder, text, found.block, links)
    replace_block(found, text, version)
