"""What a month's meetings were asked, decided and brought about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.reporting.figures import Figure
from knowledge.community.privacy import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from handlers.reporting.books import Books
    from knowledge.store.rows.topics import TopicRow


def meetings(books: Books) -> Iterator[Figure]:
    """Topics raised, decided and done in the month, each with the titles."""
    first, last = books.month.start.date(), books.month.end.date()

    def inside(day: date | None) -> bool:
        return day is not None and first <= day < last

    yield _titled("topics_raised", (one for one in books.topics if inside(one.raised_at.date())))
    yield _titled("topics_decided", (one for one in books.topics if inside(one.held_on)))
    yield _titled("topics_done", (one for one in books.topics if inside(one.done_on)))


def _titled(key: str, topics: Iterable[TopicRow]) -> Figure:
    titles = tuple(mask(one.title) for one in topics)
    return Figure(key, len(titles), names=titles)
