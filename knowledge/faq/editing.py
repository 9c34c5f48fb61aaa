"""Change one entry in an editor's own file; every other byte of it stays as it is."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.faq.entry import STATE
from knowledge.files import rewriting
from knowledge.files.blocks import parse_blocks, split_wordings
from knowledge.files.bodies import SHORT_LIMIT, Bodies, split_body
from knowledge.files.dates import HOW_TO_WRITE, parse_date
from knowledge.files.encoding import decode
from knowledge.files.folder import text_files
from knowledge.files.rewriting import Parts
from knowledge.files.writing import encoded_like, replace_file

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from knowledge.files.blocks import Block

ADDED = "added.md"
"""File that takes entries written in the pages."""
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
"""A line with its end, as the parser counts them."""
_MEANS_SOMETHING = re.compile(r"^\s*(?:[#＃]{2}|【(?:短|长|長|广播|廣播)】)", re.MULTILINE)


class CannotEdit(ValueError):
    """The draft or the file does not allow it; the Chinese sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the editor's form holds; `checked` None leaves 核对 alone."""

    question: str
    variants: tuple[str, ...]
    short: str
    long: str
    source: str
    valid_until: str
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An entry in its file; `version` changes with every change of its text."""

    path: Path
    block: Block

    @property
    def version(self) -> str:
        """A mark of the text as it stands."""
        return version_of(self.block.text)

    @property
    def draft(self) -> Draft:
        """The entry as its form shows it."""
        return draft_of(self.block)


def version_of(text: str) -> str:
    """Return the mark of an entry's text; empty lines behind it do not count."""
    return hashlib.sha256(text.rstrip().encode()).hexdigest()[:16]


def draft_of(block: Block) -> Draft:
    """Return a block as the editor's form shows it."""
    bodies = split_body(block.body)
    wordings = (one for line in block.all("问法") for one in split_wordings(line.value))
    return Draft(
        question=block.title,
        variants=tuple(dict.fromkeys(wordings)),
        short=bodies.short or bodies.long,
        long=bodies.long if bodies.short else "",
        source=_value(block, "来源"),
        valid_until=_value(block, "有效期"),
    )


def find_entry(folder: Path, entry_id: str) -> Found | None:
    """Return the entry of that 编号 as its file has it now."""
    for path in text_files(folder):
        text, _ = decode(path.read_bytes())
        for block in parse_blocks(text or "", path.name):
            if _value(block, "编号") == entry_id:
                return Found(path, block)
    return None


def save_entry(found: Found, draft: Draft, version: str) -> None:
    """Write the changed entry into its file in one step.

    Raises:
        CannotEdit: somebody changed it meanwhile, or the draft cannot stand in a file.
    """
    replace_block(found, rewritten(found.block, checked_draft(draft)), version)


def replace_block(found: Found, changed: str, version: str) -> None:
    """Put an entry's new text ("" = nothing) where the old one stands; every other byte stays.

    So do the empty lines behind it.

    Raises:
        CannotEdit: somebody changed the entry since `version`.
    """
    raw = found.path.read_bytes()
    text, _ = decode(raw)
    standing = (Found(found.path, one) for one in parse_blocks(text or "", found.block.file))
    now = next((one for one in standing if one.version == version), None)
    if text is None or now is None:
        raise CannotEdit("这一条刚被别人改过，没有保存。请重新打开，再改一次。")
    lines = LINE.findall(text)
    start = now.block.line - 1
    length = now.block.text.count("\n") + 1
    ending = "\r\n" if "\r\n" in text else "\n"
    behind = now.block.text[len(now.block.text.rstrip()) :]
    rest = "".join(lines[start + length :])
    if changed:
        changed = (changed.rstrip() + behind).replace("\n", ending) + (ending if rest else "")
    replace_file(found.path, encoded_like("".join(lines[:start]) + changed + rest, raw))


def add_entry(folder: Path, entry_id: str, draft: Draft, head: str = "") -> None:
    """Write a new entry at the end of the pages' own file; raises CannotEdit like `save_entry`.

    `head` holds further field lines, each with its line end.
    """
    append_block(folder, entry_id, new_text(entry_id, draft, head))


def new_text(entry_id: str, draft: Draft, head: str = "") -> str:
    """Return a new entry as it stands in a file; raises CannotEdit for what cannot be kept."""
    draft = checked_draft(draft)
    blank = parse_blocks(f"## {draft.question}\n编号：{entry_id}\n{head}", ADDED)[0]
    return rewritten(blank, draft)


def append_block(folder: Path, entry_id: str, text: str) -> None:
    """Put an entry's text at the end of the pages' own file; raises CannotEdit where it stands."""
    if find_entry(folder, entry_id) is not None:
        raise CannotEdit("这个问题已经有了，没有保存。请到原来那一条里改。")
    path = folder / ADDED
    raw = path.read_bytes() if path.exists() else b""
    before, _ = decode(raw)
    parts = [before.rstrip("\n")] if before else []
    replace_file(path, encoded_like("\n\n".join([*parts, text.rstrip("\n")]) + "\n", raw))


def checked_draft(draft: Draft) -> Draft:
    """Return the draft with its lines made single; raises CannotEdit for what cannot be kept."""
    if not draft.question.strip() or not draft.short.strip():
        raise CannotEdit("问题和先显示的答案都要写，没有保存。")
    if len(draft.short.strip()) > SHORT_LIMIT:
        raise CannotEdit(f"先显示的答案超过 {SHORT_LIMIT} 字，没有保存。请把后面的放到“更多”里。")
    for body in (draft.short, draft.long):
        if _MEANS_SOMETHING.search(body):
            raise CannotEdit("答案里不能有以 ## 或【短】【长】开头的行，没有保存。请换个写法。")
    try:
        until = parse_date(draft.valid_until or "长期")
    except ValueError as wrong:
        raise CannotEdit(f"有效期：{wrong}，没有保存。请{HOW_TO_WRITE}。") from wrong
    return Draft(
        question=_line(draft.question).lstrip("#＃ "),
        variants=tuple(filter(None, (_line(one) for one in draft.variants))),
        short=_body(draft.short),
        long=_body(draft.long),
        source=_line(draft.source),
        valid_until=until.isoformat() if until else "长期",
        checked=draft.checked,
    )


def rewritten(block: Block, draft: Draft) -> str:
    """Return the block's text with the draft's values; lines it does not concern stay."""
    old = draft_of(block)
    fields = {} if old.variants == draft.variants else {"问法": draft.variants}
    for name, was, will in (
        ("来源", old.source, draft.source),
        ("有效期", old.valid_until, draft.valid_until),
        ("核对", "", draft.checked.isoformat() if draft.checked else ""),
    ):
        if will and was != will:
            fields[name] = (will,)
    same = block.body and (old.short, old.long) == (draft.short, draft.long)
    aloud = split_body(block.body).broadcast
    parts = Parts(
        title=None if old.question == draft.question else draft.question,
        fields=fields,
        bodies=None if same else Bodies(draft.short, draft.long, aloud),
    )
    return rewriting.restated(block, parts)


def restated(block: Block, state: str) -> str:
    """Return the block's text with that 状态, or with none."""
    return rewriting.restated(block, Parts(fields={STATE: (state,) if state else ()}))


def _value(block: Block, name: str) -> str:
    one = block.first(name)
    return one.value if one else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _body(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
