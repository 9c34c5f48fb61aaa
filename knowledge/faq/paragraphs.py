"""The paragraphs of a document, from the plain HTML that mammoth makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LISTS: Final = {"ol": 0, "ul": -1}


@dataclass(slots=True)
class Paragraph:
    """One paragraph, list item or table row; `level` 0 is no heading."""

    text: str = ""
    level: int = 0
    bold: bool = True
    """Whether every word is bold: many people write headings so."""


def paragraphs_of(page: str) -> list[Paragraph]:
    """Return all paragraphs that say something, in reading order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    for one in reader.found:
        one.text = one.text.strip()
    return [one for one in reader.found if one.text]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Paragraph] = [Paragraph()]
        self._counts: list[int] = []
        """The number of the last item of each list around us; -1 = not numbered."""
        self._strong = self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what begins here; a cell's paragraphs stay in its row."""
        del attrs
        if tag in _HEADINGS or tag in {"tr", "li"} or (tag == "p" and not self._cells):
            self.found.append(Paragraph(self._mark(tag), _HEADINGS.get(tag, 0)))
        elif tag in _LISTS:
            self._counts.append(_LISTS[tag])
        elif tag == "br":
            self.found[-1].text += "\n"
        self._strong += tag == "strong"
        self._cells += tag in {"td", "th"}

    def handle_endtag(self, tag: str) -> None:
        """End what ends here."""
        if tag in _LISTS:
            self._counts.pop()
        elif tag in {"td", "th"}:
            self.found[-1].text += "　"
        self._strong -= tag == "strong"
        self._cells -= tag in {"td", "th"}

    def handle_data(self, data: str) -> None:
        """Take the words."""
        one = self.found[-1]
        one.text += data
        one.bold = one.bold and (self._strong > 0 or not data.strip())

    def _mark(self, tag: str) -> str:
        """Return the number or dot before a list item."""
        if tag != "li" or not self._counts:
            return ""
        if self._counts[-1] < 0:
            return "· "
        self._counts[-1] += 1
        return f"{self._counts[-1]}. "
