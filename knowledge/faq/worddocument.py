"""Questions and answers out of a Word document; they become drafts, never answers at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from knowledge.faq.drafts import fitted
from knowledge.faq.editing import CannotEdit, checked_draft
from knowledge.faq.entry import bare
from knowledge.faq.paragraphs import Paragraph, paragraphs_of
from knowledge.files.office import DAMAGES, WORD, CannotOpen, opened
from knowledge.files.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from knowledge.faq.editing import Draft

_ASKS: Final = re.compile(r"^\s*(?:\d{1,3}\s*[.．、)）]\s*)?(?:问题?|Q)\s*[:：]\s*", re.IGNORECASE)
_ANSWERS: Final = re.compile(r"^\s*(?:答案?|回答|A)\s*[:：]\s*", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[.．、)）]|第\S{1,3}[章节条])\s*"
)
_FORM: Final = "问题用“标题 2”样式，或者写成“问：……”，下一段写答案"


@dataclass(slots=True)
class Asked:
    """A question as found at its paragraph, with the lines of its answer."""

    question: str
    at: int
    lines: list[str] = field(default_factory=list)


def read_word(
    raw: bytes, name: str, standing: Collection[str] = ()
) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """Return the drafts in a document; `standing` are the questions that there are already."""
    try:
        paragraphs, pictures = _read(raw, name)
    except CannotOpen as reason:
        return (), (reason.problem,)
    problems: list[Problem] = []
    if pictures:
        what = f"有 {pictures} 张图片，没有读"
        problems.append(_warning(name, 1, what, "答案只能是文字，照着图打出来"))
    found, stray = _asked(paragraphs)
    if stray:
        what = f"“{stray[0][:20]}…”等 {len(stray)} 段在第一个问题前面，没有读"
        problems.append(_warning(name, 1, what, f"要当答案的话，前面加一个问题：{_FORM}"))
    known = {*map(bare, standing)}
    drafts: list[Draft] = []
    for one in found:
        draft = fitted(one.question, "\n".join(one.lines), name)
        trouble = _trouble(draft, known)
        if trouble:
            what, fix = trouble
            problems.append(_warning(name, one.at, f"《{one.question}》{what}，没有读", fix))
            continue
        known.add(bare(one.question))
        drafts.append(draft)
    if not drafts:
        problems.append(Problem(name, 1, "文件", "error", "没有找到新的问题和答案", _FORM))
    return tuple(drafts), tuple(problems)


def _trouble(draft: Draft, known: Collection[str]) -> tuple[str, str] | None:
    """Return why a draft cannot be kept and how to mend it."""
    if not draft.short:
        return "没有答案", "在问题下面写一段答案"
    if bare(draft.question) in known:
        return "已经有了", "请到原来那一条里改"
    try:
        checked_draft(draft)
    except CannotEdit:
        return "里面有以【短】【长】开头的行", "去掉这些记号"
    return None


def _asked(paragraphs: list[Paragraph]) -> tuple[list[Asked], list[str]]:
    """Return the questions with their answers, and the lines that belong to none.

    A heading that another heading follows is the title of a chapter.
    """
    found: list[Asked] = []
    stray: list[str] = []
    for at, one in enumerate(paragraphs, 1):
        after = paragraphs[at] if at < len(paragraphs) else Paragraph()
        question = _question(one)
        if question and one.level and after.level > one.level:
            continue
        if question:
            found.append(Asked(question, at))
        elif found:
            found[-1].lines.append(_ANSWERS.sub("", one.text))
        else:
            stray.append(one.text)
    return found, stray


def _question(one: Paragraph) -> str:
    """Return the question that a paragraph asks, "" if it belongs to an answer."""
    if asks := _ASKS.match(one.text):
        return one.text[asks.end() :].strip()
    bold = one.bold and one.text.rstrip().endswith(("？", "?"))
    return _NUMBER.sub("", one.text).strip() if one.level or bold else ""


def _read(raw: bytes, name: str) -> tuple[list[Paragraph], int]:
    """Return the paragraphs of a document, and how many pictures it has."""
    import mammoth

    package = opened(raw, name, WORD)
    pictures: list[object] = []

    def passed_over(picture: object) -> dict[str, str]:
        pictures.append(picture)
        return {}

    try:
        page = mammoth.convert_to_html(
            package, convert_image=mammoth.images.img_element(passed_over)
        ).value
    except DAMAGES:
        raise CannotOpen(name, "文件里面坏了，读不了", WORD.save_as) from None
    return paragraphs_of(page), len(pictures)


def _warning(name: str, at: int, what: str, fix: str) -> Problem:
    return Problem(name, at, "段落", "warning", what, fix)
