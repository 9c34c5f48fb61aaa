"""Checksums of tables, from rows as COPY writes them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.store.sums import Sum, sums_of_script

ROWS = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=9), min_size=1, max_size=9)


def _sum(rows: list[str]) -> Sum:
    found = Sum()
    for row in rows:
        found.add(f"{row}\n".encode())
    return found


@given(ROWS, st.randoms())
def test_the_order_of_rows_does_not_matter_and_every_row_does(rows, chance):
    mixed = chance.sample(rows, len(rows))
    assert str(_sum(mixed)) == str(_sum(rows))
    other = [*rows[:-1], f"{rows[-1]}."]
    assert str(_sum(other)) != str(_sum(rows)) != str(_sum([*rows, rows[0], rows[0]]))


def test_rows_are_read_between_copy_and_its_end_whatever_stands_in_them():
    script = r"""SET row_security = off;
COPY public.ticket (id, matter) FROM stdin;
1	COPY public.place (id) FROM stdin;
2	\\.
\.
COPY "odd one"."grant" (id) FROM stdin;
\.
SELECT pg_catalog.setval('public.ticket_id_seq', 2, true);
"""
    found = sums_of_script(line.encode() for line in script.splitlines(keepends=True))
    assert found == {
        "ticket": _sum(["1\tCOPY public.place (id) FROM stdin;", r"2	\\."]),
        "grant": Sum(),
    }
