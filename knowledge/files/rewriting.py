"""An entry's text with some of its fields and bodies changed; every other line stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.files.blocks import Block
    from knowledge.files.bodies import Bodies

BODY_MARKS = ("短", "长", "广播")


def rewritten(
    block: Block,
    title: str,
    fields: Mapping[str, Sequence[str]],
    bodies: Bodies | None,
) -> str:
    """Return the block's text with these values; `bodies` None leaves the body alone.

    A field stands where it stood first, a new one behind the others, one without values goes.
    """
    lines = block.text.split("\n")
    head = lines[0] if block.title == title else f"## {title}"
    blank = next((at for at, line in enumerate(lines) if at and not line.strip()), len(lines))
    names = {one.line - block.line: one.name for one in block.fields}
    kept = [(names.get(at, ""), lines[at]) for at in range(1, blank)]
    for name, values in fields.items():
        kept = _set(kept, name, values)
    tail = lines[blank:] if bodies is None else _tail(bodies, lines[blank:])
    return "\n".join([head, *(line for _, line in kept), *tail])


def _set(kept: list[tuple[str, str]], name: str, values: Sequence[str]) -> list[tuple[str, str]]:
    at = next((at for at, (one, _) in enumerate(kept) if one == name), len(kept))
    before = [line for line in kept[:at] if line[0] != name]
    after = [line for line in kept[at:] if line[0] != name]
    return [*before, *((name, f"{name}：{value}") for value in values), *after]


def _tail(bodies: Bodies, old: list[str]) -> list[str]:
    """Return the body anew, with as many empty lines behind it as there were."""
    behind = len(old) - len("\n".join(old).rstrip().split("\n")) if any(old) else 0
    texts = (bodies.short, bodies.long, bodies.broadcast)
    parts = [f"【{mark}】{text}" for mark, text in zip(BODY_MARKS, texts, strict=True) if text]
    return ["", *"\n\n".join(parts).split("\n"), *[""] * behind]
