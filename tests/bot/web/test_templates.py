"""Templates hold nothing that a strict policy forbids or that would skip the escaping."""

from __future__ import annotations

import re

import pytest

from bot.web.templating import FOLDER

TEMPLATES = sorted(FOLDER.glob("*.html"))
ALONE = {"report_file.html"}
"""A file to keep or to print, served by nobody: its style stands in it."""
FORBIDDEN = {
    "a script in the page": r"<script(?![^>]*\bsrc=)",
    "a style in the page": r"<style|\sstyle=",
    "an event attribute": r"\son[a-z]+=|hx-on",
    "code in an attribute": r"js:|javascript:",
    "an unescaped value": r"\|\s*safe|autoescape",
    "a foreign address": r"https?://|src=\"//",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(path, what):
    if path.name in ALONE and what == "a style in the page":
        return
    assert not re.search(FORBIDDEN[what], path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_changes_something_carries_its_secret(path):
    text = path.read_text("utf-8")
    for form in re.findall(r'<form[^>]*method="post".*?</form>', text, flags=re.DOTALL):
        assert 'name="csrf" value="{{ csrf }}"' in form
