"""A notice as its form holds it, and the text that its file gets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.notices.notice_fields import read_notice
from knowledge.files.blocks import parse_blocks
from knowledge.files.bodies import Bodies, split_body
from knowledge.files.checks import Findings
from knowledge.files.rewriting import Parts, restated

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from knowledge.files.blocks import Block

_MEANS_SOMETHING = re.compile(r"^\s*(?:[#＃]{2}|【(?:短|长|長|广播|廣播)】)", re.MULTILINE)


class CannotStand(ValueError):
    """What the form holds would be a broken entry; the Chinese sentence says what to do."""


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """What the form holds; `triggers` one a line, `checked` None leaves 核对 alone."""

    title: str
    topic: str
    triggers: tuple[str, ...]
    audience: str
    bodies: Bodies
    source: str
    valid_until: str
    checked: date | None = None


def draft_of(block: Block) -> NoticeDraft:
    """Return a block as the form shows it."""

    def value(name: str) -> str:
        one = block.first(name)
        return one.value if one else ""

    return NoticeDraft(
        title=block.title,
        topic=value("主题"),
        triggers=tuple(one.value for one in block.all("触发") if one.value),
        audience="、".join(one.value for one in block.all("受众") if one.value),
        bodies=split_body(block.body),
        source=value("来源"),
        valid_until=value("有效期"),
    )


def text_of(block: Block, draft: NoticeDraft, links: Collection[str]) -> str:
    """Return the block's new text; what the draft does not change stays byte for byte.

    Raises:
        CannotStand: with it the entry could not be sent.
    """
    old = draft_of(block)
    if any(_MEANS_SOMETHING.search(body) for body in _texts(draft.bodies)):
        raise CannotStand(
            "正文里不能有以 ## 或【短】【长】【广播】开头的行，没有保存。请换个写法。"
        )
    fields: dict[str, tuple[str, ...]] = {}
    for name, was, will in (
        ("主题", (old.topic,), (draft.topic,)),
        ("触发", old.triggers, draft.triggers),
        ("受众", (old.audience,), (draft.audience,)),
        ("来源", (old.source,), (draft.source,)),
        ("有效期", (old.valid_until,), (draft.valid_until,)),
        ("核对", ("",), (draft.checked.isoformat() if draft.checked else "",)),
    ):
        if was != will:
            fields[name] = tuple(filter(None, will))
    bodies = None if old.bodies == draft.bodies else draft.bodies
    title = " ".join(draft.title.split()).lstrip("#＃ ")
    changed = restated(block, Parts(title, fields, bodies))
    _must_stand(changed, block, links)
    return changed


def _must_stand(changed: str, block: Block, links: Collection[str]) -> None:
    found = Findings(parse_blocks(changed, block.file)[0])
    read_notice(found, None, links)
    wrong = next((one for one in found.problems if one.level == "error"), None)
    if wrong is not None:
        raise CannotStand(f"没有保存。{wrong.field}：{wrong.message}。{wrong.fix}。")


def _texts(bodies: Bodies) -> tuple[str, str, str]:
    return bodies.short, bodies.long, bodies.broadcast
