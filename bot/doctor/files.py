"""The files that people edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.doctor.finding import ill, well

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.doctor.finding import Finding
    from knowledge.files.problem import Problem


def look_at_files(problems: Iterable[Problem]) -> Iterator[Finding]:
    """Say how many entries are wrong; `linli check` names each."""
    errors = [problem for problem in problems if problem.level == "error"]
    if errors:
        yield ill("文件", f"{len(errors)} 处错误，第一处：{errors[0]}", "逐条看：linli check")
    else:
        yield well("文件", "设置、问答、通知、花名册没有错误")
