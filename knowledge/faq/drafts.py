"""Drafts: entries in the ordinary files that wait for an editor, behind the line `状态：草稿`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.faq.editing import CannotEdit, Draft, add_entry, find_entry, replace_block
from knowledge.faq.entry import bare, derived_id
from knowledge.faq.sheet import DRAFT, STATE, checked, read_sheet
from knowledge.files.blocks import parse_blocks
from knowledge.files.bodies import SHORT_LIMIT, cut_at_sentence
from knowledge.files.folder import read_folder

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from knowledge.faq.sheet import Sheet
    from knowledge.files.blocks import Block


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
    text = live_text(found.block)
    _check(folder, found.block, text, links)
    replace_block(found, text, version)


def live_text(block: Block) -> str:
    """Return a draft's text without the line that makes it one."""
    at = {one.line - block.line for one in block.all(STATE)}
    return "\n".join(line for number, line in enumerate(block.text.split("\n")) if number not in at)


def _check(folder: Path, block: Block, text: str, links: Collection[str]) -> None:
    """Refuse what would be an error, in this entry or in one that it then stands beside."""
    reading = read_folder(folder)
    live = parse_blocks(text, block.file, block.line)[0]
    blocks = tuple(
        live if (one.file.split("/")[-1], one.line) == (block.file, block.line) else one
        for one in reading.blocks
    )
    before = _errors(checked(reading, links=links))
    after = _errors(checked(replace(reading, blocks=blocks), links=links))
    if fresh := after - before:
        message, fix = min(fresh)
        raise CannotEdit(f"还不能发布：{message}。{fix}。")


def _errors(sheet: Sheet) -> set[tuple[str, str]]:
    return {(one.message, one.fix) for one in sheet.problems if one.level == "error"}
