"""Office files as people make them, for the tests."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import openpyxl

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = {"h1": "heading 1", "h2": "heading 2"}


def workbook(after=None, **sheets) -> bytes:
    """A workbook with these sheets as lists of rows; `after` may spoil it before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for cells in rows:
            sheet.append(cells)
    if after:
        after(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def docx(*paragraphs: tuple[str, str]) -> bytes:
    """A Word document of (h1 | h2 | p | bold, text)."""
    body = "".join(_paragraph(kind, text) for kind, text in paragraphs)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


def _paragraph(kind: str, text: str) -> str:
    style = f'<w:pPr><w:pStyle w:val="{kind}"/></w:pPr>' if kind in STYLES else ""
    bold = "<w:rPr><w:b/></w:rPr>" if kind == "bold" else ""
    return f'<w:p>{style}<w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
