"""The board's charts as tables: what a reader sees as a picture, a machine or a voice reads as rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.board.cohort import Share
from handlers.phrases import board as words
from handlers.reporting.books import category_name
from handlers.reporting.spots import Spots
from knowledge.community.places.places import PlaceKind
from knowledge.community.tickets.ticket import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from handlers.board.cohort import PlaceRow
    from handlers.reporting.scope import Scope
    from knowledge.community.hood.neighbourhood import Neighbourhood

TOP = 10
SHADES = 5
"""Steps of colour in the heat map, beside "none"."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its rows behind it: `key` names them, `place` where not the whole scope's."""

    name: str
    count: int
    done: int | None = None
    key: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side, described in one Chinese sentence for who cannot see them."""

    key: str
    title: str
    heads: tuple[str, ...]
    bars: tuple[Bar, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of one weekday; `shade` 0 (none) … 5 (the most)."""

    weekday: int
    hour: int
    count: int
    shade: int

    @property
    def key(self) -> str:
        """The name of the rows behind it."""
        return f"hour-{self.weekday}-{self.hour}"


@dataclass(frozen=True, slots=True)
class Below:
    """One place a level below, with its own figures; in the roster's order, never ranked."""

    place: str
    name: str
    filed: int
    open: int
    overdue: int
    kept: Share
    redone: int


def charts(
    hours: Mapping[datetime, tuple[int, int]],
    matters: Mapping[tuple[str, str], int],
    days: Iterable[date],
    hot: Iterable[Bar],
) -> tuple[Chart, ...]:
    """The charts of a board, but for the heat map."""
    return (_daily(hours, days), _categories(matters), _kinds(matters), _hot(hot))


def heat(hours: Mapping[datetime, tuple[int, int]]) -> tuple[tuple[Cell, ...], ...]:
    """24 rows of 7 cells."""
    found: Counter[tuple[int, int]] = Counter()
    for at, (filed, _) in hours.items():
        found[at.weekday(), at.hour] += filed
    most = max(found.values(), default=0)

    def cell(weekday: int, hour: int) -> Cell:
        count = found[weekday, hour]
        return Cell(weekday, hour, count, -(-count * SHADES // most) if count else 0)

    return tuple(tuple(cell(day, hour) for day in range(7)) for hour in range(24))


def heat_told(rows: Iterable[Iterable[Cell]]) -> str:
    """What the heat map shows, in one sentence."""
    cells = [cell for row in rows for cell in row]
    busiest = max(cells, key=lambda cell: cell.count)
    return words.heat(sum(cell.count for cell in cells), busiest.weekday, busiest.hour)


def below(scope: Scope, hood: Neighbourhood, rows: Iterable[PlaceRow]) -> tuple[Below, ...]:
    """The figures of every place one level below; a building's are without what is private."""
    of_place = _steps(scope, hood)
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for place, private, figures in rows:
        step = of_place.get(place)
        if step and not (private and hood.places[step].kind is PlaceKind.BUILDING):
            sums[step].update(figures)
    return tuple(
        Below(
            one.id,
            one.name,
            sums[one.id]["filed"],
            sums[one.id]["open"],
            sums[one.id]["overdue"],
            Share("in_time", sums[one.id]["in_time-above"], sums[one.id]["in_time-below"], None),
            sums[one.id]["redone"],
        )
        for one in scope.below
    )


def hot_spots(hood: Neighbourhood, filed: Iterable[PlaceRow]) -> Iterator[Bar]:
    """The buildings with the most requests; where a matter is private its building is not said."""
    spots, counts = Spots(hood), Counter[str]()
    for place, private, figures in filed:
        building = None if private else hood.up_to(place, PlaceKind.BUILDING)
        if building is not None:
            counts[building.id] += figures["filed"]
    for place, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:TOP]:
        yield Bar(spots.building(place), count, key="filed", place=place)


def _steps(scope: Scope, hood: Neighbourhood) -> dict[str, str]:
    """To which place of the next level every place belongs."""
    steps = {one.id for one in scope.below}
    found = {}
    for place in hood.places:
        step = next((one for one in hood.ancestors(place) if one in steps), None)
        if step is not None:
            found[place] = step
    return found


def _daily(hours: Mapping[datetime, tuple[int, int]], days: Iterable[date]) -> Chart:
    filed: Counter[date] = Counter()
    done: Counter[date] = Counter()
    for at, (new, of_these) in hours.items():
        filed[at.date()] += new
        done[at.date()] += of_these
    bars = tuple(Bar(f"{day.month}/{day.day}", filed[day], done[day], f"day-{day}") for day in days)
    return Chart("daily", words.DAILY, words.DAILY_HEADS, bars, words.daily(bars))


def _categories(matters: Mapping[tuple[str, str], int]) -> Chart:
    counts: Counter[str] = Counter()
    for (_, code), count in matters.items():
        counts[code] += count
    most = sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:TOP]
    bars = tuple(Bar(category_name(code), n, None, f"category-{code}") for code, n in most)
    return Chart("category", words.CATEGORY, words.HEADS, bars, words.most(bars))


def _kinds(matters: Mapping[tuple[str, str], int]) -> Chart:
    counts: Counter[str] = Counter()
    for (kind, _), count in matters.items():
        counts[kind] += count
    kinds = [kind.value for kind in Kind if counts[kind.value]]
    bars = tuple(Bar(kind, counts[kind], None, f"kind-{kind}") for kind in kinds)
    return Chart("kind", words.KIND, words.HEADS, bars, words.most(bars))


def _hot(bars: Iterable[Bar]) -> Chart:
    shown = tuple(bars)
    return Chart("hot", words.HOT, words.HEADS, shown, words.most(shown))
