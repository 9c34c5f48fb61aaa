"""Office files from outside are opened without believing what they say about themselves."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile

import pytest

from knowledge.faq.worddocument import read_word
from knowledge.files.office import EXCEL, WORD, CannotOpen, kind_of, opened
from knowledge.files.workbooks import open_workbook, read_worksheet
from tests.knowledge.files.columns import COLUMNS
from tests.office import docx, workbook


def packed(parts, like=b""):
    """A zip of these parts, after those of another one."""
    file = io.BytesIO(like)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def respelt(raw, name, change):
    """The same package with one part changed."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    return packed(parts | {name: change(parts[name])})


BOMB = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "mend"),
    [("a.xls", "xlsx"), ("a.ET", "xlsx"), ("a.csv", "xlsx"), ("a.doc", "docx"), ("a.wps", "docx")],
)
def test_an_old_format_is_refused_with_how_to_save_it(name, mend):
    with pytest.raises(CannotOpen) as refused:
        kind_of(name)
    assert mend in refused.value.problem.fix


@pytest.mark.parametrize(
    ("kind", "part"), [(EXCEL, "xl/workbook.xml"), (WORD, "word/document.xml")]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_of_its_own_is_refused_before_any_library_reads_it(kind, part, encoding):
    raw = workbook(a=[["x"]]) if kind is EXCEL else docx(("p", "x"))
    evil = respelt(raw, part, lambda said: (BOMB.decode() + "<x/>").encode(encoding) or said)
    with pytest.raises(CannotOpen):
        opened(evil, f"a{kind.suffix}", kind)


def test_what_unpacks_to_far_too_much_is_refused_unread():
    raw = packed({"xl/media/a.bin": b"\0" * 31_000_000}, workbook(a=[["x"]]))
    assert len(raw) < 100_000
    with pytest.raises(CannotOpen, match="展开以后太大"):
        opened(raw, "a.xlsx", EXCEL)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_read_or_refused_and_never_a_crash(seed):
    chance = random.Random(seed)
    for whole in (workbook(a=[["编号", "名称"], ["1", "x"]]), docx(("h2", "问"), ("p", "答"))):
        with zipfile.ZipFile(io.BytesIO(whole)) as package:
            name = chance.choice(package.namelist())

        def spoil(said):
            at = chance.randrange(len(said))
            return said[:at] + chance.randbytes(chance.randrange(1, 9)) + said[at + 4 :]

        bad = respelt(whole, name, spoil)
        cut = bytearray(whole)
        cut[chance.randrange(len(cut))] ^= 0xFF
        for raw in (bad, bytes(cut)):
            with contextlib.suppress(CannotOpen):
                for sheet in open_workbook(raw, "a.xlsx").values():
                    read_worksheet(sheet, "a.xlsx", COLUMNS)
            assert all(problem.fix for problem in read_word(raw, "a.docx")[1])
