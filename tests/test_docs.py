"""The documents say what the program does: commands, settings, addresses, words, links."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import time
from pathlib import Path

import click
import pytest
from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

from bot.__main__ import main
from bot.config import Settings

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs/reference.md").read_text("utf-8")
DOCUMENTS = sorted(
    path for folder in (ROOT, ROOT / "docs", ROOT / "docs/adr") for path in folder.glob("*.md")
)


def first_cells(title):
    """Return the code in the first column of the table under a heading."""
    section = REFERENCE.split(f"\n## {title}", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


def commands(group, context, before=()):
    """Yield the names of every command that can be called, as `faq list`."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, context, (*before, name))
        else:
            yield " ".join((*before, name))


def settings(model, table=""):
    """Yield the row of each setting as it must stand in the reference."""
    for name, field in model.model_fields.items():
        inner = next(
            (
                kind
                for kind in (field.annotation, *getattr(field.annotation, "__args__", ()))
                if isinstance(kind, type) and issubclass(kind, BaseModel)
            ),
            None,
        )
        if inner:
            named = f"{name}.NAME" if isinstance(field.default, dict) else name
            yield from settings(inner, f"{table}.{named}" if table else named)
        else:
            yield f"| `[{table}] {name}` | {default(field.default)} | {field.description} |"


def default(value):
    """Return a default as one writes it in the file."""
    if value is PydanticUndefined:
        return "必填"
    if value is None or value == "" or (isinstance(value, SecretStr) and not value):
        return "–"
    return f"`{written(value)}`"


def written(value):
    """Return a value in TOML."""
    if isinstance(value, tuple) and value and isinstance(value[0], time):
        return f'"{value[0]:%H:%M}-{value[1]:%H:%M}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def test_every_command_is_in_the_reference_and_nothing_else():
    context = click.Context(main)
    documented = {
        " ".join(re.match(r"linli((?: [a-z]+)+)", cell)[1].split())
        for cell in first_cells("二、命令")
    }

    assert documented == set(commands(main, context))


def test_nothing_stands_twice_in_the_reference():
    named = re.findall(
        r"^\| `(linli [a-z ]+|\[[\w.]+\] \w+|(?:GET|POST) [^`]+`)", REFERENCE, re.MULTILINE
    )
    numbered = re.findall(r"^### (\d\.\d)", REFERENCE, re.MULTILINE)
    assert [one for one, times in Counter([*named, *numbered]).items() if times > 1] == []


def test_every_setting_is_in_the_reference_with_its_default():
    rows = list(settings(Settings))

    assert [line for line in REFERENCE.splitlines() if line.startswith("| `[")] == rows


def test_the_sample_settings_show_the_defaults():
    text = (ROOT / "knowledge/pack/linli.toml").read_text("utf-8")

    assert Settings(**tomllib.loads(text)) == Settings()


def test_every_address_is_in_the_reference_and_nothing_else():
    from bot.web.addresses import ROUTES
    from bot.web.doors import DOORS
    from bot.web.open311.endpoints import ENDPOINTS

    plain = re.compile(r"{(\w+):(?:[^{}]|{[^{}]*})*}")
    served = {plain.sub(r"{\1}", f"{one.method} {one.path}") for one in (*ROUTES, *DOORS)}

    for one in ENDPOINTS:
        below = one.path if one.path == "discovery" else f"v2/{one.path}"
        served.add(plain.sub(r"{\1}", f"{one.method} /open311/{below}"))

    assert set(first_cells("六、网址")) == served


def test_every_word_of_the_glossary_is_used_in_the_code():
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    words = {
        word
        for row in re.findall(r"^\|[^|]+\|([^|]+)\|", glossary, re.MULTILINE)
        for word in re.findall(r"`(\w+)`", row)
    }
    code = "\n".join(
        path.read_text("utf-8")
        for package in ("bot", "handlers", "knowledge", "scheduler")
        for path in (ROOT / package).rglob("*.py")
    )

    assert {word for word in words if not re.search(rf"(?i)\b{word}", code)} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_documents_leads_somewhere(path):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text("utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_decision_has_its_five_parts():
    parts = ("## Context", "## Decision", "## Cost", "## Alternatives", "## Held by")
    for path in (ROOT / "docs/adr").glob("[0-9]*.md"):
        text = path.read_text("utf-8")
        assert [part for part in parts if part not in text] == [], path.name


def test_the_page_of_requests_is_drawn_from_the_tables_of_the_code():
    from tests.drawing import PAGE, drawn

    page = PAGE.read_text("utf-8")
    assert drawn(page) == page


def test_the_diagram_has_every_step_of_the_table_and_no_other():
    from knowledge.community.tickets.ticket import NEXT, WORKING, State
    from tests.drawing import machine

    arrows = re.findall(r"^  (\S+) --> (\S+)$", machine(), re.MULTILINE)
    steps = {(one, to) for start, to in arrows for one in (WORKING if start == "在办" else [start])}

    assert steps == {("[*]", "draft"), ("[*]", "new")} | {
        (state.value, to.value) for state in State for to in NEXT[state]
    }
