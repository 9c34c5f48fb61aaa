"""How the one result of a quiz is told: numbers, nobody's name."""

from __future__ import annotations


def result(answer: str, count: int, right: int, why: str) -> str:
    """The right answer, how many answered and how many were right, and why it is so."""
    lines = [f"【知识抢答】答案是 {answer}。", f"{count} 人答，{right} 人答对，谢谢大家！"]
    return "\n".join([*lines, why] if why else lines)
