"""One policy question with its answer, read from a block of `faq/*.md` and checked."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.files.blocks import split_list, split_wordings
from knowledge.files.bodies import SHORT_LIMIT, cut_at_sentence, split_body
from knowledge.files.bodycheck import check_slips, check_text
from knowledge.files.checks import (
    Findings,
    Form,
    check_age,
    check_form,
    check_source,
    check_value,
    read_date,
    read_id,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from knowledge.files.blocks import Block

STATE, DRAFT, SUSPENDED = "状态", "草稿", "停用"
"""The field and its values: waits for an editor; was an answer and is being checked."""
FORM = Form(
    fields=(
        *("编号", "问法", "主题", "关键词", "反例", "适用", "来源", "核对", "有效期", "负责"),
        STATE,
    ),
    repeated=frozenset({"问法", "关键词", "反例"}),
    aliases={
        "相似问": "问法",
        "别名": "问法",
        "问": "问法",
        "问题": "问法",
        "id": "编号",
        "ID": "编号",
        "标签": "关键词",
        "分类": "主题",
        "范围": "适用",
        "出处": "来源",
        "依据": "来源",
        "日期": "核对",
        "到期": "有效期",
        "失效": "有效期",
        "联系人": "负责",
    },
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its other wordings (`variants`), its answer and where that comes from.

    `short` has at most 120 characters; `long` is empty or holds what lies behind 回复 更多.
    `valid_until` None = 长期. `negatives` are questions that this entry must not answer. Entries
    are equal wherever they stand in the files.
    """

    id: str
    question: str
    variants: tuple[str, ...] = ()
    topic: str = ""
    keywords: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()
    scope: str = ""
    source: str = ""
    checked: date | None = None
    valid_until: date | None = None
    owner: str = ""
    short: str = ""
    long: str = ""
    suspended: bool = False
    """Somebody is checking it: nobody gets the answer meanwhile (状态：停用)."""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The question and all its variants, none twice."""
        return tuple(dict.fromkeys((self.question, *self.variants)))


_NO_WORD = re.compile(r"[\W_]+")


def entry_of(block: Block) -> Entry:
    """Return the entry of a block that was good before, whatever today's checks would say."""
    return read_entry(Findings(block), None, ())


def bare(text: str) -> str:
    """Return the text without case, width, spaces and any punctuation: equal wordings are equal."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


def read_entry(found: Findings, today: date | None, links: Collection[str]) -> Entry:
    """Return the entry of the block in `found`, and note there what is wrong with it alone."""
    block = found.block
    check_form(found, FORM)
    check_value(found, STATE, (DRAFT, SUSPENDED))
    id_ = read_id(found) or derived_id(block.title)
    checked, until = read_date(found, "核对"), read_date(found, "有效期")
    check_source(found)
    check_slips(found, FORM.fields)
    check_text(found, links)
    if today:
        check_age(found, checked, until, today)
    if block.title and not bare(block.title):
        found.add(block.line, "标题", "error", "问题里没有字", "写上居民会怎么问")
    short, long = _answer(found)
    return Entry(
        id=id_,
        question=block.title,
        variants=_values(block, "问法", split_wordings),
        topic=_value(block, "主题"),
        keywords=_values(block, "关键词", split_list),
        negatives=_values(block, "反例", split_wordings),
        scope=_value(block, "适用"),
        source=_value(block, "来源"),
        checked=checked,
        valid_until=until,
        owner=_value(block, "负责"),
        short=short,
        long=long,
        suspended=_value(block, STATE) == SUSPENDED,
        file=block.file,
        line=block.line,
    )


def derived_id(title: str) -> str:
    """Return the 编号 of an entry that has none yet: the same for the same heading."""
    return f"q-{hashlib.sha256(bare(title).encode()).hexdigest()[:8]}"


def _answer(found: Findings) -> tuple[str, str]:
    """Return short and long text; what does not fit into the short one is kept behind it."""
    block = found.block
    bodies = split_body(block.body)
    if not bodies.short and not bodies.long:
        found.add(block.line, "正文", "error", "没有写答案", "在栏目后面空一行，写上答案")
    short = bodies.short or bodies.long
    if len(short) <= SHORT_LIMIT:
        return short, bodies.long if bodies.short else ""
    if bodies.short:
        found.add(
            block.body_line,
            "短",
            "warning",
            f"先显示的文字有 {len(short)} 字，超过 {SHORT_LIMIT} 字，只显示到前面的一个句子",
            f"用【短】写一段 {SHORT_LIMIT} 字以内的，其余放到【长】",
        )
    rest = f"{short}\n{bodies.long}".strip() if bodies.short else short
    return cut_at_sentence(short), rest


def _value(block: Block, name: str) -> str:
    one = block.first(name)
    return one.value if one else ""


def _values(block: Block, name: str, split: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for one in block.all(name) for each in split(one.value)))
