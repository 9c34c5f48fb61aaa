"""Open what Excel and Word save, believing nothing that the file says about itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pyexpat import ExpatError
from typing import Final

from knowledge.files.problem import Problem

MOST_BYTES: Final = 2_000_000
"""Size of an uploaded file; a list of 5,000 rows has about a quarter."""
MOST_UNPACKED: Final = 30_000_000
"""Bytes of all parts together: a bomb is refused before anything is unpacked."""
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""How the formats before 2007 begin, and every file with a password."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of office file: its ending, the part that every one has, and how it is called."""

    suffix: str
    part: str
    called: str
    save_as: str


EXCEL: Final = Kind(
    ".xlsx",
    "xl/workbook.xml",
    "Excel 文件",
    "用 Excel 或 WPS 打开，点“另存为”，类型选“Excel 工作簿（*.xlsx）”，不要加密码",
)
WORD: Final = Kind(
    ".docx",
    "word/document.xml",
    "Word 文件",
    "用 Word 或 WPS 打开，点“另存为”，类型选“Word 文档（*.docx）”，不要加密码",
)
_OLD: Final = {
    **dict.fromkeys((".xls", ".et", ".ods", ".xlsm", ".xlsb", ".csv"), EXCEL),
    **dict.fromkeys((".doc", ".wps", ".odt", ".rtf"), WORD),
}
"""Endings that people send instead."""


DAMAGES: Final = (
    *(zipfile.BadZipFile, zlib.error, ExpatError, SyntaxError, EOFError, OSError, RuntimeError),
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
)
"""What openpyxl and mammoth raise for files that are damaged inside (SyntaxError: of their XML)."""


class CannotOpen(ValueError):
    """The file as a whole cannot be read; `problem` says what and how to mend it."""

    def __init__(self, name: str, what: str, fix: str) -> None:
        super().__init__(what)
        self.problem = Problem(name, 1, "文件", "error", what, fix)


def kind_of(name: str, wanted: str = ".xlsx 和 .docx") -> Kind:
    """Return what kind of file its name promises; raise CannotOpen for the old and the foreign."""
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    for kind in (EXCEL, WORD):
        if suffix == kind.suffix:
            return kind
    if suffix in _OLD:
        raise CannotOpen(name, f"{suffix} 格式读不了", _OLD[suffix].save_as)
    raise CannotOpen(name, f"只收 {wanted} 文件", EXCEL.save_as)


def only_excel(name: str) -> None:
    """Raise CannotOpen unless the name promises a workbook."""
    if kind_of(name, EXCEL.suffix) is not EXCEL:
        raise CannotOpen(name, "这里要 Excel 文件，不是 Word", EXCEL.save_as)


def opened(raw: bytes, name: str, kind: Kind) -> io.BytesIO:
    """Return the file ready to be read by a library.

    Raises:
        CannotOpen: too big, too old, with a password, damaged, or something else altogether.
    """
    if len(raw) > MOST_BYTES:
        big = f"文件超过 {MOST_BYTES // 1_000_000} MB，没有读"
        raise CannotOpen(name, big, "删掉图片、没用的表和下面的空行再存；还是大就拆成几个文件")
    if raw.startswith(_OLE):
        raise CannotOpen(name, f"这是旧格式或者加了密码的 {kind.called}，读不了", kind.save_as)
    package = io.BytesIO(raw)
    try:
        with zipfile.ZipFile(package) as parts:
            names = parts.namelist()
            unpacked = sum(part.file_size for part in parts.infolist())
            strange = unpacked <= MOST_UNPACKED and _declares(parts)
    except DAMAGES:
        raise CannotOpen(
            name, f"打不开：它不是 {kind.called}，或者已经坏了", kind.save_as
        ) from None
    if kind.part not in names or strange:
        raise CannotOpen(name, f"里面不是 {kind.called}", kind.save_as)
    if unpacked > MOST_UNPACKED:
        raise CannotOpen(
            name, "展开以后太大，没有读", "新建一个空白文件，只把要的内容复制过去，再存"
        )
    package.seek(0)
    return package


def _declares(parts: zipfile.ZipFile) -> bool:
    """Whether a part brings its own document type: no office program writes one, bombs do."""
    xml = (name for name in parts.namelist() if name.lower().endswith((".xml", ".rels")))
    return any(b"<!DOCTYPE" in parts.read(name).replace(b"\0", b"").upper() for name in xml)
