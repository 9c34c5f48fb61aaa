"""The rates of a month, each with its sample and who is left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.reporting.counting import unrated
from handlers.reporting.figures import Rate, rate
from knowledge.community.tickets.account import GONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.reporting.books import Books
    from knowledge.community.tickets.account import Account


def rates(books: Books) -> Iterator[Rate]:
    """All rates; the three of 三率 among them."""
    yield response(books)
    yield solved(books)
    yield content(books)
    valid = [one for one in books.filed if one.valid]
    yield rate("finished", [one.no for one in valid if one.ended], [one.no for one in valid])
    yield in_time(books, valid)
    if books.place.scope is None:
        yield Rate("online", books.answers, books.answers + len(books.questions), (), ())


def response(books: Books) -> Rate:
    """响应率: taken up in time among those that had to be by now."""
    good, must = [], []
    for one in books.filed:
        due = books.promises.contact(one)
        if one.contacted is not None or (one.state not in GONE and due <= books.as_of):
            must.append(one.no)
        if one.contacted is not None and one.contacted <= due:
            good.append(one.no)
    return rate("response", good, must)


def in_time(books: Books, valid: list[Account]) -> Rate:
    """按时办结率: handled in time among those that were handled or whose time is over."""
    good, must = [], []
    for one in valid:
        due = books.promises.solving(one)
        if one.done is not None or due <= books.as_of:
            must.append(one.no)
        if one.done is not None and one.done <= due:
            good.append(one.no)
    return rate("in_time", good, must)


def solved(books: Books) -> Rate:
    """解决率: 好了 among those who said anything; who was silent stands apart."""
    heard = [one for one in books.every if one.answered is not None]
    return rate(
        "solved",
        [one.no for one in heard if one.answered],
        [one.no for one in heard],
        [one.no for one in books.every if one.silent],
    )


def content(books: Books) -> Rate:
    """满意率: 满意 among those who rated; who did not stands apart."""
    good = [no for no, mark in books.ratings.items() if mark == 1]
    return rate("content", good, books.ratings, unrated(books))
