"""The numbers behind every figure of a report, under the name by which a page links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handlers.reporting.figures import refs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.reporting.figures import Numbers, Refs
    from handlers.reporting.monthly import Report


class Source(NamedTuple):
    """What was counted, in words, and the numbers (or ids of another kind) it was counted from."""

    title: str
    numbers: Numbers
    names: Refs = ()

    @property
    def refs(self) -> Refs:
        """The ids as people read them."""
        return self.names or refs_of(self.numbers)

    @property
    def total(self) -> int:
        """How many ids there are."""
        return len(self.names or self.numbers)

    def some(self, begin: int, most: int) -> Refs:
        """A part of the ids as people read them."""
        part = slice(begin, begin + most)
        return self.names[part] or refs_of(self.numbers[part])


def sources(report: Report) -> dict[str, Source]:
    """Return every source that holds a number, in reading order."""
    return {key: source for key, source in _all(report) if source.numbers or source.names}


def _all(report: Report) -> Iterator[tuple[str, Source]]:
    for rate in report.rates:
        name = rate.said.name
        yield f"{rate.key}-above", Source(f"{name}：分子", rate.good)
        yield f"{rate.key}-below", Source(f"{name}：分母", rate.every)
        yield f"{rate.key}-apart", Source(f"{name}：未回复", rate.apart)
    for figure in report.figures:
        yield figure.key, Source(figure.said.name, figure.numbers, figure.names)
    for table in report.tables:
        for number, row in enumerate(table.rows):
            yield f"{table.key}-{number}", Source(f"{table.said.name}：{row.name}", row.numbers)
