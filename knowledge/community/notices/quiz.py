"""知识抢答: a notice that asks one question with numbered answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.files.blocks import split_wordings

if TYPE_CHECKING:
    from knowledge.files.checks import Findings

HEADING = "【知识抢答】"
MOST_OPTIONS = 4
"""Choices that people read (research/ux.md §5.1 rule 2)."""
QUESTION_LIMIT = 110
"""Characters of question and options together, so that heading, code and footer fit into 150."""


@dataclass(frozen=True, slots=True)
class Quiz:
    """The answers that can be chosen, and which one is right (a digit from 1 on)."""

    options: tuple[str, ...]
    right: int

    def asked(self, question: str) -> str:
        """Return the question with its numbered options, as a group reads it."""
        lines = [f"{digit} {option}" for digit, option in enumerate(self.options, 1)]
        return "\n".join([f"{HEADING}{question}", *lines, "回复数字就行，不用抢。"])


def read_quiz(found: Findings, question: str) -> Quiz | None:
    """Return the quiz that the fields 选项 and 答案 describe; None for an ordinary notice."""
    given, answer = found.block.first("选项"), found.block.first("答案")
    if given is None and answer is None:
        return None
    options = split_wordings(given.value) if given else ()
    line = (given or answer or found.block.fields[0]).line
    if not 1 < len(options) <= MOST_OPTIONS:
        what = f"抢答有 {len(options)} 个选项"
        found.add(line, "选项", "error", what, f"写 2 到 {MOST_OPTIONS} 个，用“；”分开")
    right = int(answer.value) if answer and answer.value.isdecimal() else 0
    if not 1 <= right <= len(options):
        what = "没有写哪个是对的" if answer is None else f"答案“{answer.value[:8]}”不是选项的序号"
        found.add(answer.line if answer else line, "答案", "error", what, "写一个数字，如“答案：2”")
    quiz = Quiz(options, right)
    taken = len(quiz.asked(question)) - len(HEADING)
    if taken > QUESTION_LIMIT:
        what = f"题目加选项有 {taken} 字，最多 {QUESTION_LIMIT} 字"
        found.add(line, "选项", "error", what, "题目或选项写短些，道理放到【长】里")
    return quiz
