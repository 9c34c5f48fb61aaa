"""The one plain-text form of all lists that admins write: `##`, fields, a blank line, the body."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"^ {0,3}[#＃]{2}(?![#＃])(.*)$")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")
_EQUAL = dict(zip("０１２３４５６７８９：\u3000\xa0\t", "0123456789:   ", strict=True))
_UNEQUAL = re.compile(f"[{''.join(_EQUAL)}]")
"""What `plain` replaces: looking for it is faster than translating each Chinese character."""


@dataclass(frozen=True, slots=True)
class Field:
    """A line `name：value` of an entry; `name` is empty where the colon is missing."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """One entry as written: its heading, fields and body with their 1-based lines, and raw text."""

    title: str
    line: int
    file: str
    fields: tuple[Field, ...]
    body: str
    body_line: int
    text: str

    def first(self, name: str) -> Field | None:
        """Return the first field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def all(self, name: str) -> list[Field]:
        """Return all fields of that name in file order."""
        return [field for field in self.fields if field.name == name]


def parse_blocks(text: str, file: str, first_line: int = 1) -> tuple[Block, ...]:
    """Return the entries of a file; what stands before the first `##` is nobody's business."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts = [at for at, line in enumerate(lines) if _HEADING.match(line)]
    ends = [*starts[1:], len(lines)]
    return tuple(
        _block(lines[start:end], start + first_line, file)
        for start, end in zip(starts, ends, strict=False)
    )


def _block(lines: list[str], line: int, file: str) -> Block:
    heading = _HEADING.match(lines[0])
    title = _HIDDEN.sub("", heading[1] if heading else "").strip().rstrip("#").strip()
    blank = next((at for at, text in enumerate(lines) if at and _is_blank(text)), len(lines))
    body_at = next((at for at in range(blank, len(lines)) if not _is_blank(lines[at])), blank)
    return Block(
        title=title,
        line=line,
        file=file,
        fields=tuple(_field(lines[at], line + at) for at in range(1, blank)),
        body=_HIDDEN.sub("", "\n".join(lines[body_at:])).strip(),
        body_line=line + min(body_at, len(lines) - 1),
        text="\n".join(lines),
    )


def _field(line: str, number: int) -> Field:
    """Read one field line; full-width and half-width colon, digits and spaces are equal."""
    name, colon, value = plain(line).partition(":")
    return Field(name.replace(" ", ""), value.strip(), number) if colon else Field("", name, number)


def plain(line: str) -> str:
    """Return the line with full-width colon, digits and spaces as half-width ones."""
    seen = _HIDDEN.sub("", line)
    return _UNEQUAL.sub(lambda found: _EQUAL[found[0]], seen).strip()


def _is_blank(line: str) -> bool:
    return not _HIDDEN.sub("", line).strip()


def split_list(value: str) -> tuple[str, ...]:
    """Split ids or names at `；;、，,`."""
    return tuple(part for raw in re.split("[；;、，,]", value) if (part := raw.strip()))


def split_wordings(value: str) -> tuple[str, ...]:
    """Split questions at `；;` only: a comma belongs to the sentence."""
    return tuple(part for raw in re.split("[；;]", value) if (part := raw.strip()))
