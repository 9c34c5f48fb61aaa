"""An entry's text with some of its parts said anew; every line that is not meant stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.files.blocks import parse_blocks
from knowledge.files.bodies import SHORT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.files.blocks import Block
    from knowledge.files.bodies import Bodies

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Parts:
    """What is to be said anew: None = as it was; a field without a value goes."""

    title: str | None = None
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    bodies: Bodies | None = None


def restated(block: Block, parts: Parts) -> str:
    """Return the block's text with these parts; comments, order and empty lines stay.

    A field stands where it stood first, a new one behind the others.
    """
    lines = block.text.split("\n")
    head = lines[0] if parts.title in (None, block.title) else f"## {parts.title}"
    blank = next((at for at, line in enumerate(lines) if at and not line.strip()), len(lines))
    names = {one.line - block.line: one.name for one in block.fields}
    kept = [(names.get(at, ""), lines[at]) for at in range(1, blank)]
    for name, values in parts.fields.items():
        kept = _set(kept, name, values)
    tail = lines[blank:] if parts.bodies is None else _tail(parts.bodies, lines[blank:])
    return "\n".join([head, *(line for _, line in kept), *tail])


def stated(entry_id: str, parts: Parts) -> str:
    """Return the text of a new entry."""
    blank = parse_blocks(f"## {parts.title or ''}\n编号：{entry_id}", "")[0]
    return restated(blank, parts)


def _set(kept: list[Line], name: str, values: Sequence[str]) -> list[Line]:
    at = next((at for at, (one, _) in enumerate(kept) if one == name), len(kept))
    before = [line for line in kept[:at] if line[0] != name]
    after = [line for line in kept[at:] if line[0] != name]
    return [*before, *((name, f"{name}：{value}") for value in values), *after]


def _tail(bodies: Bodies, old: list[str]) -> list[str]:
    """Return the body anew, with as many empty lines behind it as there were.

    A short text that is too long for a chat stays without its mark: it is then cut by itself.
    """
    behind = len(old) - len("\n".join(old).rstrip().split("\n")) if any(old) else 0
    marked = bodies.long or len(bodies.short) <= SHORT_LIMIT
    parts = [f"【短】{bodies.short}" if marked else bodies.short]
    if bodies.long:
        parts.append(f"【长】{bodies.long}")
    if bodies.broadcast:
        parts.append(f"【广播】{bodies.broadcast}")
    return ["", *"\n\n".join(parts).split("\n"), *[""] * behind]
