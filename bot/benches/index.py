"""The FAQ index at three sizes: build, hot reload, question, memory; beside what others use."""

from __future__ import annotations

import random
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib.resources import as_file, files
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from bot.benches.machine import memory_mb, percentile
from bot.benches.peers import PEERS, installed
from knowledge.faq.index import Index
from knowledge.faq.sheet import read_entries
from knowledge.faq.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.faq.entry import Entry

SMALL = (500, 5_000)
LARGE = 100_000
"""Only with `--full`: minutes, and gigabytes for some peers."""

ASKED = {500: 300, 5_000: 200, LARGE: 40}
"""Questions that are timed; as many before them warm up."""

WARM, WORDINGS = 10, 3
NAMES = "甲乙丙丁戊己庚辛壬癸东西南北中春夏秋冬梅兰竹菊"
OURS = "linli"


def measure(*, full: bool = False) -> dict[str, Any]:
    """Return the figures of each size and contender, each from a process of its own.

    Processor seconds for building, milliseconds for a question, megabytes grown while building.
    """
    sizes = (*SMALL, LARGE) if full else SMALL
    contenders = (OURS, *installed())
    figures: dict[str, Any] = {"reload_500_ms": _alone(reload_ms)}
    for size in sizes:
        found = {name: _alone(contend, name, size) for name in contenders}
        for name in contenders[1:]:
            found[name]["question_ratio"] = round(
                found[name]["p50_ms"] / (found[OURS]["p50_ms"] or 1), 1
            )
        figures[str(size)] = found
    return figures


def _alone(figure: Callable[..., Any], *args: Any) -> Any:
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(figure, *args).result()


def contend(name: str, size: int) -> dict[str, float]:
    """Return what one contender needs for that many entries."""
    entries, questions = neighbourhood_of(size)
    build = _ours if name == OURS else PEERS[name]
    # Imports and lists are loaded once per process, whatever the size.
    build(entries[:WARM])
    before, begun = memory_mb(), process_time()
    ask = build(entries)
    built, grown = process_time() - begun, memory_mb() - before
    spent = []
    for question in questions:
        begun = process_time()
        ask(question)
        spent.append(process_time() - begun)
    timed = spent[len(spent) // 2 :]
    return {
        "build_s": round(built, 3),
        "p50_ms": round(percentile(timed, 0.50) * 1000, 2),
        "p95_ms": round(percentile(timed, 0.95) * 1000, 2),
        "memory_mb": round(grown, 1),
    }


def reload_ms() -> float:
    """Return how long a folder of 500 entries takes from a saved file to answers."""
    entries, _ = neighbourhood_of(SMALL[0])
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as scratch:
        file = Path(scratch) / "faq.md"
        file.write_text("".join(map(_written, entries)), encoding="utf-8")
        shelf = Shelf(Path(scratch))
        file.write_text("".join(map(_written, entries[1:])), encoding="utf-8")
        begun = process_time()
        shelf.reload()
        return round((process_time() - begun) * 1000, 1)


def neighbourhood_of(size: int) -> tuple[list[Entry], list[str]]:
    """Return invented entries made of the shipped wordings, and questions for them."""
    with as_file(files("knowledge.pack")) as pack:
        shipped, _ = read_entries(Path(pack) / "faq")
    chance = random.Random(size)  # noqa: S311 -- the same entries every time.
    entries = [_renamed(shipped[n % len(shipped)], n, chance) for n in range(size)]
    wordings = [wording for entry in shipped for wording in entry.wordings]
    return entries, chance.choices(wordings, k=2 * ASKED[size])


def _renamed(entry: Entry, number: int, chance: random.Random) -> Entry:
    """Return an entry of another place: its name stands before a few of the wordings."""
    name = "".join(chance.choices(NAMES, k=3))
    wordings = chance.sample(entry.wordings, min(WORDINGS, len(entry.wordings)))
    question, *variants = (f"{name}{number}号{wording}" for wording in wordings)
    return replace(
        entry, id=f"e{number}", question=question, variants=tuple(variants), negatives=(), long=""
    )


def _ours(entries: list[Entry]) -> Callable[[str], object]:
    return Index.build(entries).search


def _written(entry: Entry) -> str:
    fields = [f"编号：{entry.id}", f"问法：{'；'.join(entry.variants)}", f"主题：{entry.topic}"]
    fields += [f"关键词：{'、'.join(entry.keywords)}", f"来源：{entry.source}", "核对：2026-11-01"]
    return "\n".join((f"## {entry.question}", *fields, "", entry.short, "", ""))
